import { CalendarClock, Folder, KeyRound, Shield } from "lucide-react";
import type { BarView, EndEffectView, ExpiringRow } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip } from "../../components/chip/Chip";
import { CodeText } from "../../components/text/CodeText";
import type { Column } from "../../components/table/types";
import { Timed } from "../../components/timed/Timed";
import { formatInstant } from "../../lib/time";
import { classes } from "../../lib/classes";
import { EffectChip, groupWords } from "../../components/effect/EffectChip";
import { barPlace, placeIn, type Span, type Tick } from "./span";
import styles from "./timeline.module.css";

export interface BarsLook {
  span: Span;
  now: number;
  ticks: readonly Tick[];
  effects: ReadonlyMap<string, EndEffectView>;
}

/** The columns of the bars. */
export function barColumns(look: BarsLook): readonly Column<BarView>[] {
  return [
    { id: "member", header: "Member", width: "minmax(0, 21fr)", cell: memberCell },
    { id: "what", header: "Role or privilege", width: "minmax(0, 18fr)", cell: whatCell },
    {
      id: "bar",
      header: "Time",
      headerContent: <Axis look={look} />,
      width: "minmax(0, 48fr)",
      flush: true,
      cell: (row) => <BarCell row={row} look={look} />,
    },
    { id: "end", header: "Ends", width: "140px", cell: endCell },
  ];
}

/** The columns of what ends, by consequence. */
export const EXPIRING_COLUMNS: readonly Column<ExpiringRow>[] = [
  {
    id: "effect",
    header: "Consequence",
    width: "158px",
    cell: ({ effect }) => <EffectChip effect={effect} />,
  },
  {
    id: "sentence",
    header: "What changes",
    width: "minmax(0, 40fr)",
    cell: ({ effect }) => <Lines effect={effect} />,
  },
  {
    id: "member",
    header: "Member",
    width: "minmax(186px, 22fr)",
    cell: ({ bar }) => memberCell(bar),
  },
  {
    id: "what",
    header: "Role or privilege",
    width: "minmax(176px, 20fr)",
    cell: ({ bar }) => whatCell(bar),
  },
  { id: "end", header: "Ends", width: "134px", cell: ({ bar }) => endCell(bar) },
];

function Lines({ effect }: { effect: EndEffectView }) {
  const { lost, lostCount, gained, gainedCount, doubt } = effect;
  const group = groupWords(effect);
  const first = lost[0] ?? gained[0];
  const more = lostCount + gainedCount - 1;
  return (
    <span className={styles.lines} title={effect.sentence}>
      {first && (
        <span className="truncate">
          {first.actions.join(", ")} on {first.subject}{" "}
          <span className="muted">
            <CodeText text={first.place} />
          </span>
        </span>
      )}
      {effect.effect === "unsure" && <span className="truncate muted">{doubt}</span>}
      {more > 0 && <span className="faint">+{more}</span>}
      {group !== null && <span className="faint">{group}</span>}
    </span>
  );
}

function memberCell({ member: { name, kind } }: BarView) {
  return (
    <>
      <Avatar name={name} kind={kind} />
      <span className="truncate" title={name}>
        {name}
      </span>
    </>
  );
}

const WHAT = {
  role: { icon: Shield, word: "role" },
  privilege: { icon: KeyRound, word: "privilege" },
  folderGrant: { icon: Folder, word: "folder access" },
  scheduledRole: { icon: CalendarClock, word: "scheduled role" },
  scheduledPrivilege: { icon: CalendarClock, word: "scheduled privilege" },
};

function whatCell({ what, title, slug }: BarView) {
  const { icon, word } = WHAT[what];
  return (
    <Chip
      icon={icon}
      mono={what !== "role" && what !== "scheduledRole"}
      title={`${word} ${title === slug ? slug : `${title} (${slug})`}`}
    >
      <span className="visually-hidden">{word} </span>
      {title}
    </Chip>
  );
}

function endCell({ end }: BarView) {
  return end === null ? <span className="faint">permanent</span> : <Timed end={end} />;
}

function Axis({ look: { span, now, ticks } }: { look: BarsLook }) {
  const present = placeIn(span, now);
  return (
    <span className={styles.axis}>
      <span className="visually-hidden">Time</span>
      {ticks.map(({ at, label }) => {
        const place = placeIn(span, at);
        // Words at the very edge would be cut, and none stand upon the word for the present.
        const meetsNow = present > place - 0.05 && present < place + 0.11;
        const fits = place < 0.87 && !meetsNow;
        return (
          <span key={at} className={styles.tickWord} style={{ left: `${place * 100}%` }}>
            {fits && label}
          </span>
        );
      })}
      {present > 0 && present < 1 && (
        <span className={styles.nowWord} style={{ left: `${present * 100}%` }}>
          now
        </span>
      )}
    </span>
  );
}

function BarCell({ row, look }: { row: BarView; look: BarsLook }) {
  const { span, now, ticks, effects } = look;
  const start = row.start === null ? null : Date.parse(row.start);
  const end = row.end === null ? null : Date.parse(row.end);
  const place = barPlace(span, start, end);
  const effect = effects.get(row.id);
  const isOver = end !== null && end <= now;
  const isHollow = effect?.effect === "nothing";
  const isScheduled = row.what === "scheduledRole" || row.what === "scheduledPrivilege";
  const present = placeIn(span, now);
  const meaning = isOver ? "ended" : (effect?.sentence ?? "");
  return (
    <span className={styles.track}>
      {ticks.map(({ at }) => (
        <span key={at} className={styles.tick} style={{ left: `${placeIn(span, at) * 100}%` }} />
      ))}
      {place && (
        <span
          className={classes(
            styles.bar,
            isOver && styles.over,
            isHollow && !isOver && styles.hollow,
            isScheduled && styles.scheduled,
            !isOver && effect && !isHollow && styles[effect.effect],
            place.openStart && styles.openStart,
            place.openEnd && styles.openEnd,
          )}
          style={{
            left: `${place.start * 100}%`,
            width: `${(place.end - place.start) * 100}%`,
          }}
          title={barTitle(start, end, meaning)}
        />
      )}
      {present > 0 && present < 1 && (
        <span className={styles.now} style={{ left: `${present * 100}%` }} />
      )}
      <span className="visually-hidden">{barTitle(start, end, meaning)}</span>
    </span>
  );
}

function barTitle(start: number | null, end: number | null, meaning: string): string {
  const from = start === null ? "from an unknown start" : `from ${formatInstant(start)}`;
  const to = end === null ? "without an end" : `to ${formatInstant(end)}`;
  return `${from} ${to}${meaning === "" ? "" : `: ${meaning}`}`;
}
