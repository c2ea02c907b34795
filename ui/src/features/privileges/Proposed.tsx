import type { ReactNode } from "react";
import type { OpenedPolicy } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";

export interface ProposedProps {
  /** Rules as JSON text. */
  policies: string;
  children: (proposed: readonly OpenedPolicy[]) => ReactNode;
}

/** Reads rules that were proposed elsewhere into the form. */
export function Proposed({ policies, children }: ProposedProps) {
  const opened = useRpc("open_policies", { rules: policies });
  if (opened.data) return children(opened.data.policies);
  if (!opened.error) return <SkeletonRows label="the policies" rows={10} />;
  return <ErrorState message={opened.error.message} hint={opened.error.hint} />;
}
