import { Ban, Check, ClipboardCopy, ClipboardPaste } from "lucide-react";
import { Fragment } from "react";
import type { CatalogueView, Places } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { WhenNear } from "../../components/list/WhenNear";
import { subjectNamed } from "../../components/rules/offer";
import { copyRules } from "../../components/rules/ruleClipboard";
import type { Option } from "../../components/list/Option";
import { isObject, layOut, type Json } from "../../lib/json";
import { mergeable, rulesOn, rulesOnNothing, type KeyedRule } from "../../lib/rules/edits";
import { actionsOf, conditionsOf, isForbid, newRule } from "../../lib/rules/rule";
import { EditorCard } from "./EditorCard";
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

/** The rules on one subject, each a card, in the order in which they are written. */
export function RuleCards(props: RuleCardsProps) {
  const { row, editing, catalogue, notes, isReadOnly, focusNext, wanted } = props;
  const { rules, edit } = editing;
  const subject = subjectNamed(catalogue.subjects, row.subject);
  const own = row.subject === NO_SUBJECT ? rulesOnNothing(rules) : rulesOn(rules, row.subject);
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
          <div className={styles.cardActs}>
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
        {own.map(({ rule, place }, at) => (
          <Fragment key={rule.key}>
            {at > 0 && (
              <li className={styles.joint} aria-hidden="true">
                {isForbid(rule.rule) ? "unless" : "or"}
              </li>
            )}
            {isObject(rule.rule) ? (
              <WhenNear
                as="li"
                isWanted={at === 0 || rule.key === wanted}
                height={estimatedHeight(rule.rule)}
                standIn={<Summary rule={rule} place={place} title={row.title} />}
              >
                {() => (
                  <EditorCard
                    catalogue={catalogue}
                    places={props.places}
                    subject={subject}
                    subjectName={row.subject}
                    title={row.title}
                    keyed={rule}
                    place={place}
                    isFirst={at === 0}
                    isLast={at === own.length - 1}
                    partner={mergeable(rules, rule.key)?.with ?? null}
                    notes={notes.get(rule.key) ?? null}
                    isReadOnly={isReadOnly}
                    templates={props.templates}
                    member={props.member}
                    onMember={props.onMember}
                    edit={edit}
                    focusNext={focusNext}
                  />
                )}
              </WhenNear>
            ) : (
              <li>
                <Oddity {...props} rule={rule} place={place} />
              </li>
            )}
          </Fragment>
        ))}
      </ol>
    </>
  );
}

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
