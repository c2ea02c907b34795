/** The rows of the permission table: what the catalogue offers and what the rules name beside it. */
import type {
  ActionView,
  CellAccess,
  CellView,
  SubjectView,
  TableColumn,
} from "../../api/generated/commands";
import { writeRule, type RuleList } from "../../lib/rules/edits";
import { actionsOf, subjectsOf } from "../../lib/rules/rule";

/** The state of a cell; `some` where the actions of one column differ. */
export type CellState = CellAccess | "some";

export interface TableCell {
  /** The actions on the wire; several in a column that groups them. */
  actions: readonly string[];
  title: string;
  state: CellState;
  isLegacy: boolean;
}

export interface TableRow {
  subject: string;
  title: string;
  description: string;
  area: string;
  /** Whether the catalogue knows the subject. */
  known: boolean;
  invertible: boolean;
  /** One for each of the four columns; null where the subject has no such action. */
  columns: readonly (TableCell | null)[];
  /** Actions outside of the columns, and each of those that share one. */
  special: readonly TableCell[];
  /** How many rules name it. */
  rules: number;
  isGranted: boolean;
  isChanged: boolean;
}

export const COLUMNS: readonly { id: TableColumn; title: string }[] = [
  { id: "read", title: "Read" },
  { id: "create", title: "Create" },
  { id: "edit", title: "Edit" },
  { id: "delete", title: "Delete" },
];

/** The area of what the catalogue does not know. */
const UNKNOWN_AREA = "Not in this catalogue";

/** The subject of rules that name none, or are no rules at all. */
export const NO_SUBJECT = "";

export function tableRows(
  subjects: readonly SubjectView[],
  now: NamedRules,
  before: NamedRules,
  cells: readonly CellView[],
): TableRow[] {
  const access = new Map(cells.map((cell) => [cellKey(cell.subject, cell.action), cell.access]));
  const known = subjects
    .filter(({ subject, offered }) => offered || now.has(subject) || before.has(subject))
    .map((subject) => rowOf(subject, true, now, before, access));
  const names = new Set(subjects.map(({ subject }) => subject));
  const strange = [...new Set([...now.keys(), ...before.keys()])]
    .filter((subject) => !names.has(subject))
    .map((subject) => rowOf(strangeSubject(subject, now, before), false, now, before, access));
  return [...known, ...strange];
}

/** The rows, each the very one of `before` where nothing about it is different. */
export function keptRows(
  before: readonly TableRow[],
  rows: readonly TableRow[],
): readonly TableRow[] {
  const known = new Map(before.map((row) => [row.subject, row]));
  const kept = rows.map((row) => {
    const old = known.get(row.subject);
    return old && isSameRow(old, row) ? old : row;
  });
  const isSame = kept.length === before.length && kept.every((row, at) => row === before[at]);
  return isSame ? before : kept;
}

function isSameRow(one: TableRow, other: TableRow): boolean {
  return (
    one.rules === other.rules &&
    one.isGranted === other.isGranted &&
    one.isChanged === other.isChanged &&
    one.title === other.title &&
    one.description === other.description &&
    isSameCells(one.columns, other.columns) &&
    isSameCells(one.special, other.special)
  );
}

function isSameCells(
  ones: readonly (TableCell | null)[],
  others: readonly (TableCell | null)[],
): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, at) => {
      const other = others[at];
      return (
        one?.state === other?.state &&
        one?.title === other?.title &&
        one?.actions.join() === other?.actions.join()
      );
    })
  );
}

