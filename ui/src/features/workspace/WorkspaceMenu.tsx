import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import type { OpenWorkspace } from "../../api/generated/commands";
import { Logo } from "../../components/logo/Logo";
import { Menu } from "../../components/menu/Menu";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { ariaShortcut } from "../../lib/keys";
import { rememberOpen } from "./lastOpen";
import { useWorkspaceDeeds, type WorkspaceDeed } from "./useWorkspaceDeeds";
import styles from "./WorkspaceMenu.module.css";

export interface WorkspaceMenuProps {
  workspace: OpenWorkspace;
  /** Further ways to a project. */
  more: readonly WorkspaceDeed[];
}

/** The open project's name, and the way to another one. */
export function WorkspaceMenu({ workspace, more }: WorkspaceMenuProps) {
  const deeds = useWorkspaceDeeds();
  useEffect(() => rememberOpen(workspace), [workspace]);
  const [isOpen, setOpen] = useState(false);
  useShortcut("Ctrl+P", () => setOpen(true), { label: "Switch project", group: "Everywhere" });
  return (
    <Menu
      label="Project"
      isOpen={isOpen}
      onOpenChange={setOpen}
      placement="bottom start"
      trigger={
        <Button className={styles.switcher ?? ""} aria-keyshortcuts={ariaShortcut("Ctrl+P")}>
          <Logo />
          <span className="visually-hidden">Project </span>
          <span className="truncate" title={workspace.path}>
            {workspace.project.name}
          </span>
          <ChevronDown size={14} className={styles.arrow} />
        </Button>
      }
      entries={[...deeds, ...more]}
    />
  );
}
