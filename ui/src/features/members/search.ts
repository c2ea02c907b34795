/** What the addresses of the members' list and of a member say. */
import type { Kind, MemberSort } from "../../api/generated/commands";

/** The kind, the text and the order of the list. */
export interface MembersSearch {
  kind?: Kind;
  text?: string;
  sort?: MemberSort;
  descending?: true;
}

const KINDS: readonly string[] = ["user", "identity", "group"] satisfies Kind[];
const SORTS: readonly string[] = ["name", "kind", "privileges", "nextEnd"] satisfies MemberSort[];

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

/** Which view of a member; `access` where none is named. */
export interface MemberSearch {
  tab?: "history";
}

/** Reads the address of a member. */
export function readMemberSearch({ tab }: Record<string, unknown>): MemberSearch {
  return tab === "history" ? { tab } : {};
}
