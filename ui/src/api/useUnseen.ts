import type { Kind, UnseenView } from "./generated/commands";
import { useRpc } from "./queries";

/**
 * What the last pull could not see and what therefore is not fully known about this member. Nothing
 * for a project that has no server.
 */
export function useUnseen(member: { id: string; kind: Kind }): readonly UnseenView[] {
  const unseen = useRpc("remote_status", {}).data?.link?.lastPull?.unseen ?? [];
  return unseen.filter(
    ({ clouds, whom }) =>
      clouds.includes(member.kind) && (whom.length === 0 || whom.includes(member.id)),
  );
}
