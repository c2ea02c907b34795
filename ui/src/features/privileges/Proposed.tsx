import type { ReactNode } from "react";
import type { OpenedPolicy } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { EditorFailed, EditorWaiting } from "./loading";

export interface ProposedProps {
  /** Rules as JSON text. */
  policies: string;
  children: (proposed: readonly OpenedPolicy[]) => ReactNode;
}

/** Reads rules that were proposed elsewhere into the form. */
export function Proposed({ policies, children }: ProposedProps) {
  const opened = useRpc("open_policies", { rules: policies });
  if (opened.data) return children(opened.data.policies);
  if (!opened.error) return <EditorWaiting label="the policies" />;
  return <EditorFailed error={opened.error} onRetry={() => void opened.refetch()} />;
}
