/**
 * Brings two edits of one privilege together, part by part. What only one of them changed is taken
 * over; where both changed a part, mine stays and theirs is offered. Pure; nothing is ever lost.
 */
import { comparablePolicy, type PrivilegeForm } from "./draft";

/** A part of a privilege that is changed as a whole. */
export type Part = "name" | "start" | "duration" | "policies" | "reason" | "ticket";

const PARTS: readonly Part[] = ["name", "start", "duration", "policies", "reason", "ticket"];

export const PART_NAMES: Record<Part, string> = {
  name: "Privilege name",
  start: "Start",
  duration: "Duration",
  policies: "Policies",
  reason: "Reason",
  ticket: "Ticket",
};

export interface Merge {
  form: PrivilegeForm;
  /** The parts that only they changed, which stand in the form now. */
  taken: readonly Part[];
  /** The parts that both changed; the form has mine. */
  conflicts: readonly Part[];
}

/** Merges what `theirs` changed since `base` into `mine`. */
export function merge(base: PrivilegeForm, theirs: PrivilegeForm, mine: PrivilegeForm): Merge {
  const changed = PARTS.filter(
    (part) => !isSame(part, base, theirs) && !isSame(part, mine, theirs),
  );
  const taken = changed.filter((part) => isSame(part, base, mine));
  return {
    form: taken.reduce((form, part) => withPart(form, part, theirs), mine),
    taken,
    conflicts: changed.filter((part) => !taken.includes(part)),
  };
}

/** `form` with one part of another one. */
export function withPart(form: PrivilegeForm, part: Part, from: PrivilegeForm): PrivilegeForm {
  if (part !== "policies") return { ...form, [part]: from[part] };
  // Cards of the other form may bear keys that this one has given to others.
  let key = form.nextKey;
  const policies = from.policies.map((policy) => ({
    ...policy,
    key: key++,
    conditions: policy.conditions.map((condition) => ({ ...condition, key: key++ })),
  }));
  return { ...form, policies, nextKey: key };
}

/** Whether a part of two forms says the same. */
export function isSame(part: Part, one: PrivilegeForm, other: PrivilegeForm): boolean {
  const text = (form: PrivilegeForm) =>
    JSON.stringify(part === "policies" ? form.policies.map(comparablePolicy) : form[part]);
  return text(one) === text(other);
}
