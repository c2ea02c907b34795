import type { CatalogueView } from "../../api/generated/commands";
import { errorToast, toast } from "../../components/toast/toasts";
import { isList, layOut, readJson, type Json } from "../../lib/json";
import { formatQuantity } from "../../lib/numbers";
import { canFill, names, rulesOn, type Cells } from "../../lib/rules/edits";
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
    const what = cells.length === 1 ? (cells[0]?.title ?? "") : "all";
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

  const copyRow = (row: TableRow) =>
    copyRules(rulesOn(rules, row.subject).map(({ rule }) => rule.rule));

  const paste = (row: TableRow) => {
    void navigator.clipboard.readText().then(
      (text) => {
        const pasted = pastedRules(text);
        if ("problem" in pasted) errorToast(pasted.problem);
        else {
          const last = rulesOn(rules, row.subject).at(-1);
          const own = pasted.rules.filter((rule) => subjectOf(rule) === row.subject);
          const count = formatQuantity(pasted.rules.length, "rule");
          edit({ kind: "add", rules: pasted.rules, after: last?.rule.key }, `Paste ${count}`);
          if (own.length < pasted.rules.length) toast(`Pasted ${count}, on their own subjects`);
        }
      },
      () => errorToast("The clipboard cannot be read here; paste into the JSON instead"),
    );
  };

  return { toggle, fill, copyRow, paste };
}

/** Puts rules on the clipboard, as the list that the server would take. */
export function copyRules(copied: readonly Json[]): void {
  void navigator.clipboard.writeText(layOut(copied)).then(
    () => toast(`Copied ${formatQuantity(copied.length, "rule")} as JSON`),
    () => errorToast("The clipboard refused the rules"),
  );
}

/** The rules in a text: a list of them, one alone, or a role or privilege that holds them. */
export function pastedRules(text: string): { rules: readonly Json[] } | { problem: string } {
  const reading = readJson(text);
  if ("error" in reading) {
    return { problem: `The clipboard holds no rules: it is not JSON (${reading.error.message})` };
  }
  const { value } = reading;
  if (isList(value)) return { rules: value };
  if (typeof value === "object" && value !== null && "members" in value) {
    const held = value.members.find(([key]) => key === "permissions")?.[1];
    if (isList(held)) return { rules: held };
    if (value.members.some(([key]) => key === "subject")) return { rules: [value] };
  }
  return { problem: "The clipboard holds no rules: a list of them is needed" };
}

function cellOf(row: TableRow, column: number): TableCell | null {
  if (column >= 1 && column <= COLUMNS.length) return row.columns[column - 1] ?? null;
  return row.special[column - COLUMNS.length - 1] ?? null;
}
