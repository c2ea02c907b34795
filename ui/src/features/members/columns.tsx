import type { MemberRow, Standing } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip } from "../../components/chip/Chip";
import type { Column } from "../../components/table/types";
import { Timed } from "../../components/timed/Timed";
import { formatCount } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";

const KIND_WORD = { user: "user", identity: "machine identity", group: "group" };
/** More roles than this are counted only. */
const ROLES_SHOWN = 2;

export const memberColumns: readonly Column<MemberRow>[] = [
  {
    id: "name",
    header: "Name",
    width: "minmax(0, 31fr)",
    sortable: true,
    cell: ({ name, kind, detail }) => (
      <>
        <Avatar name={name} kind={kind} />
        <span className="truncate" style={{ flexShrink: 0, maxWidth: "70%", marginLeft: 5 }}>
          {name}
        </span>
        <span className="visually-hidden">, {KIND_WORD[kind]}, </span>
        <span className="faint truncate" style={{ marginLeft: 4 }} title={detail}>
          {detail}
        </span>
      </>
    ),
  },
  {
    id: "roles",
    header: "Roles",
    width: "minmax(0, 25fr)",
    cell: ({ roles }) =>
      roles.length === 0 ? (
        <Nothing word="no roles" />
      ) : (
        <>
          {roles.slice(0, ROLES_SHOWN).map(({ slug, name, standing }) => (
            <Chip key={slug} {...standingChip(standing)}>
              {name}
            </Chip>
          ))}
          {roles.length > ROLES_SHOWN && (
            <Chip
              title={roles
                .slice(ROLES_SHOWN)
                .map(({ name }) => name)
                .join(", ")}
            >
              +{roles.length - ROLES_SHOWN}
            </Chip>
          )}
        </>
      ),
  },
  {
    id: "privileges",
    header: "Privileges",
    width: "minmax(88px, 11fr)",
    sortable: true,
    cell: ({ privileges }) =>
      privileges === 0 ? <Nothing word="no privileges" /> : formatCount(privileges),
  },
  {
    id: "nextEnd",
    header: "Next end",
    width: "minmax(120px, 17fr)",
    sortable: true,
    cell: ({ nextEnd, lastEnd }) => {
      const end = nextEnd ?? lastEnd;
      return end === null ? <span className="faint">permanent</span> : <Timed end={end} />;
    },
  },
  {
    id: "groups",
    header: "Via groups",
    width: "minmax(0, 16fr)",
    cell: ({ groups }) =>
      groups.length === 0 ? (
        <Nothing word="no groups" />
      ) : (
        <span className="muted truncate">{groups.map(({ name }) => name).join(", ")}</span>
      ),
  },
];

/** How a role that is not permanent is marked. */
export function standingChip(standing: Standing): {
  tone: "neutral" | "timed" | "struck";
  title?: string;
} {
  switch (standing.state) {
    case "permanent":
      return { tone: "neutral" };
    case "active":
      return { tone: "timed", title: `until ${formatInstant(Date.parse(standing.end))}` };
    case "ended":
      return { tone: "struck", title: `ended ${formatInstant(Date.parse(standing.end))}` };
    case "neverActive":
      return { tone: "struck", title: "never counted" };
  }
}

function Nothing({ word }: { word: string }) {
  return (
    <span className="faint">
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
