import { describe, expect, it } from "vitest";
import type { LinkView, RemoteOperation } from "../../api/generated/commands";
import { skewLine, stepLine } from "./words";

const operation = (step: string | null): RemoteOperation => ({
  id: "o",
  work: "pull",
  since: "",
  step,
  steps: [
    { name: "Privileges", done: 1200, total: 3000 },
    { name: "Roles", done: 0, total: null },
  ],
  page: null,
  ended: null,
});

const link = (skew: number, skewMargin: number) =>
  ({ lastPull: { skew, skewMargin } }) as unknown as LinkView;

describe("the words about servers", () => {
  it("name the step that moved last with its count", () => {
    expect(stepLine(operation("Privileges"))).toBe("Privileges 1,200 of 3,000");
    expect(stepLine(operation("Roles"))).toBe("Roles");
    expect(stepLine(operation(null))).toBe("");
  });

  it("mention a clock only when it is wrong by more than can be measured", () => {
    expect(skewLine(link(500, 10))).toBeNull();
    expect(skewLine(link(5_000, 6_000))).toBeNull();
    expect(skewLine(link(30_000, 500))).toBe("Server clock 30 s ahead");
    expect(skewLine(link(-86_400_000, 500))).toBe("Server clock 24 h behind");
  });
});
