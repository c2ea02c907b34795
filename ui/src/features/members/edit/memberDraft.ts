/** A member being written: where it starts from, and what was typed over it. Pure. */
import type { Kind, MemberDetail, MemberDraft } from "../../../api/generated/commands";
import type { Clash } from "../../../components/overlap/OverlapBar";

/** The fields that were typed in. */
export type MemberEdits = Partial<Omit<MemberDraft, "member" | "revision" | "kind">>;

/** A field that can be typed in. */
export type MemberField = keyof MemberEdits;

const FIELD_NAMES: Record<MemberField, string> = {
  name: "Name",
  handle: "E-mail",
  username: "Username",
  authMethods: "Auth methods",
  metadata: "Metadata",
  role: "Role",
  members: "Members",
};

/** How identities prove who they are, by the names the server gives. */
export const AUTH_METHODS = [
  "Universal Auth",
  "Token Auth",
  "Kubernetes Auth",
  "AWS Auth",
  "GCP Auth",
  "Azure Auth",
  "OIDC Auth",
  "JWT Auth",
  "LDAP Auth",
  "TLS Certificate Auth",
  "OCI Auth",
  "Alibaba Cloud Auth",
] as const;

export function newMember(kind: Kind): MemberDraft {
  return {
    member: null,
    revision: null,
    kind,
    name: "",
    handle: "",
    username: "",
    authMethods: kind === "identity" ? ["Universal Auth"] : [],
    metadata: [],
    role: null,
    members: [],
  };
}

/** A member as it stands, for changing it. */
export function draftOf(member: MemberDetail): MemberDraft {
  const { id, revision, kind, name, handle, username, authMethods, metadata } = member;
  return {
    ...newMember(kind),
    member: id,
    revision,
    name,
    handle,
    // A username that only repeats the address follows it.
    username: kind === "user" && username !== handle ? username : "",
    authMethods,
    metadata: metadata.map(({ key, value }) => ({ key, value })),
  };
}

/** How what another window changed meets what was typed. */
export interface MemberOverlap {
  /** The names of the fields that only the other window changed. */
  taken: string[];
  /** What both changed. */
  clashes: Clash<MemberField>[];
}

/**
 * What has changed since `seen`, how it stood when it was last looked at. `dropped` is what was typed
 * and given up for what the other window says. Null if nothing is to be told.
 */
export function overlapOf(
  edits: MemberEdits,
  dropped: MemberEdits,
  seen: MemberDraft,
  now: MemberDraft,
): MemberOverlap | null {
  const changed = (Object.keys(FIELD_NAMES) as MemberField[]).filter(
    (field) => !isSame(seen[field], now[field]),
  );
  const isMet = (field: MemberField) =>
    field in dropped || (field in edits && !isSame(edits[field], now[field]));
  const taken = changed.filter((field) => !(field in edits) && !(field in dropped));
  const clashes = changed.filter(isMet).map((field) => ({
    part: field,
    name: nameOf(field, now.kind),
    mine: inWords(field in dropped ? dropped[field] : edits[field]),
    theirs: inWords(now[field]),
    side: field in dropped ? ("theirs" as const) : ("mine" as const),
  }));
  if (taken.length + clashes.length === 0) return null;
  return { taken: taken.map((field) => nameOf(field, now.kind)), clashes };
}

function nameOf(field: MemberField, kind: Kind): string {
  return field === "handle" && kind === "group" ? "Slug" : FIELD_NAMES[field];
}

/** The value of a field, on one line. */
function inWords(value: MemberEdits[MemberField]): string {
  if (typeof value === "string") return value === "" ? "nothing" : value;
  const each = (value ?? []).map((one) =>
    typeof one === "string" ? one : `${one.key} = ${one.value}`,
  );
  return each.length === 0 ? "nothing" : each.join(", ");
}

/** Whether anything that was typed differs from how it stands. */
export function isChanged(edits: MemberEdits, base: MemberDraft): boolean {
  return (Object.keys(edits) as (keyof MemberEdits)[]).some(
    (field) => !isSame(edits[field], base[field]),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
