/** The access map in words. Pure. */
import type { AccessMapAnswer, MapCell, MapEntry, MapRegion } from "../../api/generated/commands";
import { table, type TextTable } from "./table";
import { outcomeWords } from "./words";

/** How the access to one cell is shown: all of the actions, some, some only under conditions, none. */
export type CellLook = "all" | "some" | "conditional" | "none";

export function lookOf(cell: MapCell, actions: number): CellLook {
  if (cell.entries.length === 0) return "none";
  if (cell.entries.some(({ always }) => !always)) return "conditional";
  return cell.entries.length === actions ? "all" : "some";
}

export function titleOf(map: AccessMapAnswer, action: string): string {
  return map.actions.find((it) => it.action === action)?.title ?? action;
}

/** What a region is called: the folder above all of it, or its first folders. */
export function regionName({ folders, count, example }: MapRegion): string {
  if (count === 0) return example;
  const above = commonFolder(folders);
  if (count === folders.length && count > 1 && folders.includes(above)) return above;
  return folders[0] ?? example;
}

function commonFolder(paths: readonly string[]): string {
  const [first = "/", ...rest] = paths;
  let parts = first.split("/");
  for (const path of rest) {
    const other = path.split("/");
    const differs = parts.findIndex((part, index) => part !== other[index]);
    if (differs >= 0) parts = parts.slice(0, differs);
  }
  return parts.join("/") || "/";
}

/** One line an entry, for names and tags. */
export function entryWords(entry: MapEntry): string {
  if (entry.always) return "always";
  return entry.cases.map(({ outcome, words }) => `${outcomeWords(outcome)}: ${words}`).join("; ");
}

/** The map as a table of texts: a row for each region, environment and action. */
export function mapTable(map: AccessMapAnswer): TextTable {
  return table(
    ["environment", "path", "folders", "action", "access"],
    map.regions.flatMap((region) =>
      region.cells.flatMap((cell, index) =>
        cell.entries.map((entry) => [
          map.environments[index] ?? "any other",
          region.example,
          String(region.count),
          entry.action,
          entryWords(entry),
        ]),
      ),
    ),
  );
}
