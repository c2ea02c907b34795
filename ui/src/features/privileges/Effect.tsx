import { Equal } from "lucide-react";
import type { PrivilegeDraft, PrivilegeEffectView } from "../../api/generated/commands";
import { ChangeList } from "../../components/effect/ChangeList";
import { Skeleton } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import { formatInstant } from "../../lib/time";
import { useEffectOf } from "./useEffectOf";
import styles from "./privileges.module.css";

/** How many changes are shown at first. */
const MOST = 8;

export interface EffectProps {
  draft: PrivilegeDraft;
  name: string;
  /** Grows when time has moved on so far that the answer may be another one. */
  turn: number;
}

/** What opens, what closes, and what is lost when it ends: compared over every request. */
export function Effect({ draft, name, turn }: EffectProps) {
  const { answer, isCurrent, error } = useEffectOf(draft, turn);
  return (
    <section
      className={classes(styles.paneSection, !isCurrent && styles.stale)}
      aria-busy={!isCurrent}
    >
      <h2 className={styles.heading}>Effect</h2>
      {error && <p className={styles.wrong}>{error.message}</p>}
      {answer === undefined && !error && <Skeleton width="70%" />}
      {answer === null && (
        <p className="muted">
          It can be told as soon as the policies and the duration are complete.
        </p>
      )}
      {answer && <Known answer={answer} name={name} isEdit={Boolean(draft.edited)} />}
    </section>
  );
}

interface KnownProps {
  answer: PrivilegeEffectView;
  name: string;
  isEdit: boolean;
}

function Known({ answer, name, isEdit }: KnownProps) {
  const { changes, ending, limits, verdict } = answer;
  return (
    <>
      {changes.length === 0 ? (
        <p className={styles.unchanged} role="status">
          <Equal size={13} aria-hidden="true" />
          {isEdit
            ? "The edit changes nothing about what is allowed."
            : `Changes nothing: ${name} has or lacks all of it already.`}
        </p>
      ) : (
        <>
          <p className="muted" role="status">
            {verdict}
          </p>
          <ChangeList changes={changes} most={MOST} />
        </>
      )}
      {ending && <EndingPart ending={ending} changes={changes} />}
      {limits.length > 0 && (
        <div className={styles.limits}>
          Not everything could be looked at:
          <ul>
            {limits.slice(0, 5).map((limit) => (
              <li key={limit}>
                <CodeText text={limit} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface EndingPartProps {
  ending: NonNullable<PrivilegeEffectView["ending"]>;
  changes: PrivilegeEffectView["changes"];
}

function EndingPart({ ending, changes }: EndingPartProps) {
  const lost = ending.changes.filter(({ gains }) => gains === false);
  const at = formatInstant(Date.parse(ending.at));
  if (ending.changes.length === 0) {
    return (
      <p className="muted">
        When it ends ({at}) nothing is lost: other access covers all of it by then.
      </p>
    );
  }
  if (isUndone(changes, ending.changes)) {
    return <p className="muted">When it ends ({at}) all of this is as it was before.</p>;
  }
  return (
    <>
      <h3 className={styles.subheading}>
        {lost.length > 0 ? "Lost when it ends" : "Different when it ends"} ({at})
      </h3>
      <ChangeList changes={ending.changes} most={MOST} />
    </>
  );
}

/** Whether the second changes take back exactly the first. */
function isUndone(
  first: PrivilegeEffectView["changes"],
  second: PrivilegeEffectView["changes"],
): boolean {
  const key = (flip: boolean) => (change: PrivilegeEffectView["changes"][number]) =>
    JSON.stringify([
      change.subject,
      change.actions,
      change.place,
      flip && change.gains !== null ? !change.gains : change.gains,
    ]);
  const taken = new Set(second.map(key(true)));
  return first.length === second.length && first.map(key(false)).every((it) => taken.has(it));
}
