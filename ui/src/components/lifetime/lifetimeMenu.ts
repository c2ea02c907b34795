/** The acts that fit a grant, for the menu of its row. */
import {
  CalendarClock,
  CalendarMinus,
  CalendarPlus,
  Infinity as Forever,
  RotateCcw,
  Square,
  Trash2,
} from "lucide-react";
import type { MenuAction, MenuEntry } from "../menu/MenuItems";
import { askLifetime, type LifetimeActKind } from "./asked";

/** A privilege or a role assignment with how long it counts. */
export interface LifetimeHolder {
  what: "role" | "privilege";
  id: string;
  /** The name of the privilege or role. */
  title: string;
  standing:
    | { state: "permanent" | "neverActive" }
    | { state: "active" | "ended"; end: string; range: string | null };
  /** Whether it came from an access request, so that nobody may change it here. */
  managed?: boolean;
}

const MANAGED = "Granted by an access request";

/** What can be done about how long `grant` counts. `onDone` is called when it was. */
export function lifetimeEntries(grant: LifetimeHolder, onDone?: () => void): MenuEntry[] {
  const { what, id, title, standing, managed = false } = grant;
  const range = "range" in standing ? standing.range : null;
  const act = (kind: LifetimeActKind, words: Omit<MenuAction, "id" | "onAction">): MenuAction => ({
    id: kind,
    ...words,
    ...(managed && { isDisabled: true, description: MANAGED }),
    onAction: () =>
      askLifetime({
        act: kind,
        targets: { kind: "grants", grants: [{ what, id }] },
        title,
        range,
        isPermanent: standing.state === "permanent",
        ...(onDone && { onDone }),
      }),
  });
  const endNow = act("endNow", { label: "End now", icon: Square });
  switch (standing.state) {
    case "permanent":
      return [act("shorten", { label: "Set an end…", icon: CalendarClock }), endNow];
    case "active":
      return [
        act("extend", { label: "Extend…", icon: CalendarPlus }),
        act("shorten", { label: "Shorten…", icon: CalendarMinus }),
        act("restart", {
          label: range === null ? "Restart…" : "Restart",
          icon: RotateCcw,
          ...(range !== null && { description: `${range} again, from now` }),
        }),
        act("makePermanent", { label: "Make permanent", icon: Forever }),
        endNow,
      ];
    case "ended":
    case "neverActive":
      return [
        act("renew", { label: "Renew…", icon: RotateCcw }),
        act("remove", { label: "Remove", icon: Trash2, tone: "danger" }),
      ];
  }
}
