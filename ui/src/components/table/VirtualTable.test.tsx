import { render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Column, Sort } from "./types";
import { loadedBetween } from "./selecting";
import { useTicked } from "./useTicked";
import { VirtualTable, type VirtualTableProps } from "./VirtualTable";

interface Row {
  id: string;
  name: string;
}

const COLUMNS: Column<Row>[] = [
  { id: "name", header: "Name", width: "1fr", sortable: true, cell: ({ name }) => name },
  { id: "id", header: "Id", width: "100px", cell: ({ id }) => id },
];
const HEIGHT = 340;

type TableProps = Partial<VirtualTableProps<Row>> & { ticks?: boolean; filter?: string };

function Table({ ticks = false, filter = "", ...props }: TableProps) {
  const rowAt = (index: number) => ({ id: `r${index}`, name: `name-${index}` });
  const { selection, count } = useTicked({
    list: filter,
    total: 100_000,
    keysBetween: (from, to) => loadedBetween(from, to, rowAt, ({ id }) => id) ?? [],
  });
  return (
    <>
      <VirtualTable
        label="People"
        columns={COLUMNS}
        rowCount={100_000}
        rowAt={rowAt}
        rowKey={({ id }) => id}
        typeAheadText={({ name }) => name}
        {...props}
        {...(ticks && { selection })}
      />
      <output>{count}</output>
    </>
  );
}

const active = () => document.activeElement?.getAttribute("aria-rowindex");

beforeEach(() => {
  // There is no layout here: say how high the table is.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(HEIGHT);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(HEIGHT);
});

async function enter(props: TableProps = {}) {
  const user = userEvent.setup();
  render(<Table {...props} />);
  await user.tab();
  return user;
}

describe("what exists", () => {
  it("is only what is in sight, though all is counted", () => {
    render(<Table />);
    const grid = screen.getByRole("grid", { name: "People" });
    expect(grid.getAttribute("aria-rowcount")).toBe("100001");
    const rows = within(grid).getAllByRole("row");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
  });

  it("has one tab stop", () => {
    render(<Table />);
    expect(document.querySelectorAll("[role=grid] [tabindex='0']")).toHaveLength(1);
  });

  it("shows a row that is not there yet as busy", () => {
    render(<Table rowAt={() => undefined} />);
    expect(screen.getAllByRole("row")[1]?.getAttribute("aria-busy")).toBe("true");
  });

  it("says what is in sight", () => {
    const onRangeChange = vi.fn();
    render(<Table onRangeChange={onRangeChange} />);
    const [first, last] = onRangeChange.mock.lastCall as [number, number];
    expect(first).toBe(0);
    expect(last).toBeGreaterThanOrEqual(8);
    expect(last).toBeLessThan(15);
  });

  it("says why it is empty", () => {
    render(<Table rowCount={0} empty={<p>Nobody matches</p>} />);
    expect(screen.getByText("Nobody matches")).toBeTruthy();
  });
});

describe("the keyboard", () => {
  it("moves the focus row by row, to both ends, and keeps it there", async () => {
    const user = await enter();
    expect(active()).toBe("2");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(active()).toBe("4");
    await user.keyboard("{End}");
    expect(active()).toBe("100001");
    await user.keyboard("{ArrowDown}");
    expect(active()).toBe("100001");
    await user.keyboard("{Home}");
    expect(active()).toBe("2");
    await user.keyboard("{PageDown}");
    expect(Number(active())).toBeGreaterThan(6);
  });

  it("opens the row that has the focus", async () => {
    const onOpen = vi.fn();
    const user = await enter({ onOpen });
    await user.keyboard("{ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: "r1", name: "name-1" }, 1);
  });

  it("sorts from the header, and only by columns that can be sorted", async () => {
    const onSortChange = vi.fn<(sort: Sort) => void>();
    const user = await enter({ onSortChange });
    await user.keyboard("{ArrowUp}{Enter}");
    expect(onSortChange).toHaveBeenCalledExactlyOnceWith({
      column: "name",
      direction: "ascending",
    });
    await user.keyboard("{ArrowRight}{Enter}");
    expect(onSortChange).toHaveBeenCalledTimes(1);
    expect(document.activeElement?.textContent).toBe("Id");
  });

  it("jumps to what is typed", async () => {
    const user = await enter();
    // However slow the machine is, the letters come at once.
    const clock = vi.spyOn(Event.prototype, "timeStamp", "get").mockReturnValue(1);
    await user.keyboard("name-77");
    clock.mockRestore();
    expect(active()).toBe("79");
  });

  it("ticks with Space and extends with Shift", async () => {
    const user = await enter({ ticks: true });
    await user.keyboard("{ArrowDown} {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    const ticked = screen.getAllByRole("row", { selected: true });
    expect(ticked.map((row) => row.getAttribute("aria-rowindex"))).toEqual(["3", "4", "5"]);
    await user.keyboard(" ");
    expect(screen.getAllByRole("row", { selected: true })).toHaveLength(2);
  });

  it("ticks all of the list but what is taken out, until the list is another one", async () => {
    const user = userEvent.setup();
    const { rerender } = render(<Table ticks filter="a" />);
    await user.tab();
    await user.keyboard("{Control>}a{/Control} ");
    expect(screen.getByRole("status").textContent).toBe("99999");
    expect(screen.queryAllByRole("row", { selected: true }).length).toBeGreaterThan(3);
    rerender(<Table ticks filter="b" />);
    expect(screen.getByRole("status").textContent).toBe("0");
  });

  it("keeps single ticks through another filter, and clears them with Esc", async () => {
    const user = userEvent.setup();
    const { rerender } = render(<Table ticks filter="a" />);
    await user.tab();
    await user.keyboard(" ");
    rerender(<Table ticks filter="b" />);
    expect(screen.getByRole("status").textContent).toBe("1");
    await user.keyboard("{Escape}");
    expect(screen.getByRole("status").textContent).toBe("0");
  });
});

describe("the pointer", () => {
  it("opens a row, and ticks it with Ctrl instead", async () => {
    const onOpen = vi.fn();
    const user = await enter({
      onOpen,
      ticks: true,
    });
    await user.click(screen.getByText("name-2"));
    expect(onOpen).toHaveBeenCalledTimes(1);
    await user.keyboard("{Control>}");
    await user.click(screen.getByText("name-3"));
    await user.keyboard("{/Control}");
    expect(onOpen).toHaveBeenCalledTimes(1);
    expect(screen.getAllByRole("row", { selected: true })).toHaveLength(1);
  });
});

describe("coming back", () => {
  it("puts the tab stop on the row that was left", async () => {
    await enter({ position: { index: 5000, offset: 5000 * 34 - 100 } });
    expect(active()).toBe("5002");
  });

  it("starts another list at its beginning", () => {
    const { rerender } = render(<Table listKey="a" position={{ index: 50, offset: 1500 }} />);
    rerender(<Table listKey="b" position={undefined} />);
    expect(document.querySelector("[role=row][tabindex='0']")?.getAttribute("aria-rowindex")).toBe(
      "2",
    );
  });
});
