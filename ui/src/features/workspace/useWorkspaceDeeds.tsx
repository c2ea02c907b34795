import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FilePlus2, FolderOpen, RotateCw, Sparkles, type LucideIcon } from "lucide-react";
import type { WorkspaceRefusal, WorkspaceStatus } from "../../api/generated/commands";
import { asRpcError } from "../../api/error";
import { rpcKey } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { chooseWorkspaceFile } from "../../api/workspace";
import { errorToast, toast } from "../../components/toast/toasts";

/** Something that changes which workspace is open. */
export interface WorkspaceDeed {
  id: string;
  label: string;
  icon: LucideIcon;
  onAction: () => void;
}

/** Open another file, make a new one, or look at the sample; first of all, `refused` once more. */
export function useWorkspaceDeeds(refused?: WorkspaceRefusal): WorkspaceDeed[] {
  const client = useQueryClient();
  const navigate = useNavigate();

  const enter = async (attempt: Promise<WorkspaceStatus | null>) => {
    try {
      const status = await attempt;
      if (status === null) return;
      // The window shows a refusal in place of everything, so only a repeated one needs a word.
      client.setQueryData(rpcKey("workspace_status", {}), status);
      if (status.state === "refused") {
        if (status.path === refused?.path) toast("It still does not open");
        return;
      }
      await navigate({ to: "/" });
      await client.invalidateQueries();
    } catch (thrown) {
      const { message, hint } = asRpcError(thrown);
      errorToast(`${message}. ${hint}`);
    }
  };

  const again: WorkspaceDeed[] = refused
    ? [
        {
          id: "workspace:again",
          label: "Try again",
          icon: RotateCw,
          onAction: () => void enter(rpc("open_workspace", { path: refused.path })),
        },
      ]
    : [];
  return [
    ...again,
    {
      id: "workspace:open",
      label: "Open a workspace…",
      icon: FolderOpen,
      onAction: () => void enter(openChosen()),
    },
    {
      id: "workspace:new",
      label: "New local project…",
      icon: FilePlus2,
      onAction: () => void enter(createChosen()),
    },
    {
      id: "workspace:sample",
      label: "Open the sample project",
      icon: Sparkles,
      onAction: () => void enter(rpc("open_sample", {})),
    },
  ];
}

async function openChosen(): Promise<WorkspaceStatus | null> {
  const path = await chooseWorkspaceFile("existing");
  return path === null ? null : rpc("open_workspace", { path });
}

/** The project takes the name of its file; it can be renamed later. */
async function createChosen(): Promise<WorkspaceStatus | null> {
  const path = await chooseWorkspaceFile("new");
  if (path === null) return null;
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return rpc("create_workspace", { path, name: file.replace(/\.[^.]+$/, "") });
}
