import { describe, expect, it } from "vitest";
import { initials } from "./initials";
import { formatCount, formatQuantity } from "./numbers";

describe("initials", () => {
  it.each([
    ["Alice Laurent", "AL"],
    ["ci-deployer", "CD"],
    ["Elif Karaca-Villanueva", "EV"],
    ["admin", "AD"],
    ["x", "X"],
    ["Łukasz Żak", "ŁŻ"],
    ["李 小龙", "李小"],
    ["  ", "?"],
    ["—", "?"],
  ])("of %s are %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe("counts", () => {
  it("set thousands apart with a space that does not break", () => {
    expect(formatCount(1284)).toBe("1\u00a0284");
    expect(formatCount(1_000_000)).toBe("1\u00a0000\u00a0000");
    expect(formatCount(999)).toBe("999");
  });

  it("agree with their noun", () => {
    expect(formatQuantity(1, "member")).toBe("1 member");
    expect(formatQuantity(0, "member")).toBe("0 members");
    expect(formatQuantity(2, "identity", "identities")).toBe("2 identities");
  });
});
