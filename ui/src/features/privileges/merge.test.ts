import { describe, expect, it } from "vitest";
import { edited, emptyForm, type PrivilegeForm } from "./draft";
import { isSame, merge, withPart } from "./merge";

const policy = (action: string) => ({
  subject: "secrets",
  actions: [action],
  inverted: false,
  conditions: [{ property: "environment", operator: "$eq", values: ["dev"] }],
});
const base: PrivilegeForm = edited(
  {
    ...emptyForm,
    name: "db",
    reason: "old",
    duration: { mode: "kept", range: "1h", end: "2026-01-01T12:00:00.000Z" },
  },
  { kind: "add", policies: [policy("read")] },
);
const text = (form: PrivilegeForm, field: "name" | "reason", value: string) =>
  edited(form, { kind: "text", field, text: value });

describe("two edits of one privilege", () => {
  it("are brought together where they touch different parts", () => {
    const { form, taken, conflicts } = merge(
      base,
      text(base, "reason", "theirs"),
      text(base, "name", "mine"),
    );
    expect([form.name, form.reason]).toEqual(["mine", "theirs"]);
    expect(taken).toEqual(["reason"]);
    expect(conflicts).toEqual([]);
  });

  it("keep mine and offer theirs where both touched the same", () => {
    const theirs = text(base, "name", "theirs");
    const { form, taken, conflicts } = merge(base, theirs, text(base, "name", "mine"));
    expect(form.name).toBe("mine");
    expect([taken, conflicts]).toEqual([[], ["name"]]);
    expect(withPart(form, "name", theirs).name).toBe("theirs");
  });

  it("do not quarrel where both did the same", () => {
    const same = text(base, "name", "same");
    expect(merge(base, same, text(base, "name", "same"))).toMatchObject({
      taken: [],
      conflicts: [],
    });
  });

  it("follow an end that was moved elsewhere as long as mine is kept", () => {
    const theirs = {
      ...base,
      duration: { ...base.duration, end: "2026-01-01T13:00:00.000Z" },
    };
    expect(merge(base, theirs, base).taken).toEqual(["duration"]);
    const mine = { ...base, duration: { ...base.duration, mode: "permanent" as const } };
    expect(merge(base, theirs, mine).conflicts).toEqual(["duration"]);
  });

  it("give the cards of the other one keys of their own", () => {
    const theirs = edited(base, { kind: "add", policies: [policy("edit")] });
    const mine = edited(base, { kind: "add", policies: [policy("delete")] });
    const form = withPart(mine, "policies", theirs);
    const keys = form.policies.flatMap(({ key, conditions }) => [
      key,
      ...conditions.map((condition) => condition.key),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...keys)).toBeLessThan(form.nextKey);
    expect(Math.min(...keys)).toBeGreaterThanOrEqual(mine.nextKey);
    expect(isSame("policies", form, theirs)).toBe(true);
  });
});
