import { lazy, Suspense } from "react";
import { CloudDownload, HardDrive, Link2, Search } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { OpenWorkspace } from "../../api/generated/commands";
import { Chip } from "../../components/chip/Chip";
import { useRpc } from "../../api/queries";
import { Kbd } from "../../components/kbd/Kbd";
import { ariaShortcut } from "../../lib/keys";
import { askToConnect } from "../../features/remote/connecting";
import { isOffline, isRefused } from "../../features/remote/words";
import { Age } from "../../features/remote/Age";
import styles from "./Shell.module.css";

const WorkspaceMenu = lazy(async () => {
  const menu = await import("../../features/workspace/WorkspaceMenu");
  return { default: menu.WorkspaceMenu };
});

const CONNECT = [
  {
    id: "workspace:connect",
    label: "Connect to Infisical…",
    icon: CloudDownload,
    onAction: () => askToConnect("new"),
  },
];

export interface TopBarProps {
  workspace: OpenWorkspace;
  onSearch: () => void;
}

/** The project, the search for everything, and where the truth lives. */
export function TopBar({ workspace, onSearch }: TopBarProps) {
  const local = workspace.project.kind === "local";
  return (
    <header className={styles.top}>
      <Suspense fallback={<span className={styles.project}>{workspace.project.name}</span>}>
        <WorkspaceMenu workspace={workspace} more={CONNECT} />
      </Suspense>
      <Button
        className={styles.find ?? ""}
        onPress={onSearch}
        aria-keyshortcuts={ariaShortcut("Ctrl+K")}
      >
        <Search size={14} />
        <span className={styles.findText}>Search members, folders, commands…</span>
        <Kbd keys="Ctrl+K" />
      </Button>
      <div className={styles.state}>
        <Chip
          icon={local ? HardDrive : Link2}
          title={
            local
              ? "This project lives in a file on this machine; nothing is sent anywhere"
              : "This project is linked to a server"
          }
        >
          {local ? "Local" : <LinkState />}
        </Chip>
      </div>
    </header>
  );
}

/** How old a linked project is, and whether its server was reached when it was last asked. */
function LinkState() {
  const status = useRpc("remote_status", {}).data;
  const link = status?.link;
  if (!link) return "Linked";
  if (!link.signedIn || isRefused(status.operation)) return "Sign-in needed";
  return (
    <>
      {isOffline(status.operation) && "Offline · "}
      <Age link={link} />
    </>
  );
}
