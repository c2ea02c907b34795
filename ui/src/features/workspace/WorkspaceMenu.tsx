import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { OpenWorkspace } from "../../api/generated/commands";
import { Menu } from "../../components/menu/Menu";
import { useWorkspaceDeeds } from "./useWorkspaceDeeds";
import styles from "./WorkspaceMenu.module.css";

/** The open project's name, and the way to another one. */
export function WorkspaceMenu({ workspace }: { workspace: OpenWorkspace }) {
  const deeds = useWorkspaceDeeds();
  return (
    <Menu
      label="Project"
      placement="bottom start"
      trigger={
        <Button className={styles.switcher ?? ""}>
          <span className={styles.logo} aria-hidden="true" />
          <span className="visually-hidden">Project </span>
          <span className="truncate">{workspace.project.name}</span>
          <ChevronDown size={14} className={styles.arrow} />
        </Button>
      }
      entries={deeds}
    />
  );
}
