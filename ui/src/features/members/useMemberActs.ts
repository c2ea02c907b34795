import { useNavigate } from "@tanstack/react-router";
import {
  Copy,
  FlaskConical,
  KeyRound,
  PanelRightOpen,
  Pencil,
  ShieldPlus,
  UserX,
} from "lucide-react";
import type { MemberRef } from "../../api/generated/commands";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { errorToast, toast } from "../../components/toast/toasts";
import type { AskedOfMember } from "./edit/MemberDialogs";
import { useIsLocal } from "../../api/useIsLocal";

/** What can be done with a member from wherever it is listed; `ask` opens the dialog of an act. */
export function useMemberActs(
  member: MemberRef | undefined,
  ask: (asked: AskedOfMember) => void,
): MenuEntry[] {
  const navigate = useNavigate();
  const isLocal = useIsLocal();
  if (!member) return [];
  const { id, kind } = member;
  const isGroup = kind === "group";
  return [
    {
      id: "open",
      label: "Open",
      icon: PanelRightOpen,
      kbd: "Enter",
      onAction: () =>
        void navigate({
          to: "/members/$member",
          params: { member: id },
          state: { openedFrom: "/members" },
        }),
    },
    {
      id: "privilege",
      label: "Add Additional Privileges",
      icon: KeyRound,
      isDisabled: isGroup || !isLocal,
      ...(isGroup
        ? { description: "Groups have roles only" }
        : !isLocal && { description: "This project is read only" }),
      onAction: () =>
        void navigate({ to: "/members/$member/privileges/new", params: { member: id } }),
    },
    {
      id: "simulate",
      label: "Simulate",
      icon: FlaskConical,
      isDisabled: isGroup,
      ...(isGroup && { description: "A group does not act by itself" }),
      onAction: () => void navigate({ to: "/simulator", search: { member: id } }),
    },
    "separator",
    ...(isLocal ? writingActs(member, ask) : []),
    {
      id: "copy",
      label: "Copy id",
      icon: Copy,
      onAction: () =>
        void navigator.clipboard.writeText(id).then(
          () => toast("Copied the id"),
          () => errorToast("The clipboard refused the id"),
        ),
    },
    ...(isLocal ? ["separator" as const, removal(member, ask)] : []),
  ];
}

/** What changes a member itself; there is none of it in a linked project. */
function writingActs(member: MemberRef, ask: (asked: AskedOfMember) => void): MenuEntry[] {
  return [
    { id: "edit", label: "Edit…", icon: Pencil, onAction: () => ask({ act: "edit", member }) },
    {
      id: "giveRole",
      label: "Add role…",
      icon: ShieldPlus,
      onAction: () => ask({ act: "giveRole", member }),
    },
  ];
}

function removal(member: MemberRef, ask: (asked: AskedOfMember) => void): MenuEntry {
  return {
    id: "remove",
    label: "Remove from the project…",
    icon: UserX,
    tone: "danger",
    onAction: () => ask({ act: "remove", member }),
  };
}
