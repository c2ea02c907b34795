import { expect, test } from "vitest";
import { checkProjectName } from "./projectName";

test("a name becomes a slug as in the core", () => {
  expect(checkProjectName("Checkout App")).toEqual({ slug: "checkout-app" });
  expect(checkProjectName("  -- Zoë's  API (v2)! ")).toEqual({ slug: "zo-s-api-v2" });
});

test("blank names are refused", () => {
  expect(checkProjectName(" \t")).toEqual({ problem: "Give the project a name" });
});

test("a name without anything for the slug is refused", () => {
  expect(checkProjectName("Проект")).toHaveProperty("problem");
  expect(checkProjectName("Проект 7")).toEqual({ slug: "7" });
});

test("the length is counted in characters, blanks around it left out", () => {
  expect(checkProjectName(` ${"a".repeat(64)} `)).toEqual({ slug: "a".repeat(64) });
  expect(checkProjectName("a".repeat(65))).toHaveProperty(
    "problem",
    "Use at most 64 characters; this name has 65",
  );
});
