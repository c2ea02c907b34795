/** A member being written: where it starts from, and what was typed over it. Pure. */
import type { Kind, MemberDetail, MemberDraft } from "../../../api/generated/commands";

/** The fields that were typed in. */
export type MemberEdits = Partial<Omit<MemberDraft, "member" | "kind">>;

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
  const { id, kind, name, handle, username, authMethods, metadata } = member;
  return {
    ...newMember(kind),
    member: id,
    name,
    handle,
    // A username that only repeats the address follows it.
    username: kind === "user" && username !== handle ? username : "",
    authMethods,
    metadata: metadata.map(({ key, value }) => ({ key, value })),
  };
}

/** The fields that were typed in and have become something else meanwhile, by another window. */
export function overtaken(
  edits: MemberEdits,
  opened: MemberDraft,
  now: MemberDraft,
): (keyof MemberEdits)[] {
  const fields = Object.keys(edits) as (keyof MemberEdits)[];
  return fields.filter(
    (field) =>
      !isSame(opened[field], now[field]) &&
      // Both may have become the same.
      !isSame(edits[field], now[field]),
  );
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
