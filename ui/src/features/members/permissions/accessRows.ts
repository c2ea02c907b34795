/** The matrix of what a member can do: subjects down, actions across. Pure. */
import type {
  ActionAccess,
  EffectivePermissions,
  SourceView,
  SubjectAccess,
  TableColumn,
} from "../../../api/generated/commands";
import type { CellState } from "../../../components/permissions/CellMark";
import { table, type TextTable } from "../../../lib/table";

/** One action of a subject, or several that share a column. */
export interface AccessCell {
  title: string;
  state: CellState;
  isLegacy: boolean;
  actions: readonly ActionAccess[];
}

export interface AccessRow {
  subject: string;
  title: string;
  area: string;
  known: boolean;
  /** One for each of the four columns; null where the subject has no such action. */
  columns: readonly (AccessCell | null)[];
  /** Actions outside of the columns, and each of those that share one. */
  special: readonly AccessCell[];
  actions: readonly ActionAccess[];
}

/** Which cells are looked for. */
export type AccessFilter = "all" | "allowed" | "conditional" | "forbidden" | "nothing" | "unknown";

export const COLUMNS: readonly { id: TableColumn; title: string }[] = [
  { id: "read", title: "Read" },
  { id: "create", title: "Create" },
  { id: "edit", title: "Edit" },
  { id: "delete", title: "Delete" },
];

/** In which column an action stands; undefined for one outside of the columns. */
export type ColumnOf = (subject: string, action: string) => TableColumn | undefined;

export function accessRows({ subjects }: EffectivePermissions, columnOf: ColumnOf): AccessRow[] {
  return subjects.map((subject) => rowOf(subject, columnOf));
}

function rowOf({ subject, title, area, known, actions: all }: SubjectAccess, columnOf: ColumnOf) {
  // A legacy action says something only where a rule is about it.
  const actions = all.filter(({ legacy, rules }) => !legacy || rules.length > 0);
  const inColumn = (column: TableColumn) =>
    actions.filter(({ action, legacy }) => !legacy && columnOf(subject, action) === column);
  const columns = COLUMNS.map((column): AccessCell | null => {
    const own = inColumn(column.id);
    const [first] = own;
    if (!first) return null;
    if (own.length === 1) return single(first);
    const states = new Set(own.map(({ access }) => access));
    return {
      title: `${column.title}: ${own.map((action) => action.title).join(" and ")}`,
      state: states.size === 1 ? first.access : "some",
      isLegacy: false,
      actions: own,
    };
  });
  const special = actions.filter((action) => {
    const column = columnOf(subject, action.action);
    return action.legacy || column === undefined || inColumn(column).length > 1;
  });
  return {
    subject,
    title,
    area: area === "" ? "Not in this catalogue" : area,
    known,
    columns,
    special: [
      ...special.filter(({ legacy }) => !legacy),
      ...special.filter(({ legacy }) => legacy),
    ].map(single),
    actions,
  };
}

function single(action: ActionAccess): AccessCell {
  return {
    title: action.title,
    state: action.access,
    isLegacy: action.legacy,
    actions: [action],
  };
}

/** Whether `action` is among what is looked for. */
export function passes({ access }: ActionAccess, filter: AccessFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "allowed":
      return access === "allow";
    case "conditional":
      return access === "conditional" || access === "mixed";
    case "forbidden":
      return access === "forbid" || access === "mixed";
    case "nothing":
      return access === "none";
    case "unknown":
      return access === "unknown";
  }
}

/** The cell at a column of the grid: 1 to 4 are the columns, 5 on the other actions. */
export function cellAt(row: AccessRow, column: number): AccessCell | null | undefined {
  return column <= 4 ? row.columns[column - 1] : row.special[column - 5];
}

/** The places of the rules behind a cell, or behind all of a row; each once, in their order. */
export function rulesBehind(actions: readonly ActionAccess[]): number[] {
  return [...new Set(actions.flatMap(({ rules }) => rules))];
}

/** Whether a row is found by `text`: its names, its actions, or where its rules come from. */
export function rowMatches(
  row: AccessRow,
  text: string,
  { rules }: Pick<EffectivePermissions, "rules">,
): boolean {
  const sources = rulesBehind(row.actions).map((place) => {
    const source = rules[place]?.source;
    return source ? `${source.name} ${source.slug} ${source.through?.name ?? ""}` : "";
  });
  const actions = row.actions.map(({ action, title }) => `${action} ${title}`);
  const where =
    `${row.title} ${row.subject} ${row.area} ${actions.join(" ")} ${sources.join(" ")}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

export const ACCESS_WORDS: Record<CellState, string> = {
  allow: "Allowed",
  conditional: "Conditional",
  mixed: "Allowed and forbidden in parts",
  forbid: "Forbidden",
  none: "Not granted",
  unknown: "Unknown",
  some: "Different for each action",
};

/** Where a rule comes from, in words. */
export function sourceWords(source: SourceView | null): string {
  if (!source) return "unknown";
  const kinds = {
    role: "role",
    privilege: "Additional Privilege",
    folderGrant: "Folder Access",
    adHoc: "rules",
  };
  const words = `${kinds[source.kind]} ${source.name}`;
  return source.through ? `${words} through the group ${source.through.name}` : words;
}

/** The matrix as a table, an action a line. */
export function accessTable(
  rows: readonly AccessRow[],
  { rules }: Pick<EffectivePermissions, "rules">,
): TextTable {
  return table(
    ["Area", "Subject", "Subject slug", "Action", "Action slug", "Access", "Sources"],
    rows.flatMap((row) =>
      row.actions.map((action) => [
        row.area,
        row.title,
        row.subject,
        action.title,
        action.action,
        ACCESS_WORDS[action.access],
        [...new Set(action.rules.map((place) => sourceWords(rules[place]?.source ?? null)))].join(
          "; ",
        ),
      ]),
    ),
  );
}
