/** What the editors of rules ask while a pattern is tried. */
import type { GlobTrialView, Kind, TryGlobRequest } from "./generated/commands";
import { rpc } from "./rpc";

export function tryPattern(question: TryGlobRequest): Promise<GlobTrialView> {
  return rpc("try_glob", question);
}

/** Finds users and identities; a group does nothing itself. */
export async function findActors(
  text: string,
): Promise<{ id: string; name: string; kind: Kind; detail: string }[]> {
  const { members } = await rpc("find", { text });
  return members
    .filter(({ member }) => member.kind !== "group")
    .map(({ member: { id, name, kind }, detail }) => ({ id, name, kind, detail }));
}
