/** What every screen around the editor reads first, and what stands there until it has been read. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CatalogueView, Places } from "../../api/generated/commands";
import type { RpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Page, PageHeader, WaitingHeader } from "../../components/page/PageHeader";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";

interface Query {
  error: RpcError | null;
  data: unknown;
  refetch: () => unknown;
}

/** The catalogue and the places, with what stands in for a screen until `queries` have answered. */
export function useEditorParts(queries: readonly Query[]): {
  parts: { catalogue: CatalogueView; places: Places } | null;
  instead: ReactNode;
} {
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});
  const all = [...queries, catalogue, places];
  const failed = all.find(({ error, data }) => error && !data);
  if (failed?.error) {
    const { error, refetch } = failed;
    return { parts: null, instead: <EditorFailed error={error} onRetry={() => void refetch()} /> };
  }
  if (!catalogue.data || !places.data || all.some(({ data }) => data === undefined)) {
    return { parts: null, instead: <EditorWaiting label="the member and the catalogue" /> };
  }
  return { parts: { catalogue: catalogue.data, places: places.data }, instead: null };
}

/** The page of an editor while what it needs is under way. */
export function EditorWaiting({ label }: { label: string }) {
  return (
    <Page>
      <WaitingHeader above={<WayHere />} />
      <SkeletonRows label={label} rows={10} />
    </Page>
  );
}

export interface EditorFailedProps {
  error: RpcError;
  onRetry: () => void;
}

/** The page of an editor that lacks what it needs. */
export function EditorFailed({ error: { message, hint, retry }, onRetry }: EditorFailedProps) {
  return (
    <InsteadOfEditor>
      <ErrorState message={message} hint={hint} onRetry={retry ? onRetry : undefined} />
    </InsteadOfEditor>
  );
}

/** A page that says why there is no editor, with the way back. */
export function InsteadOfEditor({ children }: { children: ReactNode }) {
  return (
    <Page>
      <PageHeader ruled above={<WayHere />} title="Additional Privileges" />
      {children}
    </Page>
  );
}

function WayHere() {
  return (
    <Breadcrumb>
      <Link to="/members">Members</Link>
    </Breadcrumb>
  );
}
