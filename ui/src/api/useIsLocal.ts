import { useRpc } from "./queries";

/** Whether access is changed here. That of a linked project comes from its server and is only read. */
export function useIsLocal(): boolean {
  const status = useRpc("workspace_status", {}).data;
  return status?.state === "open" && status.project.kind === "local";
}
