/** The access map in words. Pure. */
import type {
  AccessMapAnswer,
  MapCase,
  MapCell,
  MapEntry,
  MapRegion,
} from "../../api/generated/commands";
import { table, type TextTable } from "../../lib/table";
import { outcomeWords } from "./words";

/** How the access to one cell is shown: wholly, only for some names and tags or actions, not at all. */
export type CellLook = "all" | "some" | "conditional" | "none";

/** All actions, where the map does not show a single one. */
export const EVERYTHING = "";

/** What of some entries `action` is about; all of them if it is empty. */
export function entriesOf(entries: readonly MapEntry[], action: string): readonly MapEntry[] {
  return action === EVERYTHING ? entries : entries.filter((entry) => entry.action === action);
}

export function lookOf(entries: readonly MapEntry[], actions: number): CellLook {
  if (entries.length === 0) return "none";
  if (entries.some(({ always }) => !always)) return "conditional";
  return entries.length === actions ? "all" : "some";
}

/** A cell in a word or two: "yes", "partly", "5 of 6". */
export function cellWords(entries: readonly MapEntry[], actions: number): string {
  if (entries.length === 0) return "no";
  const sure = entries.filter(({ always }) => always).length;
  if (actions === 1) {
    const [entry] = entries;
    if (entry?.always) return "yes";
    return entry?.cases.every(({ outcome }) => outcome === "serverError") ? "error" : "partly";
  }
  return sure === actions ? "all" : `${entries.length} of ${actions}`;
}

export function titleOf(map: AccessMapAnswer, action: string): string {
  return map.actions.find((it) => it.action === action)?.title ?? action;
}

/** What a region is called: its first folder, and what stands for the others. */
export interface RegionName {
  path: string;
  /** "and below", "and 28 more folders", "no folder yet"; empty for a single folder. */
  rest: string;
}

/** Names the regions of a map by the project's own folders. */
export function regionNames(regions: readonly MapRegion[]): RegionName[] {
  const firsts = regions.filter(({ count }) => count > 0).map(({ folders }) => folders[0] ?? "");
  return regions.map(({ folders, count, example }) => {
    if (count === 0) return { path: example, rest: "no folder yet" };
    const path = folders[0] ?? example;
    if (count === 1) return { path, rest: "" };
    const isAlone = !firsts.some((other) => other !== path && isBelow(other, path));
    const isTree = count === folders.length && folders.every((it) => isBelow(it, path));
    return {
      path,
      rest: isTree && isAlone ? "and below" : `and ${count - 1} more`,
    };
  });
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** "allowed", or for which names and tags it is. */
export function entryWords(entry: MapEntry | undefined): string {
  if (!entry) return "denied";
  if (entry.always) return "allowed";
  return entry.cases.map(caseWords).join("; ");
}

export function caseWords({ outcome, words }: MapCase): string {
  return words === "" ? outcomeWords(outcome) : `${outcomeWords(outcome)}: ${words}`;
}

/** The map as a table of texts: a row for each region, environment and action. */
export function mapTable(map: AccessMapAnswer, action: string): TextTable {
  const row = (region: MapRegion, cell: MapCell, environment: string | null, named: string) => {
    const find = (entries: readonly MapEntry[]) => entries.find((it) => it.action === named);
    const access = entryWords(find(cell.entries));
    return [
      environment ?? "any other",
      region.example,
      String(region.count),
      named,
      access,
      ...(map.besideNow ? [cell.now ? entryWords(find(cell.now)) : access] : []),
    ];
  };
  const actions = map.actions.map((it) => it.action);
  const shown = action === EVERYTHING ? actions : [action];
  return table(
    [
      "environment",
      "path",
      "folders",
      "action",
      "access",
      ...(map.besideNow ? ["access now"] : []),
    ],
    map.regions.flatMap((region) =>
      region.cells.flatMap((cell, index) =>
        shown.map((named) => row(region, cell, map.environments[index] ?? null, named)),
      ),
    ),
  );
}
