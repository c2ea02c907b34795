/** The access map in words. Pure. */
import type {
  AccessMapAnswer,
  MapAccess,
  MapCase,
  MapCell,
  MapDoubt,
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

/** What of some doubts `action` is about; all of them if it is empty. */
export function doubtsOf(doubts: readonly MapDoubt[], action: string): readonly MapDoubt[] {
  return action === EVERYTHING ? doubts : doubts.filter((doubt) => doubt.action === action);
}

/** How sure a cell is: wholly, only for some names and tags or actions, not at all. */
export type Certainty = "certain" | "partly" | "uncertain";

export function certaintyOf(doubts: readonly MapDoubt[], actions: number): Certainty {
  if (doubts.length === 0) return "certain";
  const isWhole = doubts.length === actions && doubts.every(({ cases }) => cases.length === 0);
  return isWhole ? "uncertain" : "partly";
}

/** Certainty for who cannot see its sign; nothing to say where it is certain. */
export const CERTAINTY: Record<Certainty, string> = {
  certain: "",
  partly: "not certain for some of it",
  uncertain: "by what was pulled, not certain",
};

/** What of `action` is so now, where that is something else; null where it is the same. */
export function nowOf({ entries, now }: MapCell, action: string): MapAccess | null {
  if (now === null) return null;
  const then = entriesOf(now.entries, action);
  const isSame = JSON.stringify(then) === JSON.stringify(entriesOf(entries, action));
  return isSame ? null : { entries: [...then], doubts: [...doubtsOf(now.doubts, action)] };
}

/** Whether some cell is not certain about `action`, at the instant or now. */
export function isInDoubt(map: AccessMapAnswer, action: string): boolean {
  const isUnsure = (cell: MapCell) =>
    doubtsOf(cell.doubts, action).length > 0 || (nowOf(cell, action)?.doubts ?? []).length > 0;
  return map.regions.some(({ cells }) => cells.some(isUnsure));
}

/** "not certain", or for which names and tags it is not. */
export function doubtWords({ cases }: MapDoubt): string {
  return cases.length === 0 ? "not certain" : `not certain: ${cases.join("; ")}`;
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
  const hasDoubts = isInDoubt(map, action);
  const row = (region: MapRegion, cell: MapCell, environment: string | null, named: string) => {
    const find = (entries: readonly MapEntry[]) => entries.find((it) => it.action === named);
    const access = entryWords(find(cell.entries));
    const [doubt] = doubtsOf(cell.doubts, named);
    return [
      environment ?? "any other",
      region.example,
      String(region.count),
      named,
      access,
      ...(hasDoubts ? [doubt ? doubtWords(doubt) : "certain"] : []),
      ...(map.besideNow ? [cell.now ? entryWords(find(cell.now.entries)) : access] : []),
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
      ...(hasDoubts ? ["certainty"] : []),
      ...(map.besideNow ? ["access now"] : []),
    ],
    map.regions.flatMap((region) =>
      region.cells.flatMap((cell, index) =>
        shown.map((named) => row(region, cell, map.environments[index] ?? null, named)),
      ),
    ),
  );
}
