import { describe, expect, it } from "vitest";
import type { ActionAccess, EffectivePermissions } from "../../../api/generated/commands";
import { accessRows, accessTable, passes, rowMatches, rulesBehind } from "./accessRows";

const action = (
  name: string,
  access: ActionAccess["access"],
  rules: number[],
  legacy = false,
): ActionAccess => ({ action: name, title: name.toUpperCase(), legacy, access, rules });

const source = {
  kind: "role",
  slug: "dev",
  name: "=Developer",
  through: { id: "g", kind: "group", name: "Platform" },
  id: "1",
  standing: null,
} as const;

const permissions: EffectivePermissions = {
  at: "2026-11-22T00:00:00Z",
  notes: [],
  asWritten: false,
  rules: [
    {
      rule: {
        subject: "secrets",
        subjectTitle: "Secrets",
        known: true,
        actions: [],
        inverted: false,
        conditions: [],
      },
      source,
      position: 1,
    },
  ],
  subjects: [
    {
      subject: "secrets",
      title: "Secrets",
      area: "Secrets",
      known: true,
      actions: [
        action("read", "none", [], true),
        action("describe", "allow", [0]),
        action("value", "mixed", [0]),
        action("create", "none", []),
        action("lease", "conditional", [0]),
      ],
    },
  ],
};

const columnOf = (_: string, name: string) =>
  name === "create" ? "create" : ["read", "describe", "value"].includes(name) ? "read" : undefined;

const [row] = accessRows(permissions, columnOf);
if (!row) throw new Error("there is one row");

describe("the rows of the matrix", () => {
  it("show actions that share a column together and alone, and leave out a silent legacy one", () => {
    expect(row.columns.map((cell) => cell?.state)).toEqual(["some", "none", undefined, undefined]);
    expect(row.special.map(({ title }) => title)).toEqual(["DESCRIBE", "VALUE", "LEASE"]);
    expect(row.actions.map(({ action: name }) => name)).not.toContain("read");
  });

  it("are found by where their rules come from", () => {
    expect(rowMatches(row, "platform", permissions)).toBe(true);
    expect(rowMatches(row, "lease dev", permissions)).toBe(true);
    expect(rowMatches(row, "viewer", permissions)).toBe(false);
  });

  it("name each rule once", () => {
    expect(rulesBehind(row.actions)).toEqual([0]);
  });

  it("count what is allowed in parts as conditional and as forbidden", () => {
    const mixed = action("value", "mixed", []);
    expect(passes(mixed, "conditional") && passes(mixed, "forbidden")).toBe(true);
    expect(passes(mixed, "allowed")).toBe(false);
  });
});

it("a table of them has a line for each action with its sources", () => {
  const { rows } = accessTable([row], permissions);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toEqual([
    "Secrets",
    "Secrets",
    "secrets",
    "DESCRIBE",
    "describe",
    "Allowed",
    "role =Developer through the group Platform",
  ]);
  expect(rows[2]?.at(-1)).toBe("");
});
