import {
  CircleAlert,
  Clock3,
  PencilLine,
  TriangleAlert,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { FindingCounts, RoleRow } from "../../api/generated/commands";
import { Chip } from "../../components/chip/Chip";
import type { Column, Sort } from "../../components/table/types";
import { formatCount, formatQuantity } from "../../lib/numbers";
import styles from "./roles.module.css";

export function roleColumns(): readonly Column<RoleRow>[] {
  return [
    {
      id: "name",
      header: "Name",
      width: "minmax(0, 30fr)",
      sortable: true,
      cell: ({ name, description, hasDraft }) => (
        <>
          <span className={styles.name} title={name}>
            {name}
          </span>
          {hasDraft && (
            <Chip icon={PencilLine} title="Has edits that were not saved">
              unsaved
            </Chip>
          )}
          <span className={styles.detail} title={description}>
            {description}
          </span>
        </>
      ),
    },
    {
      id: "slug",
      header: "Slug",
      width: "minmax(0, 17fr)",
      sortable: true,
      cell: ({ slug }) => (
        <span className="mono muted truncate" title={slug}>
          {slug}
        </span>
      ),
    },
    {
      id: "type",
      header: "Type",
      width: "minmax(76px, 8fr)",
      sortable: true,
      cell: ({ predefined }) => <span className="muted">{predefined ? "Default" : "Custom"}</span>,
    },
    {
      id: "rules",
      header: "Rules",
      width: "minmax(64px, 7fr)",
      align: "end",
      sortable: true,
      cell: ({ rules }) =>
        rules === null ? (
          <span className={styles.bad}>unreadable</span>
        ) : (
          <span className="num">{formatCount(rules)}</span>
        ),
    },
    {
      id: "used",
      header: "Used by",
      width: "minmax(150px, 20fr)",
      sortable: true,
      cell: (row) => <UsedBy row={row} />,
    },
    {
      id: "findings",
      header: "Findings",
      width: "minmax(84px, 10fr)",
      sortable: true,
      cell: ({ findings }) => <Findings findings={findings} />,
    },
  ];
}

function UsedBy({ row: { members, groups, timed, ended } }: { row: RoleRow }) {
  if (members + groups === 0) return <span className="faint">nobody</span>;
  return (
    <span className={styles.used}>
      {members > 0 && (
        <span className={styles.use} title={formatQuantity(members, "member")}>
          <UserRound size={13} aria-hidden="true" />
          <span className="num">{formatCount(members)}</span>
          <span className="visually-hidden"> {members === 1 ? "member" : "members"}</span>
        </span>
      )}
      {groups > 0 && (
        <span className={styles.use} title={formatQuantity(groups, "group")}>
          <UsersRound size={13} aria-hidden="true" />
          <span className="num">{formatCount(groups)}</span>
          <span className="visually-hidden"> {groups === 1 ? "group" : "groups"}</span>
        </span>
      )}
      {timed > 0 && (
        <span
          className={styles.timed}
          title={`${formatQuantity(timed, "assignment")} with an end ahead`}
        >
          <Clock3 size={12} aria-hidden="true" />
          <span className="num">{formatCount(timed)}</span> timed
        </span>
      )}
      {ended > 0 && (
        <span
          className="faint"
          title={`${formatQuantity(ended, "assignment")} that ended and are still stored`}
        >
          <span className="num">{formatCount(ended)}</span> ended
        </span>
      )}
    </span>
  );
}

function Findings({ findings }: { findings: FindingCounts }) {
  const { refused, dangerous, ineffective, surprising } = findings;
  const heavy = refused + dangerous;
  const light = ineffective + surprising;
  if (heavy + light === 0) return <span className="faint">none</span>;
  const words = [
    [refused, "refused by a server"],
    [dangerous, "dangerous"],
    [ineffective, "without effect"],
    [surprising, "surprising"],
  ] as const;
  const title = words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(", ");
  const Icon = heavy > 0 ? CircleAlert : TriangleAlert;
  return (
    <span className={heavy > 0 ? styles.bad : styles.doubtful} title={title}>
      <Icon size={13} aria-hidden="true" />
      <span className="num">{formatCount(heavy + light)}</span>
      <span className="visually-hidden">: {title}</span>
    </span>
  );
}

export function matchesText({ name, slug, description }: RoleRow, text: string): boolean {
  const where = `${name} ${slug} ${description}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

/** Default roles come first where nothing else decides. */
export function compareRoles(one: RoleRow, other: RoleRow, { column, direction }: Sort): number {
  const order = compared(one, other, column);
  return direction === "ascending" ? order : -order;
}

function compared(one: RoleRow, other: RoleRow, column: string): number {
  switch (column) {
    case "slug":
      return one.slug.localeCompare(other.slug);
    case "type":
      return Number(other.predefined) - Number(one.predefined);
    case "rules":
      return (one.rules ?? -1) - (other.rules ?? -1);
    case "used":
      return one.members + one.groups - (other.members + other.groups);
    case "findings":
      return weight(one.findings) - weight(other.findings);
    default:
      return one.name.localeCompare(other.name);
  }
}

function weight({ refused, dangerous, ineffective, surprising }: FindingCounts): number {
  return refused * 1e9 + dangerous * 1e6 + ineffective * 1e3 + surprising;
}
