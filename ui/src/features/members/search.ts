/** What the addresses of the members' list and of a member say. */
import type { Kind, MemberFact, MemberSort } from "../../api/generated/commands";
import { isExpiry, isFact, type Expiry } from "./filters";

/** The filters, the text and the order of the list. */
export interface MembersSearch {
  kind?: Kind;
  text?: string;
  /** Ids of roles, one of which they have. */
  roles?: string[];
  expiry?: Expiry;
  /** The id of the group that they are in. */
  group?: string;
  /** What is true of them, all of it. */
  facts?: MemberFact[];
  sort?: MemberSort;
  descending?: true;
}

const KINDS: readonly string[] = ["user", "identity", "group"] satisfies Kind[];
const SORTS: readonly string[] = [
  "name",
  "kind",
  "roles",
  "privileges",
  "nextEnd",
  "groups",
] satisfies MemberSort[];

/** Reads an address that may have been typed: what is not understood is left out. */
export function readMembersSearch(search: Record<string, unknown>): MembersSearch {
  const { kind, text, expiry, group, sort, descending } = search;
  const roles = listOf(search.roles, (it) => it !== "");
  const facts = listOf(search.facts, isFact) as MemberFact[];
  return {
    ...(typeof kind === "string" && KINDS.includes(kind) && { kind: kind as Kind }),
    // The address turns a text of digits into a number.
    ...((typeof text === "string" || typeof text === "number") && { text: String(text) }),
    ...(roles.length > 0 && { roles }),
    ...(isExpiry(expiry) && { expiry }),
    ...(((typeof group === "string" && group !== "") || typeof group === "number") && {
      group: String(group),
    }),
    ...(facts.length > 0 && { facts }),
    ...(typeof sort === "string" && SORTS.includes(sort) && { sort: sort as MemberSort }),
    ...(descending === true && { descending }),
  };
}

/** Each text of a list once; a text alone is a list of one. */
function listOf(value: unknown, isMeant: (text: string) => boolean): string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter(
    (it): it is string | number => typeof it === "string" || typeof it === "number",
  );
  return [...new Set(texts.map(String))].filter(isMeant);
}

/** Leaves out what is not chosen, so that the address stays short. */
export function compact(search: Readonly<Record<string, unknown>>): MembersSearch {
  const { text, sort, ...rest } = readMembersSearch({ ...search });
  const usual = text === undefined || text === "" ? "name" : "relevance";
  return {
    ...rest,
    ...(text !== undefined && text !== "" && { text }),
    ...(sort !== undefined && sort !== usual && { sort }),
  };
}

/** Which view of a member; `access` where none is named. */
export interface MemberSearch {
  tab?: MemberTab;
  /** The id of the privilege whose end is asked for. */
  endPrivilege?: string;
  /** The id of the role that shall be taken away. */
  takeRole?: string;
  /** The id of the group to leave. */
  leaveGroup?: string;
  /** Whether another role shall be given. */
  addRole?: true;
}

export type MemberTab = "permissions" | "simulate" | "history";

/** Reads the address of a member. */
export function readMemberSearch(search: Record<string, unknown>): MemberSearch {
  const { tab, endPrivilege, takeRole, leaveGroup, addRole } = search;
  return {
    ...((tab === "history" || tab === "permissions" || tab === "simulate") && { tab }),
    ...(isId(endPrivilege) && { endPrivilege: String(endPrivilege) }),
    ...(isId(takeRole) && { takeRole: String(takeRole) }),
    ...(isId(leaveGroup) && { leaveGroup: String(leaveGroup) }),
    ...(addRole === true && { addRole }),
  };
}

/** The address turns a text of digits into a number. */
function isId(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}
