import { CircleAlert, CircleSlash, Lightbulb, ShieldX, type LucideIcon } from "lucide-react";
import type { CatalogueView, FindingSeverity, FindingView } from "../../api/generated/commands";
import { ErrorState } from "../../components/state/ErrorState";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import type { RuleList } from "../../lib/rules/edits";
import { subjectsOf } from "../../lib/rules/rule";
import { RedundantRules } from "./RedundantRules";
import { fieldOf } from "./ruleForm";
import type { Review } from "./useReview";
import styles from "./roles.module.css";

const WEIGHTS: Record<
  FindingSeverity,
  { icon: LucideIcon; word: string; look: string | undefined }
> = {
  refused: { icon: ShieldX, word: "A server refuses this", look: styles.bad },
  dangerous: { icon: CircleAlert, word: "Dangerous", look: styles.bad },
  ineffective: { icon: CircleSlash, word: "Without effect", look: styles.doubtful },
  surprising: { icon: Lightbulb, word: "Surprising", look: styles.doubtful },
};
const ORDER: readonly FindingSeverity[] = ["refused", "dangerous", "ineffective", "surprising"];
/** More than these are counted only. */
const LISTED = 200;

export interface FindingsPaneProps {
  review: Review;
  rules: RuleList;
  /** The rules as they would be saved. */
  text: string;
  catalogue: CatalogueView;
  onGoTo: (place: number, field: string) => void;
}

/** What is to be said about the rules, the heaviest first; each leads to its rule. */
export function FindingsPane({ review, rules, text, catalogue, onGoTo }: FindingsPaneProps) {
  if (review.error && !review.answer) {
    return <ErrorState message={review.error.message} hint={review.error.hint} />;
  }
  const findings = review.answer?.findings ?? [];
  const doubts = review.answer?.doubts ?? [];
  const where = (place: number | null) => {
    const rule = place === null ? undefined : rules.rules[place]?.rule;
    const subject = rule === undefined ? undefined : subjectsOf(rule)[0];
    const title = catalogue.subjects.find((it) => it.subject === subject)?.title ?? subject;
    return place === null ? "All rules" : `Rule ${place + 1}${title ? ` · ${title}` : ""}`;
  };
  const go = (place: number | null, path: readonly string[]) => {
    const keyed = place === null ? undefined : rules.rules[place];
    if (keyed && place !== null) onGoTo(place, fieldOf(keyed, path));
  };
  return (
    <div className={classes(styles.findings, !review.isCurrent && styles.stale)}>
      {findings.length + doubts.length === 0 && (
        <p className={styles.quiet}>
          {review.answer
            ? "Nothing to remark: a server takes these rules as they are, and each can have an effect."
            : "Looking…"}
        </p>
      )}
      {ORDER.map((severity) => (
        <Weight
          key={severity}
          severity={severity}
          findings={findings.filter((finding) => finding.severity === severity)}
          where={where}
          onGo={go}
        />
      ))}
      {doubts.length > 0 && (
        <section>
          <h3 className={styles.small}>Not in this project</h3>
          <ul className={styles.findingList}>
            {doubts.slice(0, LISTED).map(({ rule, property, operator, message }, at) => (
              <li key={at}>
                <button
                  type="button"
                  className={styles.finding}
                  onClick={() => go(rule, ["conditions", property, operator])}
                >
                  <span>
                    <CodeText text={message} />
                    <span className={styles.where}>{where(rule)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <RedundantRules
        rules={text}
        count={rules.rules.length}
        where={where}
        onGo={(rule) => go(rule, [])}
      />
    </div>
  );
}

interface WeightProps {
  severity: FindingSeverity;
  findings: readonly FindingView[];
  where: (place: number | null) => string;
  onGo: (place: number | null, path: readonly string[]) => void;
}

function Weight({ severity, findings, where, onGo }: WeightProps) {
  if (findings.length === 0) return null;
  const { icon: Icon, word, look } = WEIGHTS[severity];
  return (
    <section>
      <h3 className={classes(styles.small, look)}>
        <Icon size={13} aria-hidden="true" /> {word}
      </h3>
      <ul className={styles.findingList}>
        {findings.slice(0, LISTED).map(({ rule, path, message, remedy }, at) => (
          <li key={at}>
            <button type="button" className={styles.finding} onClick={() => onGo(rule, path)}>
              <span>
                <CodeText text={message} />{" "}
                <span className="muted">
                  <CodeText text={remedy} />
                </span>
                <span className={styles.where}>{where(rule)}</span>
              </span>
            </button>
          </li>
        ))}
        {findings.length > LISTED && (
          <li className="faint">and {findings.length - LISTED} more of this kind</li>
        )}
      </ul>
    </section>
  );
}
