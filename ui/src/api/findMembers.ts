import type { Kind, MemberRow } from "./generated/commands";
import { rpc } from "./rpc";

/** At most so many are offered at once. */
const OFFERED = 50;

/** Members that `text` finds, best first; without one the first by `order`. Only of `kind`, if it is given. */
export async function findMembers(
  text: string,
  { kind, order = "name" }: { kind?: Kind; order?: "name" | "kind" } = {},
): Promise<readonly MemberRow[]> {
  const { rows } = await rpc("list_members", {
    filter: { search: text, ...(kind && { kind }) },
    sort: text === "" ? order : "relevance",
    descending: false,
    offset: 0,
    limit: OFFERED,
  });
  return rows;
}
