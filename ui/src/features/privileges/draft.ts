/**
 * The form of a privilege being written: its state and every edit of it. Pure. Nothing is judged
 * here; what is wrong with a draft is for the core to say.
 */
import type {
  ConditionDraft,
  DurationDraft,
  EditedGrant,
  OpenedPolicy,
  OpenedPrivilege,
  PolicyDraft,
  PrivilegeDraft,
  RuleView,
  SubjectView,
} from "../../api/generated/commands";
import type { DurationValue } from "../../components/duration/DurationPicker";
import { subjectNamed, takesList } from "../../components/rules/offer";
import type { ConditionForm, RuleEdit, RuleForm } from "../../components/rules/types";
import { normaliseSlug } from "../../lib/slug";

/** A policy on the form; what becomes one rule. Its actions are in the order of the catalogue. */
export interface PolicyForm extends RuleForm {
  /** The rule that it was loaded from, as JSON text. */
  written?: string;
  /** Why no field can show all of it: then it is kept as it is, and only shown. */
  kept?: { because: string; rule: RuleView };
}

export type Lasting = "kept" | "permanent" | "timed" | "until";

export interface PrivilegeForm {
  /** As typed; what is saved is its nearest slug. */
  name: string;
  /** When it begins, as an RFC 3339 text; null if that is at once. */
  start: string | null;
  /** How long; what its present mode does not use is kept, so that going back finds it. */
  duration: DurationValue<Lasting>;
  policies: readonly PolicyForm[];
  reason: string;
  ticket: string;
  /** The next key that nothing has had yet. */
  nextKey: number;
}

export type Edit =
  | { kind: "text"; field: "name" | "reason" | "ticket"; text: string }
  | { kind: "duration"; duration: DurationValue<Lasting> }
  | { kind: "start"; start: string | null }
  | { kind: "add"; policies: readonly PolicyDraft[] }
  | { kind: "paste"; policies: readonly OpenedPolicy[] }
  | { kind: "remove"; policy: number }
  | { kind: "restore"; policy: PolicyForm; at: number }
  | { kind: "replace"; form: PrivilegeForm }
  | RuleEdit;

export const emptyForm: PrivilegeForm = {
  name: "",
  start: null,
  duration: { mode: "permanent", range: "1h", end: "" },
  policies: [],
  reason: "",
  ticket: "",
  nextKey: 1,
};

/** The form of a stored privilege: to edit it, or to give the same to somebody else. */
export function openedForm(opened: OpenedPrivilege, use: "edit" | "copy"): PrivilegeForm {
  const { slug, startsAt, standing, policies, reason, ticket } = opened;
  const range = "range" in standing ? (standing.range ?? "1h") : "1h";
  const end = standing.state === "active" ? standing.end : "";
  const copied =
    standing.state === "active" ? "until" : standing.state === "permanent" ? "permanent" : "timed";
  const form: PrivilegeForm = {
    ...emptyForm,
    name: slug,
    start: use === "edit" ? startsAt : null,
    duration: { mode: use === "edit" ? "kept" : copied, range, end },
    reason,
    ticket,
  };
  return policies.reduce(withOpened, form);
}

/** `form` with these policies in the place of its own. */
export function withPolicies(
  form: PrivilegeForm,
  policies: readonly OpenedPolicy[],
): PrivilegeForm {
  return policies.reduce(withOpened, { ...form, policies: [] });
}

/** Whether anything was written since `initial` that leaving would lose. */
export function isWritten(form: PrivilegeForm, initial: PrivilegeForm = emptyForm): boolean {
  return comparable(form) !== comparable(initial);
}

/** Everything about the form that would be saved, or that was chosen, as one text. */
function comparable({ name, start, duration, policies, reason, ticket }: PrivilegeForm): string {
  const texts = [name, reason, ticket].map((text) => text.trim());
  return JSON.stringify([texts, start, duration, policies.map(comparablePolicy)]);
}

/** Everything about a policy but its keys. */
export function comparablePolicy(policy: PolicyForm): unknown {
  const { subject, actions, inverted, conditions, kept, written } = policy;
  if (kept) return written;
  return [
    subject,
    actions,
    inverted,
    conditions.map(({ property, operator, values }) => [property, operator, values]),
  ];
}

