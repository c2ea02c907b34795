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
      width: "minmax(0, 36fr)",
      cell: ({ member, detail }) => (
        <>
          <Avatar name={member.name} kind={member.kind} />
          <span className={styles.cellWords}>
            <span className={styles.cellName} title={member.name}>
              {member.name}
            </span>
            <span className={styles.cellDetail} title={detail}>
              {detail}
            </span>
          </span>
        </>
      ),
    },
    ...(show === "allowed" || show === "denied" ? [] : [ANSWER]),
    {
      id: "through",
      header: "Through",
      width: "minmax(0, 24fr)",
      cell: ({ sources }) => {
        const last = sources.at(-1);
        if (!last) return "";
        const others = sources.slice(0, -1);
        return <Through source={last} others={others} isBelowRole={show === "allowed"} />;
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

interface ThroughProps {
  source: SourceView;
  /** What else it takes, such as a role for another check of the same deed. */
  others: readonly SourceView[];
  /** Whether the row stands below the name of its role already. */
  isBelowRole: boolean;
}

function Through({ source, others, isBelowRole }: ThroughProps) {
  const { kind, name, through } = source;
  const isSaid = isBelowRole && kind === "role";
  return (
    <span className={styles.cellThrough} title={sourceWords(source)}>
      {through && (
        <span className={sourceStyles.through}>
          <Users size={12} aria-hidden="true" />
          <span className="truncate">{through.name}</span>
        </span>
      )}
      {isSaid && !through && <span className="faint">direct</span>}
      {!isSaid && <Chip icon={kind === "role" ? Shield : KeyRound}>{name}</Chip>}
      {others.length > 0 && (
        <span className="faint" title={`Together with ${others.map(sourceWords).join(", ")}`}>
          +{others.length}
        </span>
      )}
    </span>
  );
}
