import { FilePlus2, FolderOpen, RotateCw, Sparkles, Undo2, type LucideIcon } from "lucide-react";
import type { WorkspaceRefusal, WorkspaceStatus } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { chooseWorkspaceFile } from "../../api/workspace";
import { lastOpen } from "./lastOpen";
import { askForNewProject } from "./newProject";
import { useEnterWorkspace } from "./useEnterWorkspace";

/** Something that changes which workspace is open. */
export interface WorkspaceDeed {
  id: string;
  label: string;
  icon: LucideIcon;
  onAction: () => void;
}

/** Open another file, look at the sample, make a new project; first of all, `refused` once more. */
export function useWorkspaceDeeds(refused?: WorkspaceRefusal): WorkspaceDeed[] {
  const enter = useEnterWorkspace(refused?.path);
  const open = (path: string) => void enter(rpc("open_workspace", { path }));
  return [
    ...(refused ? waysBack(refused, open) : []),
    {
      id: "workspace:open",
      label: refused ? "Open another file…" : "Open a workspace…",
      icon: FolderOpen,
      onAction: () => void enter(openChosen()),
    },
    {
      id: "workspace:sample",
      label: "Open the sample project",
      icon: Sparkles,
      onAction: () => void enter(rpc("open_sample", {})),
    },
    {
      id: "workspace:new",
      label: "New local project…",
      icon: FilePlus2,
      onAction: () => askForNewProject(true),
    },
  ];
}

function waysBack(refused: WorkspaceRefusal, open: (path: string) => void): WorkspaceDeed[] {
  const before = lastOpen();
  const again: WorkspaceDeed = {
    id: "workspace:again",
    label: refused.reason === "alreadyExists" ? "Open that file" : "Try again",
    icon: refused.reason === "alreadyExists" ? FolderOpen : RotateCw,
    onAction: () => open(refused.path),
  };
  if (before === null || before.path === refused.path) return [again];
  return [
    again,
    {
      id: "workspace:back",
      label: `Back to ${before.name}`,
      icon: Undo2,
      onAction: () => open(before.path),
    },
  ];
}

async function openChosen(): Promise<WorkspaceStatus | null> {
  const path = await chooseWorkspaceFile("existing");
  return path === null ? null : rpc("open_workspace", { path });
}
