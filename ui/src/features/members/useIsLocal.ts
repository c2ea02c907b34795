import { useRpc } from "../../api/queries";

/** Whether members are added, changed and removed here. Those of a linked project come from its server. */
export function useIsLocal(): boolean {
  const status = useRpc("workspace_status", {}).data;
  return status?.state === "open" && status.project.kind === "local";
}
