import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { AccessMapAnswer, MapCell, MapDoubt, MapEntry } from "../../api/generated/commands";
import { MapTable } from "./MapTable";
import { EVERYTHING, isInDoubt, mapTable } from "./mapWords";

const allowed = (action: string): MapEntry => ({ action, always: true, cases: [] });
const doubt = (action: string, ...cases: string[]): MapDoubt => ({ action, cases });
const cell = (part: Partial<MapCell>): MapCell => ({
  exists: true,
  entries: [],
  doubts: [],
  now: null,
  ...part,
});

/** Alice may read in dev, of which nothing is certain, and in prod but perhaps not what is tagged. */
const map: AccessMapAnswer = {
  problems: [],
  name: "Alice",
  at: null,
  actions: [
    { action: "readValue", title: "Read Value" },
    { action: "delete", title: "Delete" },
  ],
  environments: ["dev", "prod", null],
  regions: [
    {
      folders: ["/app"],
      count: 1,
      example: "/app",
      cells: [
        cell({ entries: [allowed("readValue")], doubts: [doubt("readValue"), doubt("delete")] }),
        cell({ entries: [allowed("readValue")], doubts: [doubt("readValue", "tags have `pci`")] }),
        cell({ entries: [allowed("readValue"), allowed("delete")] }),
      ],
    },
  ],
  besideNow: false,
  limits: [],
  unseen: [{ what: "Privileges of users", consequence: "" }],
};

const LEGEND = /Not certain: what could not be pulled could change it/;

test("a cell says itself whether it is certain, for all of it or for some", () => {
  render(<MapTable map={map} action="readValue" />);
  expect(
    screen.getByRole("button", { name: "dev, /app: yes, by what was pulled, not certain" }),
  ).toBeTruthy();
  expect(
    screen.getByRole("button", { name: "prod, /app: yes, not certain for some of it" }),
  ).toBeTruthy();
  expect(screen.getByRole("button", { name: "any other environment, /app: yes" })).toBeTruthy();
  expect(screen.getByText(LEGEND)).toBeTruthy();
});

test("the legend is there only for an action that is in doubt", () => {
  const known = {
    ...map,
    regions: map.regions.map((region) => ({
      ...region,
      cells: region.cells.map((it) => ({ ...it, doubts: [doubt("delete")] })),
    })),
  };
  const { rerender } = render(<MapTable map={known} action="readValue" />);
  expect(isInDoubt(known, "readValue")).toBe(false);
  expect(screen.queryByText(LEGEND)).toBeNull();
  rerender(<MapTable map={known} action={EVERYTHING} />);
  expect(screen.getByText(LEGEND)).toBeTruthy();
});

test("an opened cell says for which names and tags it is not certain", async () => {
  render(<MapTable map={map} action={EVERYTHING} />);
  await userEvent.click(screen.getByRole("button", { name: /^prod/ }));
  const opened = screen.getByRole("dialog");
  expect(opened.textContent).toContain("not certain: tags have pci");
  const denied = within(opened).getByText("Delete").nextSibling;
  expect(denied?.textContent).toBe("denied");
});

test("what is so now is marked where that is not certain", () => {
  const now = { entries: [], doubts: [doubt("readValue")] };
  const cells = [cell({ entries: [allowed("readValue")], now })];
  const later = { ...map, environments: ["dev"], regions: [{ ...map.regions[0], cells }] };
  render(<MapTable map={later as AccessMapAnswer} action="readValue" />);
  expect(screen.getByRole("button", { name: "dev, /app: yes, now no, not certain" })).toBeTruthy();
});

test("the table that is saved says what is certain, where not all of it is", () => {
  const { head, rows } = mapTable(map, "readValue");
  expect(head).toContain("certainty");
  const at = head.indexOf("certainty");
  expect(rows.map((row) => row[at])).toEqual([
    "not certain",
    "not certain: tags have `pci`",
    "certain",
  ]);
});