export function edited(form: PrivilegeForm, edit: Edit): PrivilegeForm {
  switch (edit.kind) {
    case "text":
      return { ...form, [edit.field]: edit.text };
    case "duration":
      return { ...form, duration: edit.duration };
    case "start":
      return { ...form, start: edit.start };
    case "replace":
      return edit.form;
    case "add":
      return edit.policies.reduce(withPolicy, form);
    case "duplicate": {
      const at = form.policies.findIndex(({ key }) => key === edit.policy);
      const original = form.policies[at];
      if (!original) return form;
      const grown = withPolicy(form, original);
      const twin = grown.policies.at(-1);
      return twin ? { ...grown, policies: form.policies.toSpliced(at + 1, 0, twin) } : form;
    }
    case "paste":
      return edit.policies.reduce(withOpened, form);
    case "remove":
      return { ...form, policies: form.policies.filter(({ key }) => key !== edit.policy) };
    case "restore":
      return { ...form, policies: form.policies.toSpliced(edit.at, 0, edit.policy) };
    case "effect":
      return inPolicy(form, edit.policy, (policy) => ({ ...policy, inverted: edit.inverted }));
    case "actions":
      return inPolicy(form, edit.policy, (policy) => ({ ...policy, actions: edit.actions }));
    case "addCondition": {
      const added = { ...edit.condition, values: [], key: form.nextKey };
      const grown = inPolicy(form, edit.policy, (policy) => ({
        ...policy,
        conditions: [...policy.conditions, added],
      }));
      return { ...grown, nextKey: form.nextKey + 1 };
    }
    case "condition":
      return inPolicy(form, edit.policy, (policy) => ({
        ...policy,
        conditions: policy.conditions.map((condition) =>
          condition.key === edit.condition.key ? edit.condition : condition,
        ),
      }));
    case "removeCondition":
      return inPolicy(form, edit.policy, (policy) => ({
        ...policy,
        conditions: policy.conditions.filter(({ key }) => key !== edit.condition),
      }));
  }
}

/** What a draft says beside the form. */
export interface DraftContext {
  /** Null for several members. */
  member: string | null;
  subjects: readonly SubjectView[];
  edited?: EditedGrant | undefined;
}

/** The form as the core takes it. */
export function draftOf(form: PrivilegeForm, context: DraftContext): PrivilegeDraft {
  const { member, subjects, edited: stored } = context;
  return {
    member,
    slug: normaliseSlug(form.name),
    start: form.start,
    duration: durationOf(form.duration),
    policies: form.policies.map(({ subject, actions, inverted, conditions, written, kept }) => ({
      subject,
      actions: [...actions],
      inverted,
      conditions: conditions.map((condition) =>
        conditionOf(condition, subjectNamed(subjects, subject)),
      ),
      ...(written !== undefined && { written }),
      ...(kept !== undefined && { kept: true }),
    })),
    reason: form.reason,
    ticket: form.ticket,
    ...(stored && { edited: stored }),
  };
}

function durationOf({ mode, range, end }: DurationValue<Lasting>): DurationDraft {
  switch (mode) {
    case "kept":
    case "permanent":
      return { kind: mode };
    case "timed":
      return { kind: "timed", range: range.trim() };
    case "until":
      return { kind: "until", end };
  }
}

function conditionOf(condition: ConditionForm, subject: SubjectView | undefined): ConditionDraft {
  const { property, operator, values } = condition;
  return {
    property,
    operator,
    values: takesList(subject, condition) ? [...values] : [values[0] ?? ""],
  };
}

function withOpened(form: PrivilegeForm, opened: OpenedPolicy): PrivilegeForm {
  const { policy, keptBecause, rule } = opened;
  const grown = withPolicy(form, policy);
  if (keptBecause === null) return grown;
  const kept = { because: keptBecause, rule };
  return {
    ...grown,
    policies: grown.policies.map((it) => (it.key === form.nextKey ? { ...it, kept } : it)),
  };
}

/** Puts `policy` at the end, with keys of its own. */
function withPolicy(form: PrivilegeForm, policy: PolicyDraft | PolicyForm): PrivilegeForm {
  const { subject, actions, inverted, conditions, written } = policy;
  const key = form.nextKey;
  const added: PolicyForm = {
    key,
    subject,
    actions,
    inverted,
    conditions: conditions.map((condition, index) => ({ ...condition, key: key + 1 + index })),
    ...(typeof written === "string" && { written }),
  };
  return {
    ...form,
    policies: [...form.policies, added],
    nextKey: key + 1 + conditions.length,
  };
}

function inPolicy(
  form: PrivilegeForm,
  key: number,
  change: (policy: PolicyForm) => PolicyForm,
): PrivilegeForm {
  return {
    ...form,
    policies: form.policies.map((policy) => (policy.key === key ? change(policy) : policy)),
  };
}
