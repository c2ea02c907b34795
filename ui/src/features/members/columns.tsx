import type { MemberRow, RoleChip } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip, type ChipTone } from "../../components/chip/Chip";
import type { Column } from "../../components/table/types";
import { Timed } from "../../components/timed/Timed";
import { formatCount } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import { KIND_WORD } from "./kinds";
import styles from "./members.module.css";

/** More roles than this are behind the button at their end. */
const ROLES_SHOWN = 2;

/** The columns of the list. `onMoreRoles` hears the button "+n" of a row. */
export function memberColumns(
  onMoreRoles: (row: MemberRow, button: Element) => void,
): readonly Column<MemberRow>[] {
  return [
    {
      id: "name",
      header: "Name",
      width: "minmax(0, 31fr)",
      sortable: true,
      cell: (row) => <NameCell row={row} />,
    },
    {
      id: "roles",
      header: "Roles",
      width: "minmax(0, 30fr)",
      sortable: true,
      cell: (row) => <RolesCell row={row} onMore={onMoreRoles} />,
    },
    {
      id: "privileges",
      header: "Privileges",
      width: "minmax(92px, 9fr)",
      sortable: true,
      cell: ({ privileges }) =>
        privileges === 0 ? <Nothing word="no privileges" /> : formatCount(privileges),
    },
    {
      id: "nextEnd",
      header: "Next end",
      width: "minmax(124px, 15fr)",
      sortable: true,
      cell: ({ nextEnd, lastEnd }) => {
        const end = nextEnd ?? lastEnd;
        return end === null ? <span className="faint">permanent</span> : <Timed end={end} />;
      },
    },
    {
      id: "groups",
      header: "Via groups",
      width: "minmax(0, 15fr)",
      sortable: true,
      cell: ({ groups }) => {
        if (groups.length === 0) return <Nothing word="no groups" />;
        const names = groups.map(({ name }) => name).join(", ");
        return (
          <span className="muted truncate" title={names}>
            {groups.length > 2 ? `${groups.length} groups` : names}
          </span>
        );
      },
    },
  ];
}

function NameCell({ row: { name, kind, detail } }: { row: MemberRow }) {
  return (
    <>
      <Avatar name={name} kind={kind} />
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className="visually-hidden">, {KIND_WORD[kind]}, </span>
      <span className={styles.detail} title={detail}>
        {detail}
      </span>
    </>
  );
}

function RolesCell({
  row,
  onMore,
}: {
  row: MemberRow;
  onMore: (row: MemberRow, button: Element) => void;
}) {
  const { roles } = row;
  const more = roles.length - ROLES_SHOWN;
  if (roles.length === 0) return <Nothing word="no roles" />;
  return (
    <span className={styles.roles}>
      {roles.slice(0, ROLES_SHOWN).map((role) => (
        <RoleWord key={role.slug} role={role} />
      ))}
      {more > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.more}
          aria-label={`${more} more roles of ${row.name}`}
          aria-haspopup="dialog"
          onClick={({ currentTarget }) => onMore(row, currentTarget)}
        >
          +{more}
        </button>
      )}
    </span>
  );
}

/** A role with a clock when it is timed, struck when it has ended. */
export function RoleWord({ role }: { role: RoleChip }) {
  const { tone, until } = standingWords(role);
  return (
    <Chip
      tone={tone}
      title={until === null ? role.name : `${role.name}: ${until}`}
      className={styles.role}
    >
      {role.name}
    </Chip>
  );
}

function standingWords({ standing }: RoleChip): { tone: ChipTone; until: string | null } {
  switch (standing.state) {
    case "permanent":
      return { tone: "neutral", until: null };
    case "active":
      return { tone: "timed", until: `until ${formatInstant(Date.parse(standing.end))}` };
    case "ended":
      return { tone: "struck", until: `ended ${formatInstant(Date.parse(standing.end))}` };
    case "neverActive":
      return { tone: "struck", until: "never counted" };
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
