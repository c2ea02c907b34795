import { ArrowDown, ArrowUp, ClipboardCopy, Combine, Split } from "lucide-react";
import { memo, useCallback, useLayoutEffect, useMemo, useRef, type RefObject } from "react";
import { findActors, tryPattern } from "../../api/patterns";
import type { CatalogueView, Places, SubjectView } from "../../api/generated/commands";
import { IconButton } from "../../components/button/IconButton";
import type { Option } from "../../components/list/Option";
import { RuleNotesContext, RulesContext, type RuleNotes } from "../../components/rules/context";
import { copyRules } from "../../components/rules/ruleClipboard";
import { RuleCard } from "../../components/rules/RuleCard";
import type { Json } from "../../lib/json";
import type { KeyedRule, RuleListEdit } from "../../lib/rules/edits";
import { actionsOf, conditionsOf, newRule, withCondition } from "../../lib/rules/rule";
import { cardEdit } from "./cardEdit";
import { ExceptBuilder } from "./ExceptBuilder";
import type { ExceptPlan } from "./exception";
import { ruleForm, type CardNotes } from "./ruleForm";

export interface EditorCardProps {
  catalogue: CatalogueView;
  places: Places;
  subject: SubjectView | undefined;
  /** The subject on the wire, and what it is called. */
  subjectName: string;
  title: string;
  keyed: KeyedRule;
  /** Its place in the whole list, from 0. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
  /** The rule on the subject that has the focus once this one is gone. */
  neighbour: number | null;
  /** The place of the rule that it can be merged with. */
  partner: number | null;
  notes: CardNotes | null;
  isReadOnly: boolean;
  templates: readonly string[];
  member: Option | null;
  onMember: (member: Option | null) => void;
  edit: (edit: RuleListEdit, name: string, run?: string) => void;
  focusNext: (field: string) => void;
}

/**
 * The card of one rule of the role. It is drawn anew only when something of its own changes, so that
 * a letter typed on one card costs one card.
 */
export const EditorCard = memo(function EditorCard(props: EditorCardProps) {
  const { catalogue, places, subject, subjectName, keyed, place, notes } = props;
  const { isReadOnly, templates, member, onMember, edit, focusNext } = props;
  const number = place + 1;
  // What the parts call is always the same, so that they are drawn anew for their own sake only.
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const context = useMemo<RulesContext>(
    () => ({
      catalogue,
      places,
      edit: (ruleEdit) => {
        const now = latest.current;
        const made = cardEdit(ruleEdit, now.keyed, now.place + 1, now.subject, now.title);
        edit(made.to, made.name, made.run);
      },
      nextConditionKey: () => conditionsOf(latest.current.keyed.rule).length,
      focusNext,
      isReadOnly,
      templates,
      testing: { tryPattern, findActors, actor: member, onActor: onMember },
    }),
    [catalogue, places, edit, focusNext, isReadOnly, templates, member, onMember],
  );
  const said = useMemo<RuleNotes>(
    () => ({
      problem: (field) => notes?.problems.get(field),
      warning: (field) => notes?.warnings.get(field),
      reach: (field) => notes?.reaches.get(field),
    }),
    [notes],
  );
  const form = useMemo(() => ruleForm(keyed, subject, subjectName), [keyed, subject, subjectName]);
  const remove = useCallback(() => {
    const now = latest.current;
    focusNext(now.neighbour === null ? `cards.${now.subjectName}` : `policies.${now.neighbour}`);
    edit({ kind: "remove", rule: now.keyed.key }, `Remove rule ${now.place + 1} on ${now.title}`);
  }, [edit, focusNext]);
  const write = useCallback(
    (plan: ExceptPlan) => {
      const now = latest.current;
      edit(exceptEdit(plan, now.keyed, now.subjectName), `Everything except on ${now.title}`);
    },
    [edit],
  );
  return (
    <RulesContext value={context}>
      <RuleNotesContext value={said}>
        <RuleCard
          rule={form}
          place={number}
          hideSubject
          onRemove={remove}
          conditionActs={
            subject && !form.inverted && subject.properties.length > 0 ? (
              <ExceptBuilder subject={subject} places={places} onWrite={write} />
            ) : undefined
          }
          acts={
            <CardActs
              rule={keyed.key}
              place={place}
              isFirst={props.isFirst}
              isLast={props.isLast}
              partner={props.partner}
              canSplit={new Set(form.actions).size > 1}
              isReadOnly={isReadOnly}
              edit={edit}
              focusNext={focusNext}
              latest={latest}
            />
          }
        />
      </RuleNotesContext>
    </RulesContext>
  );
});

interface CardActsProps extends Pick<
  EditorCardProps,
  "place" | "isFirst" | "isLast" | "partner" | "isReadOnly" | "edit" | "focusNext"
> {
  rule: number;
  canSplit: boolean;
  latest: RefObject<EditorCardProps>;
}

/** Moving, splitting, merging and copying one rule. */
const CardActs = memo(function CardActs(props: CardActsProps) {
  const { rule, place, isFirst, isLast, partner, canSplit, isReadOnly, edit, focusNext } = props;
  const number = place + 1;
  const act = (to: RuleListEdit, name: string) => {
    // The button may be gone then.
    focusNext(`policies.${rule}`);
    edit(to, name);
  };
  const move = (by: -1 | 1) =>
    act({ kind: "move", rule, by, within: "subject" }, `Move rule ${number}`);
  return (
    <>
      {!isReadOnly && !(isFirst && isLast) && (
        <>
          <IconButton
            icon={ArrowUp}
            size="small"
            label={`Move rule ${number} up`}
            isDisabled={isFirst}
            onPress={() => move(-1)}
          />
          <IconButton
            icon={ArrowDown}
            size="small"
            label={`Move rule ${number} down`}
            isDisabled={isLast}
            onPress={() => move(1)}
          />
        </>
      )}
      {!isReadOnly && canSplit && (
        <IconButton
          icon={Split}
          size="small"
          label={`Split rule ${number}: one for each action`}
          onPress={() => act({ kind: "split", rule }, `Split rule ${number}`)}
        />
      )}
      {!isReadOnly && partner !== null && (
        <IconButton
          icon={Combine}
          size="small"
          label={`Merge rule ${number} with rule ${partner + 1}, which differs in its actions only`}
          onPress={() => act({ kind: "merge", rule }, `Merge rule ${number}`)}
        />
      )}
      <IconButton
        icon={ClipboardCopy}
        size="small"
        label={`Copy rule ${number}`}
        onPress={() => copyRules([props.latest.current.keyed.rule])}
      />
    </>
  );
});

/** "Everything except" as an edit: a condition on the rule, or Forbids after it. */
function exceptEdit(plan: ExceptPlan, { key, rule }: KeyedRule, subject: string): RuleListEdit {
  if (plan.kind === "condition") {
    const { property, operator, values } = plan;
    return {
      kind: "addCondition",
      rule: key,
      condition: { property, operator, values, isList: false },
    };
  }
  const actions = [...new Set(actionsOf(rule))];
  const forbids = plan.conditions.map(({ property, operator, values }): Json => {
    const operand = operator === "$in" ? [...values] : (values[0] ?? "");
    return withCondition(newRule(subject, actions, true), property, operator, operand);
  });
  return { kind: "add", rules: forbids, after: key };
}
