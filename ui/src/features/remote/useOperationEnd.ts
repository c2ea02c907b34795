import { useEffect, useRef } from "react";
import { useRpc } from "../../api/queries";
import type { EndedView, RemoteOperation } from "../../api/generated/commands";

/** Follows the operation `id` and calls `onEnd` once it has ended. */
export function useOperationEnd(
  id: string | null,
  onEnd: (ended: EndedView) => void,
): RemoteOperation | null {
  const status = useRpc("remote_status", {});
  const operation = status.data?.operation ?? null;
  const followed = id !== null && operation?.id === id ? operation : null;
  const told = useRef<string | null>(null);
  const ended = followed?.ended ?? null;
  useEffect(() => {
    if (id === null || ended === null || told.current === id) return;
    told.current = id;
    onEnd(ended);
  }, [id, ended, onEnd]);
  return followed;
}
