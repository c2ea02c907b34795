import { Undo2 } from "lucide-react";
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { Button } from "../button/Button";
import { Chip } from "../chip/Chip";
import { Disclosure } from "../disclosure/Disclosure";
import { SkeletonRows } from "../state/Skeleton";
import { Ago } from "../timed/Timed";
import { useTimedText } from "../timed/useTimedText";
import { dayName, groupByDay, nextDay } from "./days";
import styles from "./Journal.module.css";

/** Something that was done. */
export interface JournalEntry {
  id: string;
  /** When, as an RFC 3339 text. */
  at: string;
  sentence: string;
  reason: string;
  /** Who did it; empty where that is not known. */
  author: string;
  canUndo: boolean;
  undone: boolean;
}

export interface JournalProps<Entry extends JournalEntry> {
  label: string;
  /** Newest first. */
  entries: readonly Entry[];
  /** Whose access it concerns, as a link; absent where all entries concern the same. */
  whose?: (entry: Entry) => ReactNode;
  /** What an entry opens to. */
  details: (entry: Entry) => ReactNode;
  onUndo: (entry: Entry) => void;
  /** The entry that is being taken back. */
  undoing?: string | undefined;
  hasOlder: boolean;
  /** Called when the reader comes near the end. */
  onOlder: () => void;
}

/** What was done, day by day; an entry opens to what it changed. */
export function Journal<Entry extends JournalEntry>({
  label,
  entries,
  whose,
  details,
  onUndo,
  undoing,
  hasOlder,
  onOlder,
}: JournalProps<Entry>) {
  const days = groupByDay(entries, ({ at }) => Date.parse(at));
  return (
    <div className={styles.journal} role="region" aria-label={label}>
      {days.map(({ day, items }) => (
        <section key={day}>
          <DayHeading day={day} />
          <ul>
            {items.map((entry) => (
              <li key={entry.id} className={styles.entry}>
                <Line
                  entry={entry}
                  whose={whose?.(entry)}
                  details={() => details(entry)}
                  onUndo={() => onUndo(entry)}
                  isUndoing={undoing === entry.id}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {hasOlder && <Older key={entries.length} onReach={onOlder} />}
    </div>
  );
}

function DayHeading({ day }: { day: number }) {
  const name = useTimedText((now) => ({ text: dayName(day, now), changesAt: nextDay(now) }));
  return <h2 className={styles.day}>{name}</h2>;
}

interface LineProps {
  entry: JournalEntry;
  whose: ReactNode;
  details: () => ReactNode;
  onUndo: () => void;
  isUndoing: boolean;
}

function Line({ entry, whose, details, onUndo, isUndoing }: LineProps) {
  const { sentence, reason, author, at, canUndo, undone } = entry;
  return (
    <Disclosure
      summary={
        <>
          <span className={styles.sentence} data-undone={undone || undefined}>
            {sentence}
          </span>
          <span className={styles.reason} title={reason}>
            {reason}
          </span>
        </>
      }
      actions={
        <>
          {whose !== undefined && <span className={styles.whose}>{whose}</span>}
          <span className={styles.author} title={author}>
            {author}
          </span>
          <span className={styles.when}>
            <Ago at={at} />
          </span>
          <span className={styles.deed}>
            {undone && <Chip icon={Undo2}>taken back</Chip>}
            {canUndo && !undone && (
              <Button
                size="small"
                variant="ghost"
                icon={Undo2}
                onPress={onUndo}
                isPending={isUndoing}
                aria-label={`Undo: ${sentence}`}
              >
                Undo
              </Button>
            )}
          </span>
        </>
      }
    >
      <Details of={details} />
    </Disclosure>
  );
}

/** Built only while the entry is open. */
function Details({ of }: { of: () => ReactNode }) {
  return of();
}

/** Asks for more when it comes into sight, and a little before. */
function Older({ onReach }: { onReach: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const reach = useEffectEvent(onReach);
  useEffect(() => {
    const place = end.current;
    if (!place) return;
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) reach();
      },
      { rootMargin: "400px" },
    );
    watch.observe(place);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={end}>
      <SkeletonRows rows={3} label="older entries" />
    </div>
  );
}
