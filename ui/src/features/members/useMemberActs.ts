import { useNavigate } from "@tanstack/react-router";
import { Copy, FlaskConical, KeyRound, PanelRightOpen } from "lucide-react";
import type { MemberRef } from "../../api/generated/commands";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { errorToast, toast } from "../../components/toast/toasts";

/** What can be done with a member from wherever it is listed. */
export function useMemberActs(member: MemberRef | undefined): MenuEntry[] {
  const navigate = useNavigate();
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
      isDisabled: isGroup,
      ...(isGroup && { description: "Groups have roles only" }),
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
  ];
}
