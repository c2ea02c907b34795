/** What the address of the members' list says: the kind, the text and the order. */
import type { Kind, MemberSort } from "../../api/generated/commands";

export interface MembersSearch {
  kind?: Kind;
  text?: string;
  sort?: MemberSort;
  descending?: true;
}

const KINDS: readonly string[] = ["user", "identity", "group"] satisfies Kind[];
const SORTS: readonly string[] = ["name", "privileges", "nextEnd"] satisfies MemberSort[];

/** Reads an address that may have been typed: what is not understood is left out. */
export function readMembersSearch(search: Record<string, unknown>): MembersSearch {
  const { kind, text, sort, descending } = search;
  return {
    ...(typeof kind === "string" && KINDS.includes(kind) && { kind: kind as Kind }),
    // The address turns a text of digits into a number.
    ...((typeof text === "string" || typeof text === "number") && { text: String(text) }),
    ...(typeof sort === "string" && SORTS.includes(sort) && { sort: sort as MemberSort }),
    ...(descending === true && { descending }),
  };
}
