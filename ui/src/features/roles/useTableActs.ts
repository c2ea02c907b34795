import type { CatalogueView } from "../../api/generated/commands";
import { policiesOf, titleOf } from "../../api/policyMenu";
import { copiedRules, copyRules } from "../../components/rules/ruleClipboard";
import { toast } from "../../components/toast/toasts";
import { formatQuantity } from "../../lib/numbers";
import {
  canFill,
  edited,
  names,
  rulesOn,
  type Cells,
  type RuleListEdit,
} from "../../lib/rules/edits";
import { subjectOf } from "../../lib/rules/rule";
import { COLUMNS, type TableCell, type TableRow } from "./tableRows";
import type { RoleEditing } from "./useRoleEditing";

/** What the permission table can do to the rules. */
export function useTableActs({ rules, edit }: RoleEditing, catalogue: CatalogueView) {
  const toggle = (
    cells: readonly TableCell[],
    rows: readonly TableRow[],
    effect: "allow" | "forbid",
  ) => {
    const all = cells.flatMap(({ actions }, at) => {
      const row = rows[at];
      const isLegal = row && (effect === "allow" || row.invertible) && row.subject !== "";
      return isLegal ? [{ row, actions }] : [];
    });
    const [first] = all;
    if (!first) {
      const title = rows[0]?.title ?? "this";
      if (effect === "forbid") toast(`The server takes no Forbid on ${title}`);
      return;
    }
    const isOn = all.every(({ row, actions }) =>
      actions.every((action) => names(rules, row.subject, action, effect)),
    );
    const wanted: Cells[] = all.map(({ row, actions }) => ({ subject: row.subject, actions }));
    const subjects = new Set(all.map(({ row }) => row.title));
    const where = subjects.size === 1 ? first.row.title : formatQuantity(subjects.size, "subject");
    const column = COLUMNS.find((_, at) => cells.every((cell, i) => rows[i]?.columns[at] === cell));
    const what = cells.length === 1 ? (cells[0]?.title ?? "") : (column?.title ?? "all");
    const verb = effect === "allow" ? "Allow" : "Forbid";
    const name = `${isOn ? "Take back " : ""}${verb} ${what} on ${where}`;
    edit({ kind: "cells", cells: wanted, effect, on: !isOn }, name);
  };

  const fill = (from: TableRow, to: readonly TableRow[], column: number) => {
    const source = cellOf(from, column);
    if (!source) {
      toast(`${from.title} has no such action to fill down from`);
      return;
    }
    const cells: Cells = { subject: from.subject, actions: source.actions };
    const fits: Cells[] = [];
    const misfits: string[] = [];
    for (const row of to) {
      const own = cellOf(row, column);
      if (!own) continue;
      const subject = catalogue.subjects.find(({ subject: name }) => name === row.subject);
      const takes = (property: string, operator: string) =>
        subject?.properties
          .find((it) => it.property === property)
          ?.operators.some((it) => it.operator === operator) ?? false;
      if (canFill(rules, cells, takes, row.invertible)) {
        fits.push({ subject: row.subject, actions: own.actions });
      } else misfits.push(row.title);
    }
    if (fits.length > 0) {
      edit({ kind: "fill", from: cells, to: fits }, `Fill down ${source.title} from ${from.title}`);
    }
    if (misfits.length > 0) {
      toast(`Left as they were, since they do not take the same conditions: ${misfits.join(", ")}`);
    }
  };

  const copyRow = (row: TableRow) => {
    const copied = rulesOn(rules, row.subject).map(({ rule }) => rule.rule);
    if (copied.length > 0) copyRules(copied);
    else toast(`No rule is about ${row.title}, so nothing was copied`);
  };

  const paste = (row: TableRow) => {
    void copiedRules().then((pasted) => {
      if (!pasted) return;
      const last = rulesOn(rules, row.subject).at(-1);
      const own = pasted.filter((rule) => subjectOf(rule) === row.subject);
      const count = formatQuantity(pasted.length, "rule");
      edit({ kind: "add", rules: pasted, after: last?.rule.key }, `Paste ${count}`);
      if (own.length < pasted.length) toast(`Pasted ${count}, on their own subjects`);
    });
  };

  /** Grants what the choices of *Add Policies* stand for. The subjects that it is about. */
  const addPolicies = (ids: readonly string[]): string[] => {
    const policies = policiesOf(ids, catalogue);
    const cells: Cells[] = policies.map(({ subject, actions }) => ({ subject, actions }));
    const title = titleOf(ids, catalogue);
    const adding: RuleListEdit = { kind: "cells", cells, effect: "allow", on: true };
    if (edited(rules, adding) === rules) toast(`${title}: the role allows all of it already`);
    else edit(adding, `Add ${title}`);
    return [...new Set(cells.map(({ subject }) => subject))];
  };

  return { toggle, fill, copyRow, paste, addPolicies };
}

function cellOf(row: TableRow, column: number): TableCell | null {
  if (column >= 1 && column <= COLUMNS.length) return row.columns[column - 1] ?? null;
  return row.special[column - COLUMNS.length - 1] ?? null;
}
