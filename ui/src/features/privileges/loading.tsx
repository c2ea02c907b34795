/** What every screen around the editor reads first. */
import type { CatalogueView, Places } from "../../api/generated/commands";
import type { RpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
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
  instead: React.ReactNode;
} {
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});
  const all = [...queries, catalogue, places];
  const failed = all.find(({ error, data }) => error && !data);
  if (failed?.error) {
    const { message, hint, retry } = failed.error;
    return {
      parts: null,
      instead: (
        <ErrorState
          message={message}
          hint={hint}
          onRetry={retry ? () => void failed.refetch() : undefined}
        />
      ),
    };
  }
  if (!catalogue.data || !places.data || all.some(({ data }) => data === undefined)) {
    return {
      parts: null,
      instead: <SkeletonRows label="the member and the catalogue" rows={10} />,
    };
  }
  return { parts: { catalogue: catalogue.data, places: places.data }, instead: null };
}
