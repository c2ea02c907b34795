import { describe, expect, it } from "vitest";
import { findByText, move, type Extent } from "./navigation";
import { loadedBetween, toggled } from "./selecting";
import { nextSort } from "./sorting";

const TEN: Extent = { rows: 10, columns: 3, pageRows: 4, header: true };
const stroke = (key: string, ctrl = false) => ({ key, ctrl });
const row = (index: number) => ({ row: index, column: null });

describe("arrows", () => {
  it("stop at the ends", () => {
    expect(move(row(9), stroke("ArrowDown"), TEN)).toEqual(row(9));
    expect(move(row(0), stroke("ArrowUp"), { ...TEN, header: false })).toEqual(row(0));
  });

  it("reach the header from the first row, and come back", () => {
    const header = move(row(0), stroke("ArrowUp"), TEN);
    expect(header).toEqual({ row: -1, column: 0 });
    expect(move({ row: -1, column: 2 }, stroke("ArrowDown"), TEN)).toEqual(row(0));
  });

  it("lead into the cells of a row and out again", () => {
    expect(move(row(3), stroke("ArrowRight"), TEN)).toEqual({ row: 3, column: 0 });
    expect(move({ row: 3, column: 2 }, stroke("ArrowRight"), TEN)).toEqual({ row: 3, column: 2 });
    expect(move({ row: 3, column: 0 }, stroke("ArrowLeft"), TEN)).toEqual(row(3));
  });

  it("keep the column while going down", () => {
    const from = { row: 3, column: 1 };
    expect(move(from, stroke("ArrowDown"), TEN)).toEqual({ row: 4, column: 1 });
  });

  it("stay in the header of an empty table", () => {
    const empty = { ...TEN, rows: 0 };
    expect(move({ row: -1, column: 1 }, stroke("ArrowDown"), empty)?.row).toBe(-1);
  });
});

describe("Home, End and page keys", () => {
  it("go to the ends of the table from a row", () => {
    expect(move(row(4), stroke("Home"), TEN)).toEqual(row(0));
    expect(move(row(4), stroke("End"), TEN)).toEqual(row(9));
  });

  it("go to the ends of the row from a cell, with Ctrl to those of the table", () => {
    const cell = { row: 4, column: 1 };
    expect(move(cell, stroke("Home"), TEN)).toEqual({ row: 4, column: 0 });
    expect(move(cell, stroke("End"), TEN)).toEqual({ row: 4, column: 2 });
    expect(move(cell, stroke("End", true), TEN)).toEqual(row(9));
  });

  it("pass a page and stop at the ends", () => {
    expect(move(row(1), stroke("PageDown"), TEN)).toEqual(row(5));
    expect(move(row(8), stroke("PageDown"), TEN)).toEqual(row(9));
    expect(move(row(2), stroke("PageUp"), TEN)).toEqual(row(0));
  });

  it("leave other keys alone", () => {
    expect(move(row(1), stroke("x"), TEN)).toBeNull();
    expect(move(row(1), stroke("Escape"), TEN)).toBeNull();
  });
});

describe("typing", () => {
  const names = ["Alice", "Bob", undefined, "Bert", "bella"];
  const find = (text: string, from: number) => findByText(text, from, 5, (index) => names[index]);

  it("goes on from the row and round the end", () => {
    expect(find("b", 1)).toBe(3);
    expect(find("b", 3)).toBe(4);
    expect(find("b", 4)).toBe(1);
  });

  it("stays on the row while the word still fits", () => {
    expect(find("be", 3)).toBe(3);
    expect(find("bel", 3)).toBe(4);
  });

  it("finds nothing where nothing begins so", () => {
    expect(find("zz", 0)).toBeUndefined();
  });

  it("starts at the first row from the header", () => {
    expect(find("a", -1)).toBe(0);
  });
});

describe("ticks", () => {
  const rowAt = (index: number) => (index === 3 ? undefined : `r${index}`);
  const range = (from: number, to: number) => loadedBetween(from, to, rowAt, String);

  it("turn one row round", () => {
    expect([...toggled(new Set(["a"]), "b")]).toEqual(["a", "b"]);
    expect([...toggled(new Set(["a", "b"]), "a")]).toEqual(["b"]);
  });

  it("cover a range either way", () => {
    expect(range(0, 2)).toEqual(["r0", "r1", "r2"]);
    expect(range(6, 4)).toEqual(["r6", "r5", "r4"]);
  });

  it("are not known where a row was not loaded", () => {
    expect(range(1, 6)).toBeUndefined();
  });
});

describe("the header", () => {
  it("sorts upwards first, then the other way", () => {
    expect(nextSort(undefined, "a").direction).toBe("ascending");
    expect(nextSort({ column: "a", direction: "ascending" }, "a").direction).toBe("descending");
    expect(nextSort({ column: "b", direction: "ascending" }, "a").direction).toBe("ascending");
  });
});
