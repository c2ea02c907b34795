import { Ban, Check, ClipboardCopy, ClipboardPaste } from "lucide-react";
import { memo, useDeferredValue, useMemo } from "react";
import type { CatalogueView, Places } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { WhenNear } from "../../components/list/WhenNear";
import { subjectNamed } from "../../components/rules/offer";
import { copyRules } from "../../components/rules/ruleClipboard";
import type { Option } from "../../components/list/Option";
import { isObject, layOut, type Json } from "../../lib/json";
import { partners, rulesOn, rulesOnNothing, type KeyedRule } from "../../lib/rules/edits";
import { actionsOf, conditionsOf, isForbid, newRule } from "../../lib/rules/rule";
import { EditorCard, type EditorCardProps } from "./EditorCard";
import type { Notes } from "./ruleForm";
import { NO_SUBJECT, type TableRow } from "./tableRows";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

export interface RuleCardsProps {
  row: TableRow;
  editing: RoleEditing;
  /** With the members of lists as properties of their own. */
  catalogue: CatalogueView;
  places: Places;
  notes: Notes;
  orderMatters: boolean;
  isReadOnly: boolean;
  /** Templates that values are completed with. */
  templates: readonly string[];
  /** For whom templates are filled in. */
  member: Option | null;
  onMember: (member: Option | null) => void;
  /** The rule that is to have the focus, if one is. */
  wanted: number | null;
  focusNext: (field: string) => void;
  onPaste: () => void;
}

/** So many rules are there as soon as their row is opened, the rest soon after. */
const AT_ONCE = 12;

