import { describe, expect, it } from "vitest";
import { isChanged, newMember, overlapOf } from "./memberDraft";

const opened = { ...newMember("user"), name: "Ann Lee", handle: "ann@acme.example" };

describe("overlapOf", () => {
  const now = { ...opened, name: "Ann Lee-Moss", handle: "ann.moss@acme.example" };

  it("tells what was typed over from what stands in the form now", () => {
    expect(overlapOf({ name: "Anna Lee" }, {}, opened, now)).toEqual({
      taken: ["E-mail"],
      clashes: [
        { part: "name", name: "Name", mine: "Anna Lee", theirs: "Ann Lee-Moss", side: "mine" },
      ],
    });
  });

  it("keeps what was given up for theirs, so that it can be taken back", () => {
    const clash = overlapOf({}, { name: "Anna Lee" }, opened, now)?.clashes[0];
    expect(clash).toMatchObject({ mine: "Anna Lee", theirs: "Ann Lee-Moss", side: "theirs" });
  });

  it("says nothing where both became the same, or where nothing changed", () => {
    const same = { ...opened, name: "Anna Lee" };
    expect(overlapOf({ name: "Anna Lee", handle: "a@b.c" }, {}, opened, same)).toBeNull();
    expect(overlapOf({ name: "Anna Lee" }, {}, opened, opened)).toBeNull();
  });

  it("writes out lists, so that each side can be judged", () => {
    const bot = { ...newMember("identity"), metadata: [{ key: "team", value: "core" }] };
    const theirs = { ...bot, metadata: [{ key: "team", value: "data" }] };
    const clash = overlapOf({ metadata: [] }, {}, bot, theirs)?.clashes[0];
    expect(clash).toMatchObject({ mine: "nothing", theirs: "team = data" });
  });
});

describe("isChanged", () => {
  it("forgets what was typed and taken back", () => {
    expect(isChanged({ name: "Ann Lee", metadata: [] }, opened)).toBe(false);
    expect(isChanged({ metadata: [{ key: "team", value: "" }] }, opened)).toBe(true);
  });
});
