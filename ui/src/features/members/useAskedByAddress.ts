import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useIsLocal } from "../../api/useIsLocal";
import type { MemberDetail } from "../../api/generated/commands";
import { askLifetime, type LifetimeAsked } from "../../components/lifetime/asked";
import { errorToast } from "../../components/toast/toasts";
import type { AskedOfMember } from "./edit/MemberDialogs";
import type { MemberSearch } from "./search";

/**
 * Opens the dialog that the address asks for, with nothing done yet, and takes it out of the
 * address: going back leads to where it was asked, and coming back does not ask again.
 */
export function useAskedByAddress(member: MemberDetail, ask: (asked: AskedOfMember) => void): void {
  const search = useSearch({ from: "/frame/members/$member" });
  const navigate = useNavigate();
  const isLocal = useIsLocal();
  useEffect(() => {
    const { tab, question, ...asked } = search;
    if (Object.keys(asked).length === 0) return;
    if (isLocal && !open(member, asked, ask)) {
      errorToast(`${member.name} does not have that any more.`);
    }
    void navigate({
      to: "/members/$member",
      params: { member: member.id },
      search: { ...(tab && { tab }), ...(question && { question }) },
      replace: true,
      state: (before) => before,
    });
  }, [member, ask, search, isLocal, navigate]);
}

/** Opens what is asked for; false if the member does not have what it is about. */
function open(
  member: MemberDetail,
  { endPrivilege, takeRole, leaveGroup, addRole }: Omit<MemberSearch, "tab">,
  ask: (asked: AskedOfMember) => void,
): boolean {
  const group = member.groups.find(({ id }) => id === leaveGroup);
  const lifetime = endOf(member, endPrivilege) ?? removalOf(member, takeRole);
  if (lifetime) askLifetime(lifetime);
  else if (group) ask({ act: "leaveGroup", member, group });
  else if (addRole) ask({ act: "giveRole", member });
  else return false;
  return true;
}

/** The end of a privilege of the member; null if it does not have it. */
function endOf({ privileges }: MemberDetail, asked: string | undefined): LifetimeAsked | null {
  const privilege = privileges.find(({ id }) => id === asked);
  if (!privilege) return null;
  const { id, slug, standing } = privilege;
  return {
    act: "endNow",
    targets: { kind: "grants", grants: [{ what: "privilege", id }] },
    title: slug,
    isPermanent: standing.state === "permanent",
    isShownFirst: true,
  };
}

/** The removal of a role that the member has itself; null if it does not have it. */
function removalOf({ roles }: MemberDetail, asked: string | undefined): LifetimeAsked | null {
  const held = roles.filter(({ role, through }) => role === asked && through === null);
  const [first] = held;
  if (!first) return null;
  return {
    act: "remove",
    targets: { kind: "grants", grants: held.map(({ id }) => ({ what: "role", id })) },
    title: first.name,
    isShownFirst: true,
  };
}
