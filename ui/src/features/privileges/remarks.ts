/**
 * What the core says about the fields of the form. The core numbers policies and conditions; the
 * form names them by keys, so that a remark stays with its card while others come and go.
 */
import type { FieldProblem, FolderReach, PrivilegePreview } from "../../api/generated/commands";
import type { PrivilegeForm } from "./draft";

/** A remark on one field of the form. `field` is a key path, such as `policies.3.conditions.4.value`. */
export interface Remark {
  field: string;
  message: string;
}

export interface Remarks {
  problems: readonly Remark[];
  warnings: readonly Remark[];
  reaches: readonly FolderReach[];
}

/** What `preview` says about the form it was made from. */
export function remarksOf(preview: PrivilegePreview, form: PrivilegeForm): Remarks {
  return {
    problems: keyed(preview.problems, form),
    warnings: keyed(preview.warnings, form),
    reaches: keyed(preview.reaches, form),
  };
}

/** Each remark with its field as a key path; those about cards that are gone are left out. */
export function keyed<R extends Pick<FieldProblem, "field">>(
  remarks: readonly R[],
  form: PrivilegeForm,
): R[] {
  return remarks.flatMap((remark) => {
    const field = keyPath(remark.field, form);
    return field === null ? [] : [{ ...remark, field }];
  });
}

/** What a person calls the field: "Secrets, condition 2: value". */
export function fieldName(
  field: string,
  form: PrivilegeForm,
  titleOf: (subject: string) => string,
): string {
  const [place, key, part, conditionKey] = field.split(".");
  if (place !== "policies") return PLAIN_NAMES[field] ?? field;
  if (key === undefined) return "Policies";
  const policy = form.policies.find((it) => String(it.key) === key);
  if (!policy) return "Policies";
  const title = titleOf(policy.subject);
  if (part === "actions") return `${title}, actions`;
  if (part !== "conditions") return title;
  const at = policy.conditions.findIndex((it) => String(it.key) === conditionKey);
  return policy.conditions.length > 1 ? `${title}, condition ${at + 1}` : `${title}, condition`;
}

const PLAIN_NAMES: Record<string, string> = {
  slug: "Privilege name",
  duration: "Duration",
  start: "Start",
  member: "Member",
  reason: "Reason",
  ticket: "Ticket",
};

function keyPath(field: string, form: PrivilegeForm): string | null {
  const parts = field.split(".");
  if (parts[0] !== "policies" || parts[1] === undefined) return field;
  const policy = form.policies[Number(parts[1])];
  if (!policy) return null;
  parts[1] = String(policy.key);
  if (parts[2] === "conditions" && parts[3] !== undefined) {
    const condition = policy.conditions[Number(parts[3])];
    if (!condition) return null;
    parts[3] = String(condition.key);
  }
  return parts.join(".");
}