/** Whether a row is found by `text`: its title, slug, area or one of its actions. */
export function rowMatches(row: TableRow, text: string): boolean {
  const actions = [...row.columns, ...row.special].map((cell) => cell?.title ?? "");
  const where = `${row.title} ${row.subject} ${row.area} ${actions.join(" ")}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

interface Named {
  rules: number;
  actions: Set<string>;
  text: string;
}

/** What the rules name, by subject. */
export type NamedRules = ReadonlyMap<string, Named>;

export function bySubject({ rules }: RuleList): NamedRules {
  const named = new Map<string, Named>();
  for (const { rule } of rules) {
    const subjects = subjectsOf(rule);
    for (const subject of subjects.length === 0 ? [NO_SUBJECT] : new Set(subjects)) {
      const known = named.get(subject) ?? { rules: 0, actions: new Set<string>(), text: "" };
      known.rules++;
      for (const action of actionsOf(rule)) known.actions.add(action);
      known.text += `${writeRule(rule)}\n`;
      named.set(subject, known);
    }
  }
  return named;
}

function strangeSubject(
  subject: string,
  now: ReadonlyMap<string, Named>,
  before: ReadonlyMap<string, Named>,
): SubjectView {
  const actions = [
    ...new Set([...(now.get(subject)?.actions ?? []), ...(before.get(subject)?.actions ?? [])]),
  ];
  return {
    subject,
    title: subject === NO_SUBJECT ? "Without a subject" : subject,
    description:
      subject === NO_SUBJECT
        ? "Rules that name no subject, which servers take for every subject, and items that are no rules."
        : "This catalogue does not know the subject; its rules are kept as they are.",
    area: UNKNOWN_AREA,
    actions: subject === NO_SUBJECT ? [] : actions.map(strangeAction),
    properties: [],
    invertible: true,
    offered: false,
  };
}

function strangeAction(action: string): ActionView {
  return {
    action,
    title: action,
    description: "Not known to this catalogue.",
    legacy: false,
    column: COLUMNS.find(({ id }) => id === action)?.id ?? null,
    offered: true,
    onlyProperties: null,
  };
}

function rowOf(
  subject: SubjectView,
  known: boolean,
  now: ReadonlyMap<string, Named>,
  before: ReadonlyMap<string, Named>,
  access: ReadonlyMap<string, CellAccess>,
): TableRow {
  const named = now.get(subject.subject);
  const state = (action: string): CellAccess =>
    access.get(cellKey(subject.subject, action)) ?? "none";
  const isShown = ({ action, offered, legacy }: ActionView) =>
    (offered && !legacy) || state(action) !== "none" || (named?.actions.has(action) ?? false);
  const strange = [...(named?.actions ?? [])]
    .filter((action) => !subject.actions.some((entry) => entry.action === action))
    .map((action) => ({ ...strangeAction(action), column: null }));
  const actions = [...subject.actions.filter(isShown), ...(known ? strange : [])];
  const inColumn = (column: TableColumn) =>
    actions.filter((action) => action.column === column && !action.legacy);
  const single = (action: ActionView): TableCell => ({
    actions: [action.action],
    title: action.title,
    state: state(action.action),
    isLegacy: action.legacy,
  });
  const columns = COLUMNS.map(({ id, title }): TableCell | null => {
    const own = inColumn(id);
    const [first] = own;
    if (!first) return null;
    if (own.length === 1) return { ...single(first), title: first.title };
    const states = new Set(own.map(({ action }) => state(action)));
    const [only] = states;
    return {
      actions: own.map(({ action }) => action),
      title: `${title}: ${own.map((action) => action.title).join(" and ")}`,
      state: states.size === 1 && only ? only : "some",
      isLegacy: false,
    };
  });
  const isSpecial = (action: ActionView) =>
    action.legacy || action.column === null || inColumn(action.column).length > 1;
  const special = [
    ...actions.filter((action) => isSpecial(action) && !action.legacy),
    ...actions.filter(({ legacy }) => legacy),
  ].map(single);
  return {
    subject: subject.subject,
    title: subject.title,
    description: subject.description,
    area: subject.area,
    known,
    invertible: subject.invertible,
    columns,
    special,
    rules: named?.rules ?? 0,
    isGranted: named !== undefined,
    isChanged: (named?.text ?? "") !== (before.get(subject.subject)?.text ?? ""),
  };
}

function cellKey(subject: string, action: string): string {
  return `${subject}\n${action}`;
}
