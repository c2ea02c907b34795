import { ArrowRight, KeyRound, Shield } from "lucide-react";
import type { LifetimePreview, LifetimeRow, Standing } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Standing as StandingChip } from "../../components/standing/Standing";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import styles from "./lifetimes.module.css";

/** How one grant stands and how it would. */
export function OneGrant({ row }: { row: LifetimeRow }) {
  const { before, outcome } = row;
  return (
    <div className={styles.one} role="status">
      <End word={before.state === "ended" ? "Ended" : "Now"} standing={before} />
      <ArrowRight size={14} className={styles.arrow} aria-hidden="true" />
      {outcome.kind === "changed" && <End word="Then" standing={outcome.after} isNew />}
      {outcome.kind === "removed" && <p>It is taken away.</p>}
      {outcome.kind === "passedOver" && <p className={styles.stays}>{outcome.reason}</p>}
    </div>
  );
}

interface EndProps {
  word: string;
  standing: Standing;
  isNew?: boolean;
}

function End({ word, standing, isNew = false }: EndProps) {
  return (
    <div className={classes(styles.end, isNew && styles.new)}>
      <span className={styles.word}>{word}</span>
      <StandingChip standing={standing} />
      <span className={styles.instant}>{instant(standing)}</span>
    </div>
  );
}

/** Grant by grant: who has it, what it is, how it stands and how it would. */
export function ManyGrants({ preview }: { preview: LifetimePreview }) {
  const { rows, changed, passedOver } = preview;
  const stay = passedOver.reduce((sum, { count }) => sum + count, 0);
  const hidden = changed + stay - rows.length;
  if (rows.length === 0) {
    return <p className="muted">None of them has anything that this could be done to.</p>;
  }
  return (
    <>
      {passedOver.length > 0 && (
        <ul className={styles.reasons}>
          {passedOver.map(({ reason, count }) => (
            <li key={reason}>
              <b className="num">{formatCount(count)}</b> passed over: {reason}
            </li>
          ))}
        </ul>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className={styles.scroll} role="region" aria-label="What would change" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Member</th>
              <th>Grant</th>
              <th>Now</th>
              <th>Then</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.grant.what} ${row.grant.id}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <p className="muted">and {formatCount(hidden)} more</p>}
    </>
  );
}

function Row({ row: { grant, member, title, before, outcome } }: { row: LifetimeRow }) {
  const Icon = grant.what === "role" ? Shield : KeyRound;
  const word = grant.what === "role" ? "Role" : "Privilege";
  return (
    <tr className={classes(outcome.kind === "passedOver" && styles.passed)}>
      <td>
        <span className={styles.cell}>
          <Avatar name={member.name} kind={member.kind} />
          <span className="truncate" title={member.name}>
            {member.name}
          </span>
        </span>
      </td>
      <td>
        <span className={styles.cell}>
          <Icon size={13} className={styles.icon} aria-label={word} />
          <span className={classes("truncate", grant.what === "privilege" && "mono")} title={title}>
            {title}
          </span>
        </span>
      </td>
      <td className={styles.instantCell} title={instant(before)}>
        {brief(before)}
      </td>
      <td className={styles.instantCell}>
        {outcome.kind === "changed" && <b title={instant(outcome.after)}>{brief(outcome.after)}</b>}
        {outcome.kind === "removed" && <b>taken away</b>}
        {outcome.kind === "passedOver" && <span className={styles.stays}>{outcome.reason}</span>}
      </td>
    </tr>
  );
}

function brief(standing: Standing): string {
  if (standing.state === "permanent") return "permanent";
  return standing.state === "neverActive" ? "never counted" : instant(standing);
}

function instant(standing: Standing): string {
  return "end" in standing ? formatInstant(Date.parse(standing.end)) : "";
}
