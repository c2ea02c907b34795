import type { Sort } from "./types";

/** What pressing the header of `column` makes of `sort`: ascending first, then the other way. */
export function nextSort(sort: Sort | undefined, column: string): Sort {
  const turn = sort?.column === column && sort.direction === "ascending";
  return { column, direction: turn ? "descending" : "ascending" };
}
