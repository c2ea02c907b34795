/** The name of a privilege: what it would be saved as, and one to start from. Pure. */
import { cutSlug, normaliseSlug } from "../../lib/slug";
import type { PrivilegeForm } from "./draft";

/** A longer name is refused. Characters. */
const LONGEST = 60;

/**
 * A name that says what the privilege is for: the ticket or what it covers, and how long it lasts.
 * It is none of `taken`.
 */
export function suggestSlug(form: PrivilegeForm, taken: readonly string[]): string {
  const words = form.ticket.trim() ? [form.ticket, place(form)] : [subject(form), place(form)];
  if (form.duration.mode === "timed") words.push(form.duration.range);
  const base = normaliseSlug(words.filter(Boolean).join("-")) || "additional-access";
  return free(cutSlug(base, LONGEST), taken);
}

function subject({ policies }: PrivilegeForm): string {
  return policies[0]?.subject ?? "";
}

/** Where the first policy that has a place applies: "prod-payments". */
function place({ policies }: PrivilegeForm): string {
  const conditions = policies.flatMap((policy) => policy.conditions);
  const valueOf = (property: string) =>
    conditions.find((it) => it.property === property)?.values[0] ?? "";
  return `${valueOf("environment")}-${valueOf("secretPath")}`;
}

function free(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base;
  for (let count = 2; ; count += 1) {
    const end = `-${count}`;
    const slug = cutSlug(base, LONGEST - end.length) + end;
    if (!taken.includes(slug)) return slug;
  }
}
