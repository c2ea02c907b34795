import { describe, expect, it } from "vitest";
import { edited, emptyForm, type Edit } from "./draft";
import { normaliseSlug } from "../../lib/slug";
import { suggestSlug } from "./slug";

describe("a name", () => {
  it.each([
    ["Incident 4711: Payments", "incident-4711-payments"],
    ["  db_readonly ", "db-readonly"],
    ["a--b", "a-b"],
    ["-a-", "a"],
    ["Café Zoë", "cafe-zoe"],
    ["漢", ""],
    ["", ""],
  ])("typed as %j becomes %j", (typed, slug) => {
    expect(normaliseSlug(typed)).toBe(slug);
  });
});

describe("a suggested name", () => {
  const policy: Edit = {
    kind: "add",
    policies: [
      {
        subject: "secrets",
        actions: ["readValue"],
        inverted: false,
        conditions: [
          { property: "environment", operator: "$eq", values: ["prod"] },
          { property: "secretPath", operator: "$glob", values: ["/payments/**"] },
        ],
      },
    ],
  };
  const timed: Edit = {
    kind: "duration",
    duration: { mode: "timed", range: "1h", end: "" },
  };
  const suggest = (taken: string[], ...edits: Edit[]) =>
    suggestSlug(edits.reduce(edited, emptyForm), taken);

  it("says what is covered and how long", () => {
    expect(suggest([], policy, timed)).toBe("secrets-prod-payments-1h");
  });

  it("begins with the ticket where there is one", () => {
    const ticket: Edit = { kind: "text", field: "ticket", text: "INC-4711" };
    expect(suggest([], policy, ticket)).toBe("inc-4711-prod-payments");
  });

  it("is none that the member has already", () => {
    expect(suggest(["additional-access", "additional-access-2"])).toBe("additional-access-3");
  });

  it("fits into sixty characters, even numbered", () => {
    const ticket: Edit = { kind: "text", field: "ticket", text: "x".repeat(80) };
    const first = suggest([], ticket);
    expect(first).toBe("x".repeat(60));
    expect(suggest([first], ticket)).toBe(`${"x".repeat(58)}-2`);
  });
});
