import { expect, test } from "vitest";
import type { ConditionView, RuleView } from "../../api/generated/commands";
import { askedPlace } from "./askedPlace";

function rule(
  ...conditions: [property: string, operator: string, ...values: string[]][]
): RuleView {
  return {
    subject: "secrets",
    subjectTitle: "Secrets",
    known: true,
    actions: [],
    inverted: false,
    conditions: conditions.map(([property, operator, ...values]): ConditionView => ({
      property,
      propertyTitle: property,
      operator,
      operatorTitle: operator,
      values,
    })),
  };
}

test("equal values are asked about as they are", () => {
  const rules = [rule(["environment", "$eq", "prod"], ["secretPath", "$eq", "/payments"])];
  expect(askedPlace(rules)).toEqual({ environment: "prod", path: "/payments" });
});

test("a glob is asked about at the folder it begins with", () => {
  expect(askedPlace([rule(["secretPath", "$glob", "/payments/**"])])).toEqual({
    path: "/payments",
  });
  expect(askedPlace([rule(["secretPath", "$glob", "/**"])])).toEqual({ path: "/" });
});

test("a pattern that names no folder is left open", () => {
  expect(askedPlace([rule(["secretPath", "$glob", "/*/db/**"])])).toEqual({});
  expect(askedPlace([rule(["environment", "$glob", "{dev,qa}"])])).toEqual({});
});

test("a template is left open, for its value depends on the member", () => {
  const rules = [rule(["secretPath", "$eq", "/{{identity.metadata.team}}"])];
  expect(askedPlace(rules)).toEqual({});
});

test("what is excluded is no place to begin", () => {
  expect(askedPlace([rule(["environment", "$neq", "prod"])])).toEqual({});
});

test("rules without conditions are passed over", () => {
  expect(askedPlace([rule(), rule(["environment", "$in", "dev", "qa"])])).toEqual({
    environment: "dev",
  });
});
