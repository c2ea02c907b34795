/** Who gets the privilege that is being written, and what stored one it is an edit of. */
import type {
  EditedRef,
  MemberDetail,
  MemberSelection,
  OpenedPrivilege,
} from "../../api/generated/commands";
import { formatQuantity } from "../../lib/numbers";

export type Holder =
  | { kind: "one"; member: MemberDetail }
  | { kind: "many"; selection: MemberSelection; count: number };

/** A stored privilege, as it stood when editing began. */
export interface Stored {
  grant: EditedRef;
  opened: OpenedPrivilege;
}

declare module "@tanstack/history" {
  interface HistoryState {
    /** The members that a privilege is being written for. */
    chosen?: { selection: MemberSelection; count: number };
  }
}

export function holderName(holder: Holder): string {
  return holder.kind === "one" ? holder.member.name : formatQuantity(holder.count, "member");
}

export function holderId(holder: Holder): string | null {
  return holder.kind === "one" ? holder.member.id : null;
}

/** The names that a new privilege of `holder` cannot have. */
export function takenNames(holder: Holder, stored: Stored | undefined): string[] {
  if (holder.kind === "many") return [];
  const { privileges, scheduled } = holder.member;
  const waiting = scheduled.filter(({ what }) => what === "privilege").map(({ title }) => title);
  return [...privileges.map(({ slug }) => slug), ...waiting].filter(
    (name) => name !== stored?.opened.slug,
  );
}
