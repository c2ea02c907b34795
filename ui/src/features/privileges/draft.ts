/**
 * The form of a privilege being written: its state and every edit of it. Pure. Nothing is judged
 * here; what is wrong with a draft is for the core to say.
 */
import type {
  CatalogueView,
  ConditionDraft,
  PolicyDraft,
  PolicyTemplateView,
  PrivilegeDraft,
  SubjectView,
} from "../../api/generated/commands";
import { subjectNamed, takesList } from "../../components/rules/offer";
import type { ConditionForm, RuleEdit, RuleForm } from "../../components/rules/types";
import { normaliseSlug } from "./slug";

/** A policy on the form; what becomes one rule. Its actions are in the order of the catalogue. */
export type PolicyForm = RuleForm;

export interface PrivilegeForm {
  /** As typed; what is saved is its nearest slug. */
  name: string;
  lasting: "permanent" | "timed";
  /** Kept while the privilege is permanent, so that going back finds it. */
  range: string;
  policies: readonly PolicyForm[];
  reason: string;
  ticket: string;
  /** The next key that nothing has had yet. */
  nextKey: number;
}

export type Edit =
  | { kind: "text"; field: "name" | "range" | "reason" | "ticket"; text: string }
  | { kind: "lasting"; lasting: PrivilegeForm["lasting"] }
  | { kind: "add"; policies: readonly PolicyDraft[] }
  | { kind: "remove"; policy: number }
  | { kind: "restore"; policy: PolicyForm; at: number }
  | RuleEdit;

export const emptyForm: PrivilegeForm = {
  name: "",
  lasting: "permanent",
  range: "1h",
  policies: [],
  reason: "",
  ticket: "",
  nextKey: 1,
};

/** Whether anything was written that leaving would lose. */
export function isWritten(form: PrivilegeForm): boolean {
  const { name, lasting, range, policies, reason, ticket } = form;
  const typed = [name, reason, ticket].some((text) => text.trim() !== "");
  return typed || policies.length > 0 || lasting !== emptyForm.lasting || range !== emptyForm.range;
}

export function edited(form: PrivilegeForm, edit: Edit): PrivilegeForm {
  switch (edit.kind) {
    case "text":
      return { ...form, [edit.field]: edit.text };
    case "lasting":
      return { ...form, lasting: edit.lasting };
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

/** The form as the core takes it. */
export function draftOf(
  form: PrivilegeForm,
  member: string,
  subjects: readonly SubjectView[],
): PrivilegeDraft {
  return {
    member,
    slug: normaliseSlug(form.name),
    duration:
      form.lasting === "permanent"
        ? { kind: "permanent" }
        : { kind: "timed", range: form.range.trim() },
    policies: form.policies.map(({ subject, actions, inverted, conditions }) => ({
      subject,
      actions: [...actions],
      inverted,
      conditions: conditions.map((condition) =>
        conditionOf(condition, subjectNamed(subjects, subject)),
      ),
    })),
    reason: form.reason,
    ticket: form.ticket,
  };
}

/** What a policy on `subject` starts with: what the templates for viewing give, or reading. */
export function startingPolicy(subject: SubjectView, catalogue: CatalogueView): PolicyDraft {
  const viewing = catalogue.templates
    .filter(isViewing)
    .flatMap(({ policies }) => policies)
    .find((policy) => policy.subject === subject.subject);
  const reading = subject.actions.filter(({ action, legacy }) => action === "read" && !legacy);
  return {
    subject: subject.subject,
    actions: viewing?.actions ?? reading.map(({ action }) => action),
    inverted: false,
    conditions: [],
  };
}

function conditionOf(condition: ConditionForm, subject: SubjectView | undefined): ConditionDraft {
  const { property, operator, values } = condition;
  return {
    property,
    operator,
    values: takesList(subject, condition) ? [...values] : [values[0] ?? ""],
  };
}

/** Puts `policy` at the end, with keys of its own. */
function withPolicy(form: PrivilegeForm, policy: PolicyDraft | PolicyForm): PrivilegeForm {
  const { subject, actions, inverted, conditions } = policy;
  const key = form.nextKey;
  const added: PolicyForm = {
    key,
    subject,
    actions,
    inverted,
    conditions: conditions.map((condition, index) => ({ ...condition, key: key + 1 + index })),
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

function isViewing({ title }: PolicyTemplateView): boolean {
  return /\bviewing\b/i.test(title);
}
