import { KeyRound, Shield, Users } from "lucide-react";
import type { Shown, SourceView, WhoCanRow } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip, type ChipTone } from "../../components/chip/Chip";
import type { Column } from "../../components/table/types";
import { Timed } from "../../components/timed/Timed";
import { formatCount } from "../../lib/numbers";
import { outcomeWords, sourceWords } from "./words";
import sourceStyles from "./source.module.css";
import styles from "./whoCan.module.css";

/** The columns of everybody's answers. `folders` is how many the project has. */
export function whoCanColumns(folders: number, show: Shown): readonly Column<WhoCanRow>[] {
  return [
    {
      id: "name",
      header: "Name",
      width: "minmax(0, 30fr)",
      cell: ({ member, detail }) => (
        <>
          <Avatar name={member.name} kind={member.kind} />
          <span className={styles.cellName} title={member.name}>
            {member.name}
          </span>
          <span className={styles.cellDetail} title={detail}>
            {detail}
          </span>
        </>
      ),
    },
    ...(show === "allowed" || show === "denied" ? [] : [ANSWER]),
    {
      id: "through",
      header: "Through",
      width: "minmax(0, 30fr)",
      cell: ({ sources }) => {
        const last = sources.at(-1);
        return last ? <Through source={last} more={sources.length - 1} /> : "";
      },
    },
    {
      id: "until",
      header: "Until",
      width: "minmax(112px, 14fr)",
      cell: ({ until, outcome }) =>
        until !== null ? (
          <Timed end={until} />
        ) : outcome === "allowed" ? (
          <span className="faint">permanent</span>
        ) : (
          ""
        ),
    },
    ...(folders > 0
      ? [
          {
            id: "reach",
            header: "Folders",
            width: "minmax(88px, 10fr)",
            align: "end",
            cell: ({ reach }) =>
              reach === null ? (
                ""
              ) : (
                <span
                  className="num"
                  title={`The deciding policy reaches ${formatCount(reach)} of ${formatCount(folders)} folders`}
                >
                  {formatCount(reach)}
                  <span className="faint"> / {formatCount(folders)}</span>
                </span>
              ),
          } satisfies Column<WhoCanRow>,
        ]
      : []),
  ];
}

const ANSWER: Column<WhoCanRow> = {
  id: "answer",
  header: "Answer",
  width: "minmax(96px, 12fr)",
  cell: ({ outcome }) => <Chip tone={TONES[outcome]}>{outcomeWords(outcome)}</Chip>,
};

const TONES: Record<WhoCanRow["outcome"], ChipTone> = {
  allowed: "allow",
  denied: "neutral",
  depends: "conditional",
  serverError: "forbid",
  unknown: "conditional",
};

function Through({ source, more }: { source: SourceView; more: number }) {
  const { kind, name, through } = source;
  return (
    <span className={styles.cellThrough} title={sourceWords(source)}>
      {through && (
        <span className={sourceStyles.through}>
          <Users size={12} aria-hidden="true" />
          <span className="truncate">{through.name}</span>
        </span>
      )}
      <Chip icon={kind === "role" ? Shield : KeyRound}>{name}</Chip>
      {more > 0 && <span className="faint">+{more}</span>}
    </span>
  );
}
