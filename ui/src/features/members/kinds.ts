/** What the kinds of members are called. */
import type { Kind } from "../../api/generated/commands";

export const KIND_WORD: Record<Kind, string> = {
  user: "user",
  identity: "machine identity",
  group: "group",
};

export const KIND_SEGMENTS: readonly { id: Kind | "all"; label: string }[] = [
  { id: "all", label: "All" },
  { id: "user", label: "Users" },
  { id: "identity", label: "Identities" },
  { id: "group", label: "Groups" },
];

/** Several of a kind, within a sentence. */
export const KIND_PLURAL: Record<Kind, string> = {
  user: "users",
  identity: "machine identities",
  group: "groups",
};
