import { describe, expect, it } from "vitest";
import { isChanged, newMember, overtaken } from "./memberDraft";

const opened = { ...newMember("user"), name: "Ann Lee", handle: "ann@acme.example" };

describe("overtaken", () => {
  it("names what was typed over something that has changed since", () => {
    const now = { ...opened, name: "Ann Lee-Moss", handle: "ann.moss@acme.example" };
    expect(overtaken({ name: "Anna Lee" }, opened, now)).toEqual(["name"]);
  });

  it("names nothing where both became the same, or where nothing changed", () => {
    const now = { ...opened, name: "Anna Lee" };
    expect(overtaken({ name: "Anna Lee", handle: "a@b.c" }, opened, now)).toEqual([]);
  });
});

describe("isChanged", () => {
  it("forgets what was typed and taken back", () => {
    expect(isChanged({ name: "Ann Lee", metadata: [] }, opened)).toBe(false);
    expect(isChanged({ metadata: [{ key: "team", value: "" }] }, opened)).toBe(true);
  });
});
