import { describe, expect, it } from "vitest";
import { edited, emptyForm, type PrivilegeForm } from "./draft";
import { fieldName, keyed } from "./remarks";

const policy = (subject: string, ...values: string[]) => ({
  subject,
  actions: ["read"],
  inverted: false,
  conditions: values.map((value) => ({
    property: "environment",
    operator: "$eq",
    values: [value],
  })),
});
// Keys: policy 1 (conditions 2, 3), policy 4 (condition 5).
const form: PrivilegeForm = edited(emptyForm, {
  kind: "add",
  policies: [policy("secrets", "dev", "prod"), policy("commits", "dev")],
});
const titleOf = (subject: string) => subject.toUpperCase();

describe("a remark", () => {
  it("names the card it is about by its key", () => {
    const fields = ["slug", "policies", "policies.1.actions", "policies.0.conditions.1.value"];
    expect(
      keyed(
        fields.map((field) => ({ field })),
        form,
      ).map(({ field }) => field),
    ).toEqual(["slug", "policies", "policies.4.actions", "policies.1.conditions.3.value"]);
  });

  it("stays with its card when one before it goes", () => {
    const [remark] = keyed([{ field: "policies.1.actions" }], form);
    const left = edited(form, { kind: "remove", policy: 1 });
    expect(remark && fieldName(remark.field, left, titleOf)).toBe("COMMITS, actions");
  });

  it("is left out when its place does not exist", () => {
    expect(
      keyed([{ field: "policies.7" }, { field: "policies.1.conditions.4.value" }], form),
    ).toEqual([]);
  });
});

describe("the name of a field", () => {
  it.each([
    ["slug", "Privilege name"],
    ["policies", "Policies"],
    ["policies.1", "SECRETS"],
    ["policies.1.conditions.3.value", "SECRETS, condition 2"],
    ["policies.4.conditions.5.operator", "COMMITS, condition"],
  ])("%s reads %s", (field, name) => {
    expect(fieldName(field, form, titleOf)).toBe(name);
  });
});
