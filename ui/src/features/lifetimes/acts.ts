/** The words of each act on lifetimes, and the request it becomes. Pure. */
import type { ChangeLifetimeRequest, LifetimeAct } from "../../api/generated/commands";
import type { DurationMode, DurationValue } from "../../components/duration/DurationPicker";
import type { LifetimeActKind, LifetimeAsked } from "../../components/lifetime/asked";

export type EndMode = "by" | "in" | "at" | "range";

export interface LifetimeForm {
  end: DurationValue<EndMode>;
  reason: string;
  /** Which kinds of grants of chosen members are meant. */
  privileges: boolean;
  roles: boolean;
}

const VERB: Record<LifetimeActKind, string> = {
  extend: "Extend",
  shorten: "Shorten",
  endNow: "End",
  restart: "Restart",
  renew: "Renew",
  makePermanent: "Make permanent",
  remove: "Remove",
};

/** What the act is called: "Extend db-readonly". */
export function actTitle({ act, title, isPermanent, targets }: LifetimeAsked): string {
  if (act === "shorten" && isPermanent) return `Set an end for ${title}`;
  if (act === "endNow") return `End ${title} now`;
  if (act === "makePermanent") return `Make ${title} permanent`;
  if (targets.kind === "members") {
    const ended = act === "renew" || act === "remove";
    return `${VERB[act]} ${ended ? "ended" : "timed"} access of ${title}`;
  }
  return `${VERB[act]} ${title}`;
}

/** What the button that does it says. */
export function actVerb({ act, isPermanent }: LifetimeAsked): string {
  if (act === "shorten" && isPermanent) return "Set the end";
  return act === "endNow" ? "End now" : VERB[act];
}

/** The ways to say the new end. */
export function endModes(asked: LifetimeAsked): readonly DurationMode<EndMode>[] {
  const within = { id: "in", label: "From now", takes: "range" } as const;
  const at = { id: "at", label: "Until", takes: "instant" } as const;
  switch (asked.act) {
    case "extend":
      return [{ id: "by", label: "Longer by", takes: "range" }, within, at];
    case "shorten":
      return asked.isPermanent
        ? [within, at]
        : [{ id: "by", label: "Shorter by", takes: "range" }, within, at];
    case "restart":
    case "renew":
      return [{ id: "range", label: "For", takes: "range" }];
    case "endNow":
    case "makePermanent":
    case "remove":
      return [];
  }
}

/** Whether the act needs nothing to be said, so that one grant is changed at once. */
export function isImmediate({ act, targets, range, isShownFirst }: LifetimeAsked): boolean {
  if (isShownFirst || targets.kind !== "grants" || targets.grants.length !== 1) return false;
  switch (act) {
    case "endNow":
    case "makePermanent":
    case "remove":
      return true;
    case "restart":
      return typeof range === "string";
    case "extend":
    case "shorten":
    case "renew":
      return false;
  }
}

export function startingForm(asked: LifetimeAsked): LifetimeForm {
  const mode = endModes(asked)[0]?.id ?? "range";
  const own = mode === "range" ? asked.range : null;
  return {
    end: { mode, range: own ?? "1h", end: "" },
    reason: "",
    privileges: true,
    roles: true,
  };
}

export function requestOf(asked: LifetimeAsked, form: LifetimeForm): ChangeLifetimeRequest {
  const { targets } = asked;
  return {
    targets: (targets.kind === "members"
      ? { ...targets, privileges: form.privileges, roles: form.roles }
      : targets) as ChangeLifetimeRequest["targets"],
    act: actOf(asked, form),
    reason: form.reason,
  };
}

function actOf({ act, targets }: LifetimeAsked, { end }: LifetimeForm): LifetimeAct {
  const range = end.range.trim();
  const newEnd =
    end.mode === "at"
      ? ({ kind: "at", end: end.end } as const)
      : ({ kind: end.mode === "in" ? "in" : "by", range } as const);
  // Each of several begins its own duration again unless one is chosen for all.
  const ownRange = targets.kind === "members" && range === "" ? null : range;
  switch (act) {
    case "extend":
    case "shorten":
      return { kind: act, end: newEnd };
    case "restart":
    case "renew":
      return { kind: act, range: ownRange };
    case "endNow":
    case "makePermanent":
    case "remove":
      return { kind: act };
  }
}
