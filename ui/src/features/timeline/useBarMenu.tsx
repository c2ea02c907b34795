import { useNavigate } from "@tanstack/react-router";
import { FlaskConical, PanelRightOpen, UserRound } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { BarView } from "../../api/generated/commands";
import { useIsLocal } from "../../api/useIsLocal";
import { lifetimeEntries } from "../../components/lifetime/lifetimeMenu";
import { ContextMenu, type Place } from "../../components/menu/ContextMenu";
import type { MenuEntry } from "../../components/menu/MenuItems";

/** The acts of a bar, by the right mouse button or Shift+F10. */
export function useBarMenu(onOpen: (bar: BarView) => void): {
  open: (bar: BarView, at: Place) => void;
  element: ReactNode;
} {
  const [menu, setMenu] = useState<{ bar: BarView; at: Place } | null>(null);
  const navigate = useNavigate();
  const isLocal = useIsLocal();
  return {
    open: (bar, at) => setMenu({ bar, at }),
    element: (
      <ContextMenu
        label={menu ? `Acts on ${menu.bar.title} of ${menu.bar.member.name}` : "Acts"}
        at={menu?.at ?? null}
        onClose={() => setMenu(null)}
        entries={menu ? entriesOf(menu.bar) : []}
      />
    ),
  };

  function entriesOf(bar: BarView): MenuEntry[] {
    const { id, what, member, title, end } = bar;
    const held = what === "role" || what === "privilege";
    return [
      {
        id: "open",
        label: "What its end means",
        icon: PanelRightOpen,
        kbd: "Enter",
        onAction: () => onOpen(bar),
      },
      {
        id: "member",
        label: `Open ${member.name}`,
        icon: UserRound,
        onAction: () => void navigate({ to: "/members/$member", params: { member: member.id } }),
      },
      {
        id: "simulate",
        label: "Simulate when it has ended",
        icon: FlaskConical,
        isDisabled: member.kind === "group" || end === null,
        onAction: () =>
          void navigate({ to: "/simulator", search: { member: member.id, when: end ?? "" } }),
      },
      // What a linked project holds is its server's to change.
      ...(held && end !== null && isLocal
        ? ["separator" as const, ...lifetimeEntries({ what, id, title, standing: standing(end) })]
        : []),
    ];
  }
}

function standing(end: string) {
  const state = Date.parse(end) > Date.now() ? ("active" as const) : ("ended" as const);
  return { state, end, range: null };
}
