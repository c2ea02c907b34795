import { Chip } from "../chip/Chip";
import styles from "./RuleInWords.module.css";

/** A condition with the names people know. */
export interface ConditionWords {
  property: string;
  propertyTitle: string;
  operator: string;
  operatorTitle: string;
  values: readonly string[];
}

/** A rule with the names people know. */
export interface RuleWords {
  subject: string;
  subjectTitle: string;
  /** Whether this build knows the subject. */
  known: boolean;
  actions: readonly { action: string; title: string }[];
  inverted: boolean;
  conditions: readonly ConditionWords[];
}

/** What a rule allows or forbids, where. For reading only. */
export function RuleInWords({ rule }: { rule: RuleWords }) {
  const { subject, subjectTitle, known, actions, inverted, conditions } = rule;
  return (
    <div className={styles.rule}>
      <div className={styles.line}>
        <Chip tone={inverted ? "forbid" : "allow"}>{inverted ? "Forbid" : "Allow"}</Chip>
        <span className="strong">{subjectTitle}</span>
        {subject !== subjectTitle && <span className="mono faint">{subject}</span>}
        {!known && <span className="faint">not known to this version</span>}
      </div>
      <div className={styles.line}>
        {actions.map(({ action, title }) => (
          <Chip key={action} title={action}>
            {title}
          </Chip>
        ))}
      </div>
      {conditions.length > 0 && (
        <ul className={styles.conditions}>
          {conditions.map((condition, place) => (
            <li key={place} className={styles.condition}>
              <span className={styles.joint}>{place === 0 ? "where" : "and"}</span>
              <span>
                <span title={condition.property}>{condition.propertyTitle}</span>{" "}
                <span className="muted" title={condition.operator}>
                  {condition.operatorTitle}
                </span>{" "}
                {condition.values.map((value, index) => (
                  <span key={index}>
                    {index > 0 && <span className="faint">, </span>}
                    <code className={styles.value}>{value === "" ? "(empty)" : value}</code>
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
