import { Link } from "@tanstack/react-router";
import type { BarView, EffectChange, EndEffectView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { ChangeList } from "../../components/effect/ChangeList";
import { Timed } from "../../components/timed/Timed";
import { useNow } from "../../components/timed/useNow";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import { EffectChip, groupWords } from "../../components/effect/EffectChip";
import styles from "./timeline.module.css";

export interface EndDialogProps {
  bar: BarView;
  effect: EndEffectView | undefined;
  onClose: () => void;
}

/** One bar in full: since when, until when, and what its end means. */
export function EndDialog({ bar, effect, onClose }: EndDialogProps) {
  const { member, title, start, end } = bar;
  const now = useNow();
  const after = end === null ? null : Date.parse(end);
  return (
    <Dialog
      title={`${title} of ${member.name}`}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.ends}>
        <dl className={styles.facts}>
          <dt>Member</dt>
          <dd>
            <Link to="/members/$member" params={{ member: member.id }} onClick={onClose}>
              {member.name}
            </Link>
          </dd>
          <dt>Began</dt>
          <dd>{start === null ? "not known" : formatInstant(Date.parse(start))}</dd>
          <dt>Ends</dt>
          <dd>
            {end === null || after === null ? (
              "never"
            ) : (
              <>
                {formatInstant(after)} · <Timed end={end} look="text" />
              </>
            )}
          </dd>
        </dl>
        {effect ? (
          <Meaning effect={effect} />
        ) : (
          <p className="muted">
            {after !== null && after <= now
              ? "It has ended and is still stored."
              : "What its end means is not known yet."}
          </p>
        )}
        {member.kind !== "group" && end !== null && (
          <p>
            <Link to="/simulator" search={{ member: member.id, when: end }} onClick={onClose}>
              Simulate at that instant
            </Link>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Meaning({ effect }: { effect: EndEffectView }) {
  const { lost, lostCount, gained, gainedCount, doubt, together } = effect;
  const group = groupWords(effect);
  return (
    <>
      <p>
        <EffectChip effect={effect} />{" "}
        {group !== null && <span className="muted">{group}; for the one it is gravest for:</span>}
      </p>
      {effect.effect === "nothing" && (
        <p className="muted">
          The other rules that count then allow all that it allows. Ending it, or leaving it, makes
          no difference.
        </p>
      )}
      <Changes title="No longer allowed" changes={lost} count={lostCount} />
      <Changes
        title="Allowed from then on, because a Forbid ends"
        changes={gained}
        count={gainedCount}
      />
      {doubt !== null && <p className="muted">There may be more: {doubt}</p>}
      {together > 0 && (
        <p className="muted">
          {together === 1
            ? "Something else of this member ends at the same instant; this is what both ends mean."
            : `${together} other things of this member end at the same instant; this is what all of it means.`}
        </p>
      )}
    </>
  );
}

interface ChangesProps {
  title: string;
  changes: EffectChange[];
  /** How many there are; `changes` are the first of them. */
  count: number;
}

function Changes({ title, changes, count }: ChangesProps) {
  if (changes.length === 0) return null;
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <ChangeList changes={changes} />
      {count > changes.length && (
        <p className="faint">and {formatQuantity(count - changes.length, "more piece")}</p>
      )}
    </div>
  );
}
