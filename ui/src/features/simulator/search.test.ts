import { describe, expect, it } from "vitest";
import {
  placeOf,
  questionOf,
  readSimulatorSearch,
  searchKey,
  searchOf,
  type Question,
  type SimulatorSearch,
} from "./search";

const open: Question = questionOf({});
const FIELDS = ["environment", "secretPath", "secretName", "secretTags"];

describe("a question", () => {
  it.each<[string, Question]>([
    ["left open", open],
    [
      "about an operation",
      { ...open, member: "m1", what: { kind: "operation", operation: "read-value" } },
    ],
    [
      "whole",
      {
        ...open,
        member: "m1",
        what: { kind: "action", subject: "secrets", action: "readValue" },
        environment: "prod",
        path: "/payments/eu",
        name: "STRIPE_KEY",
        tags: ["pci", "root-key"],
        untagged: false,
        when: { kind: "at", instant: "2026-11-22T05:14:00.000Z" },
      },
    ],
    [
      "about rules with everything else said",
      {
        ...open,
        who: "rules",
        rules: "[]",
        folderRules: "[{}]",
        secondEnvironment: "dev",
        secondPath: "/b",
        newName: "B",
        newTags: ["pci"],
        metadata: ["team=a=b"],
        newMetadata: ["team=c"],
        connection: "c1",
        others: { identityId: "i1" },
        exact: true,
        server: "last-match",
        drafts: true,
        privilege: "[]",
      },
    ],
    [
      "about an import",
      {
        ...open,
        what: { kind: "operation", operation: "import.create" },
        secondEnvironment: "dev",
        secondPath: "/b",
      },
    ],
    ["about a role", { ...open, who: "role", role: "r1" }],
    ["about a secret without tags", { ...open, untagged: true }],
    ["about the time after", { ...open, when: { kind: "afterTimed" } }],
  ])("%s survives its address", (_, question) => {
    expect(questionOf(searchOf(question))).toEqual(question);
  });

  it.each([
    ["secret.move", { toEnvironment: "dev", toPath: "/b" }],
    ["import.create", { fromEnvironment: "dev", fromPath: "/b" }],
  ])("about %s names the second place by the deed", (operation, second) => {
    const what = { kind: "operation", operation } as const;
    const question = { ...open, what, secondEnvironment: "dev", secondPath: "/b" };
    expect(searchOf(question)).toEqual({ operation, ...second });
  });

  it("left open has an empty address", () => {
    expect(searchOf(open)).toEqual({});
  });
});

describe("an address that was typed", () => {
  it.each<[Record<string, unknown>, SimulatorSearch]>([
    [
      { member: "m1", path: 12, name: "4711" },
      { member: "m1", path: "12", name: "4711" },
    ],
    [{ tags: "pci" }, { tags: ["pci"] }],
    [{ tags: [] }, { tags: [] }],
    [{ when: "soon" }, {}],
    [{ when: "after" }, { when: "after" }],
    [{ environment: true, other: "x" }, {}],
    [{ rules: [{ subject: "secrets" }] }, { rules: '[{"subject":"secrets"}]' }],
  ])("%j is read as %j", (typed, read) => {
    expect(readSimulatorSearch(typed)).toEqual(read);
  });

  it("is the same question in whatever order it was typed", () => {
    expect(searchKey({ path: "/a", member: "m1" })).toBe(searchKey({ member: "m1", path: "/a" }));
  });

  it("needs both subject and action to ask about something", () => {
    expect(questionOf({ subject: "secrets" }).what).toBeNull();
  });
});

describe("the place that is asked about", () => {
  it("is open where nothing but blanks was typed", () => {
    const place = placeOf({ ...open, environment: " prod ", path: "  " }, FIELDS);
    expect([place.environment, place.secretPath]).toEqual(["prod", null]);
  });

  it("leaves out what the chosen operation does not have", () => {
    const question = { ...open, environment: "prod", name: "A", others: { identityId: "i1" } };
    const place = placeOf(question, ["environment", "eventType"]);
    expect([place.environment, place.secretName, place.others]).toEqual(["prod", null, []]);
  });

  it("parts metadata at the first equals sign", () => {
    const place = placeOf({ ...open, metadata: ["team=a=b"] }, ["metadata"]);
    expect(place.metadata).toEqual([["team", "a=b"]]);
  });

  it("tells a secret without tags from one whose tags are open", () => {
    expect(placeOf({ ...open, untagged: true, tags: ["pci"] }, FIELDS).secretTags).toEqual([]);
    expect(placeOf({ ...open, tags: ["pci"] }, FIELDS).secretTags).toEqual(["pci"]);
  });
});
