import type { Kind, UnseenView } from "./generated/commands";
import { useRpc } from "./queries";

/**
 * What the last pull could not see and what therefore is not fully known about members: of that kind,
 * or of any. Nothing for a project that has no server.
 */
export function useUnseen(kind?: Kind): readonly UnseenView[] {
  const unseen = useRpc("remote_status", {}).data?.link?.lastPull?.unseen ?? [];
  return unseen.filter(({ clouds }) =>
    kind === undefined ? clouds.length > 0 : clouds.includes(kind),
  );
}
