import type { AskedView, CheckView } from "../../api/generated/commands";
import { Card, CardRow } from "../../components/card/Card";
import { formatInstant } from "../../lib/time";
import { SourceLink } from "./SourceLink";
import { outcomeWords } from "./words";
import styles from "./why.module.css";

/** Access that does not count at that instant and would change the answer if it did. */
export function EndedCard({ checks, asked }: { checks: readonly CheckView[]; asked: AskedView }) {
  const inactive = checks.flatMap((check) =>
    check.inactive.map((it) => ({ ...it, title: check.title })),
  );
  if (inactive.length === 0) return null;
  return (
    <Card title="Access that has ended" count={inactive.length}>
      {inactive.map(({ source, outcome, title }) => (
        <CardRow key={`${title} ${source.id}`} className={styles.ended}>
          <SourceLink source={source} asked={asked} />
          {source.standing?.state === "ended" && (
            <span>until {formatInstant(Date.parse(source.standing.end))}</span>
          )}
          {source.standing?.state === "neverActive" && <span>never counted</span>}
          <span className={styles.would}>
            {checks.length > 1 && <span className="faint">{title} · </span>}
            with it: {outcomeWords(outcome)}
          </span>
        </CardRow>
      ))}
    </Card>
  );
}