/** The rules on one subject, each a card, in the order in which they are written. */
export function RuleCards(props: RuleCardsProps) {
  const { row, editing, catalogue, places, notes, isReadOnly, focusNext, wanted } = props;
  const { templates, member, onMember } = props;
  const { rules, edit } = editing;
  const subject = subjectNamed(catalogue.subjects, row.subject);
  const own = useMemo(
    () => (row.subject === NO_SUBJECT ? rulesOnNothing(rules) : rulesOn(rules, row.subject)),
    [rules, row.subject],
  );
  const merging = useMemo(() => partners(rules, row.subject), [rules, row.subject]);
  const isWhole = useDeferredValue(true, false);
  const shown = isWhole || wanted !== null ? own : own.slice(0, AT_ONCE);
  // The same for all rules, so that one is drawn anew for its own sake only.
  const shared = useMemo<Shared>(
    () => ({
      catalogue,
      places,
      subject,
      subjectName: row.subject,
      title: row.title,
      isReadOnly,
      templates,
      member,
      onMember,
      edit,
      focusNext,
    }),
    [
      catalogue,
      places,
      subject,
      row.subject,
      row.title,
      isReadOnly,
      templates,
      member,
      onMember,
      edit,
      focusNext,
    ],
  );
  const items = shown.map(({ rule, place }, at): Item => ({
    rule,
    place,
    isFirst: at === 0,
    joint: jointOf(own[at - 1]?.rule, rule, props.orderMatters),
    isLast: at === own.length - 1,
    neighbour: (own[at + 1] ?? own[at - 1])?.rule.key ?? null,
    isWanted: rule.key === wanted,
    partner: merging.get(rule.key) ?? null,
    notes: notes.get(rule.key) ?? null,
  }));
  const add = (forbid: boolean) => {
    focusNext(`policies.${rules.nextKey}`);
    const name = `Add ${forbid ? "a Forbid" : "an Allow"} on ${row.title}`;
    edit(
      { kind: "add", rules: [newRule(row.subject, [], forbid)], after: own.at(-1)?.rule.key },
      name,
    );
  };

  return (
    <>
      <div className={styles.cardsHead}>
        <p className="muted">{orderNote(own.length, props.orderMatters)}</p>
        {!isReadOnly && row.subject !== NO_SUBJECT && (
          <div className={styles.cardActs} data-field={`cards.${row.subject}`}>
            {own.length > 0 && (
              <Button
                variant="ghost"
                size="small"
                icon={ClipboardCopy}
                onPress={() => copyRules(own.map(({ rule }) => rule.rule))}
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
        {inRuns(items).map(([key, run]) => (
          <RuleRun key={key} shared={shared} items={run} />
        ))}
      </ol>
    </>
  );
}

type Shared = Pick<
  EditorCardProps,
  | "catalogue"
  | "places"
  | "subject"
  | "subjectName"
  | "title"
  | "isReadOnly"
  | "templates"
  | "member"
  | "onMember"
  | "edit"
  | "focusNext"
>;

/** What is one rule's own. */
interface Item extends Pick<
  EditorCardProps,
  "place" | "isFirst" | "isLast" | "neighbour" | "partner" | "notes"
> {
  rule: KeyedRule;
  /** The word that joins it to the rule before; none for the first. */
  joint: string;
  isWanted: boolean;
}

/** So many rules, by their keys, are looked at together when something changed. */
const RUN = 64;

/**
 * The items in runs that are drawn anew together. Where a run ends hangs on the keys of the rules
 * and not on their places, and the longest run of a band keeps its name, so that a rule that is added
 * leaves the others in theirs.
 */
function inRuns(items: readonly Item[]): (readonly [name: string, run: readonly Item[]])[] {
  const bandOf = ({ rule }: Item) => Math.floor(rule.key / RUN);
  const runs: [Item, ...Item[]][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run && bandOf(run[0]) === bandOf(item)) run.push(item);
    else runs.push([item]);
  }
  const longest = new Map<number, readonly Item[]>();
  for (const run of runs) {
    const band = bandOf(run[0]);
    if (run.length > (longest.get(band)?.length ?? 0)) longest.set(band, run);
  }
  return runs.map((run) => {
    const band = bandOf(run[0]);
    return [longest.get(band) === run ? `${band}` : `${band}.${run[0].rule.key}`, run];
  });
}

interface RuleRunProps {
  shared: Shared;
  items: readonly Item[];
}

/** Some rules one after another. Of thousands, a letter that is typed draws one run anew. */
const RuleRun = memo(
  function RuleRun({ shared, items }: RuleRunProps) {
    return items.map((item) => <RuleItem key={item.rule.key} shared={shared} {...item} />);
  },
  (before, now) =>
    before.shared === now.shared &&
    before.items.length === now.items.length &&
    before.items.every((item, at) => isSameItem(item, now.items[at])),
);

function isSameItem(one: Item, other: Item | undefined): boolean {
  return (
    one.rule === other?.rule &&
    one.place === other.place &&
    one.isFirst === other.isFirst &&
    one.joint === other.joint &&
    one.isLast === other.isLast &&
    one.neighbour === other.neighbour &&
    one.isWanted === other.isWanted &&
    one.partner === other.partner &&
    one.notes === other.notes
  );
}

interface RuleItemProps extends Item {
  shared: Shared;
}

/** One rule with the word that joins it to the one before. */
const RuleItem = memo(function RuleItem(props: RuleItemProps) {
  const { shared, rule, place, isFirst, isWanted } = props;
  return (
    <>
      {!isFirst && (
        <li className={styles.joint} aria-hidden="true">
          {props.joint}
        </li>
      )}
      {isObject(rule.rule) ? (
        <WhenNear
          as="li"
          isWanted={isWanted}
          isNext={isFirst}
          height={estimatedHeight(rule.rule)}
          standIn={<Summary rule={rule} place={place} title={shared.title} />}
        >
          {() => (
            <EditorCard
              {...shared}
              keyed={rule}
              place={place}
              isFirst={isFirst}
              isLast={props.isLast}
              neighbour={props.neighbour}
              partner={props.partner}
              notes={props.notes}
            />
          )}
        </WhenNear>
      ) : (
        <li>
          <Oddity shared={shared} rule={rule} place={place} />
        </li>
      )}
    </>
  );
});

/** What a card that is out of view says. */
function Summary({ rule, place, title }: { rule: KeyedRule; place: number; title: string }) {
  return (
    <article
      aria-label={`Policy ${place + 1}: ${title}`}
      data-field={`policies.${rule.key}`}
      className={styles.standIn}
    >
      Rule {place + 1} · {isForbid(rule.rule) ? "Forbid" : "Allow"}{" "}
      {actionsOf(rule.rule).join(", ")}
    </article>
  );
}

/** How high a card will about be, in pixels. */
function estimatedHeight(rule: Json): number {
  return 110 + 34 * conditionsOf(rule).length;
}

/** An item that is no rule: kept, shown, and removed only on purpose. */
function Oddity({ shared, rule, place }: Pick<RuleItemProps, "shared" | "rule" | "place">) {
  return (
    <article className={styles.oddity} aria-label={`Item ${place + 1}`}>
      <p>
        Item {place + 1} is no rule. Servers refuse it; it is kept as it is written, and can be
        changed as JSON.
      </p>
      <pre className="mono">{layOut(rule.rule)}</pre>
      {!shared.isReadOnly && (
        <Button
          size="small"
          onPress={() =>
            shared.edit({ kind: "remove", rule: rule.key }, `Remove item ${place + 1}`)
          }
        >
          Remove
        </Button>
      )}
    </article>
  );
}

/** How a rule goes with the one before it, as a sentence would say it. */
function jointOf(
  before: KeyedRule | undefined,
  { rule }: KeyedRule,
  orderMatters: boolean,
): string {
  if (!before) return "";
  if (orderMatters) return "then";
  if (isForbid(rule)) return isForbid(before.rule) ? "or" : "unless";
  return isForbid(before.rule) ? "and" : "or";
}

function orderNote(count: number, orderMatters: boolean): string {
  if (count === 0) return "No rule is about this yet.";
  if (orderMatters) return "Order matters: on this server the last rule that matches decides.";
  return count === 1
    ? "Conditions of a rule must all hold."
    : "Order does not matter: on this server a Forbid always wins.";
}
