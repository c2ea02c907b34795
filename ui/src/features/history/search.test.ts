import { expect, test } from "vitest";
import { readHistorySearch } from "./search";

test("an address that was typed is read as far as it is understood", () => {
  expect(readHistorySearch({ text: 4711, member: "m", role: "", deed: ["x"], more: 1 })).toEqual({
    text: "4711",
    member: "m",
  });
});
