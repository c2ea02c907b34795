import {
  ArrowDown,
  ArrowUp,
  Ban,
  Check,
  ClipboardCopy,
  ClipboardPaste,
  Combine,
  Split,
} from "lucide-react";
import { Fragment } from "react";
import type { CatalogueView, Places, SubjectView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { RulesContext } from "../../components/rules/context";
import { subjectNamed, takesList } from "../../components/rules/offer";
import { RuleCard } from "../../components/rules/RuleCard";
import type { ConditionForm, RuleEdit } from "../../components/rules/types";
import type { Option } from "../../components/list/Option";
import { isObject, layOut, type Json } from "../../lib/json";
import {
  mergeable,
  rulesOn,
  rulesOnNothing,
  type KeyedRule,
  type RuleListEdit,
} from "../../lib/rules/edits";
import { actionsOf, conditionsOf, isForbid, newRule, withCondition } from "../../lib/rules/rule";
import { ExceptBuilder } from "./ExceptBuilder";
import type { ExceptPlan } from "./exception";
import { GlobTester } from "./GlobTester";
import { ruleForm, type CardRemarks } from "./ruleForm";
import { NO_SUBJECT, type TableRow } from "./tableRows";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

export interface RuleCardsProps {
  row: TableRow;
  editing: RoleEditing;
  /** With the members of lists as properties of their own. */
  catalogue: CatalogueView;
  places: Places;
  remarks: CardRemarks;
  orderMatters: boolean;
  isReadOnly: boolean;
  member: Option | null;
  onMember: (member: Option | null) => void;
  focusNext: (field: string) => void;
  onCopy: (rules: readonly Json[]) => void;
  onPaste: () => void;
}

/** The rules on one subject, each a card, in the order in which they are written. */
export function RuleCards(props: RuleCardsProps) {
  const { row, editing, catalogue, places, remarks, isReadOnly, member, onMember, focusNext } =
    props;
  const { rules, edit } = editing;
  const subject = subjectNamed(catalogue.subjects, row.subject);
  const own = row.subject === NO_SUBJECT ? rulesOnNothing(rules) : rulesOn(rules, row.subject);
  const change = (ruleEdit: RuleEdit) => {
    const { to, name, run } = listEdit(ruleEdit, rules.rules, subject, row.title);
    if (to) edit(to, name, run);
  };
  const add = (forbid: boolean) => {
    focusNext(`policies.${rules.nextKey}`);
    const name = `Add ${forbid ? "a Forbid" : "an Allow"} on ${row.title}`;
    edit(
      { kind: "add", rules: [newRule(row.subject, [], forbid)], after: own.at(-1)?.rule.key },
      name,
    );
  };

  return (
    <RulesContext
      value={{
        catalogue,
        places,
        edit: change,
        nextConditionKey: (key) => {
          const rule = rules.rules.find((it) => it.key === key)?.rule;
          return rule === undefined ? 0 : conditionsOf(rule).length;
        },
        ...remarks,
        focusNext,
        isReadOnly,
        templates: TEMPLATES,
        tester: (condition) => (
          <GlobTester
            pattern={condition.values[0] ?? ""}
            isPath={condition.property === "secretPath"}
            member={member}
            onMember={onMember}
          />
        ),
      }}
    >
      <div className={styles.cardsHead}>
        <p className="muted">{orderNote(own.length, props.orderMatters)}</p>
        {!isReadOnly && row.subject !== NO_SUBJECT && (
          <div className={styles.cardActs}>
            {own.length > 0 && (
              <Button
                variant="ghost"
                size="small"
                icon={ClipboardCopy}
                onPress={() => props.onCopy(own.map(({ rule }) => rule.rule))}
              >
                Copy
              </Button>
            )}
            <Button variant="ghost" size="small" icon={ClipboardPaste} onPress={props.onPaste}>
              Paste
            </Button>
            <Button size="small" icon={Check} onPress={() => add(false)}>
              Add Allow
            </Button>
            {(subject?.invertible ?? true) && (
              <Button size="small" icon={Ban} onPress={() => add(true)}>
                Add Forbid
              </Button>
            )}
          </div>
        )}
      </div>
      <ol className={styles.cards}>
        {own.map(({ rule, place }, at) => (
          <Fragment key={rule.key}>
            {at > 0 && (
              <li className={styles.joint} aria-hidden="true">
                {isForbid(rule.rule) ? "unless" : "or"}
              </li>
            )}
            <li>
              {isObject(rule.rule) ? (
                <Card
                  {...props}
                  subject={subject}
                  rule={rule}
                  place={place}
                  at={at}
                  last={own.length - 1}
                />
              ) : (
                <Oddity {...props} rule={rule} place={place} />
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </RulesContext>
  );
}

/** What a value may ask of whoever acts. */
const TEMPLATES = [
  "{{identity.id}}",
  "{{identity.username}}",
  "{{identity.metadata.team}}",
  "{{identity.auth.oidc.claims.}}",
  "{{identity.auth.kubernetes.namespace}}",
];

interface CardProps extends RuleCardsProps {
  subject: SubjectView | undefined;
  rule: KeyedRule;
  place: number;
  at: number;
  last: number;
}

function Card({
  subject,
  rule,
  place,
  at,
  last,
  row,
  editing,
  places,
  isReadOnly,
  focusNext,
  onCopy,
}: CardProps) {
  const { rules, edit } = editing;
  const form = ruleForm(rule, subject, row.subject);
  const number = place + 1;
  const partner = mergeable(rules, rule.key);
  const canSplit = new Set(actionsOf(rule.rule)).size > 1;
  const move = (by: -1 | 1) => {
    focusNext(`policies.${rule.key}`);
    edit({ kind: "move", rule: rule.key, by, within: "subject" }, `Move rule ${number}`);
  };
  const write = (plan: ExceptPlan) => {
    const name = `Everything except on ${row.title}`;
    if (plan.kind === "condition") {
      const { property, operator, values } = plan;
      const condition = { property, operator, values, isList: false };
      edit({ kind: "addCondition", rule: rule.key, condition }, name);
      return;
    }
    const forbids = plan.conditions.map((condition): Json => {
      const bare = newRule(row.subject, [...new Set(actionsOf(rule.rule))], true);
      const { property, operator, values } = condition;
      return withCondition(
        bare,
        property,
        operator,
        operator === "$in" ? [...values] : (values[0] ?? ""),
      );
    });
    edit({ kind: "add", rules: forbids, after: rule.key }, name);
  };
  return (
    <RuleCard
      rule={form}
      place={number}
      hideSubject
      onRemove={() => {
        focusNext("policies");
        edit({ kind: "remove", rule: rule.key }, `Remove rule ${number} on ${row.title}`);
      }}
      conditionActs={
        subject && !form.inverted && subject.properties.length > 0 ? (
          <ExceptBuilder subject={subject} places={places} onWrite={write} />
        ) : undefined
      }
      acts={
        <>
          {!isReadOnly && last > 0 && (
            <>
              <IconButton
                icon={ArrowUp}
                size="small"
                label={`Move rule ${number} up`}
                isDisabled={at === 0}
                onPress={() => move(-1)}
              />
              <IconButton
                icon={ArrowDown}
                size="small"
                label={`Move rule ${number} down`}
                isDisabled={at === last}
                onPress={() => move(1)}
              />
            </>
          )}
          {!isReadOnly && canSplit && (
            <IconButton
              icon={Split}
              size="small"
              label={`Split rule ${number}: one for each action`}
              onPress={() => edit({ kind: "split", rule: rule.key }, `Split rule ${number}`)}
            />
          )}
          {!isReadOnly && partner && (
            <IconButton
              icon={Combine}
              size="small"
              label={`Merge rule ${number} with rule ${partner.with + 1}, which differs in its actions only`}
              onPress={() => edit({ kind: "merge", rule: rule.key }, `Merge rule ${number}`)}
            />
          )}
          <IconButton
            icon={ClipboardCopy}
            size="small"
            label={`Copy rule ${number}`}
            onPress={() => onCopy([rule.rule])}
          />
        </>
      }
    />
  );
}

/** An item that is no rule: kept, shown, and removed only on purpose. */
function Oddity({
  rule,
  place,
  editing,
  isReadOnly,
}: RuleCardsProps & { rule: KeyedRule; place: number }) {
  return (
    <article className={styles.oddity} aria-label={`Item ${place + 1}`}>
      <p>
        Item {place + 1} is no rule. Servers refuse it; it is kept as it is written, and can be
        changed as JSON.
      </p>
      <pre className="mono">{layOut(rule.rule)}</pre>
      {!isReadOnly && (
        <Button
          size="small"
          onPress={() =>
            editing.edit({ kind: "remove", rule: rule.key }, `Remove item ${place + 1}`)
          }
        >
          Remove
        </Button>
      )}
    </article>
  );
}

function orderNote(count: number, orderMatters: boolean): string {
  if (count === 0) return "No rule is about this yet.";
  if (orderMatters) return "Order matters: on this server the last rule that matches decides.";
  return count === 1
    ? "Conditions of a rule must all hold."
    : "Order does not matter: on this server a Forbid always wins.";
}

/** What an edit on a card means for the list, and what undoing it is called. */
function listEdit(
  edit: RuleEdit,
  rules: readonly KeyedRule[],
  subject: SubjectView | undefined,
  title: string,
): { to?: RuleListEdit; name: string; run?: string } {
  const rule = edit.policy;
  const number = rules.findIndex(({ key }) => key === rule) + 1;
  const titleOf = (property: string) =>
    subject?.properties.find((it) => it.property === property)?.title ?? property;
  const words = (
    condition: Omit<ConditionForm, "key" | "values"> & { values?: readonly string[] },
  ) => {
    const { property, operator, values = [], isList } = condition;
    return {
      property,
      operator,
      values,
      isList: takesList(subject, { key: 0, property, operator, values, isList }),
    };
  };
  switch (edit.kind) {
    case "duplicate":
      return { to: { kind: "duplicate", rule }, name: `Duplicate rule ${number} on ${title}` };
    case "effect": {
      const to = { kind: "effect", rule, forbid: edit.inverted } as const;
      return { to, name: `Make rule ${number} ${edit.inverted ? "a Forbid" : "an Allow"}` };
    }
    case "actions":
      return {
        to: { kind: "actions", rule, actions: edit.actions },
        name: `Change the actions of rule ${number} on ${title}`,
      };
    case "addCondition":
      return {
        to: { kind: "addCondition", rule, condition: words(edit.condition) },
        name: `Add a condition on ${titleOf(edit.condition.property)}`,
      };
    case "condition": {
      const { condition } = edit;
      const before = rules.find(({ key }) => key === rule)?.rule;
      const was = before === undefined ? undefined : conditionsOf(before)[condition.key];
      const isTyping = was?.property === condition.property && was.operator === condition.operator;
      // A value that was still to be written is none in a list.
      const values = isTyping ? condition.values : condition.values.filter((text) => text !== "");
      const changed = words({ ...condition, values });
      return {
        to: { kind: "condition", rule, place: condition.key, condition: changed },
        name: `Change ${titleOf(condition.property)} of rule ${number}`,
        ...(isTyping ? { run: `${rule}.${condition.key}` } : {}),
      };
    }
    case "removeCondition":
      return {
        to: { kind: "removeCondition", rule, place: edit.condition },
        name: `Remove a condition of rule ${number}`,
      };
  }
}
