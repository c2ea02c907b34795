import { describe, expect, it } from "vitest";
import type { CatalogueView, OperatorView, SubjectView } from "../../api/generated/commands";
import { firstOperator, operatorsFor, propertiesFor } from "../../components/rules/offer";
import {
  draftOf,
  edited,
  emptyForm,
  isWritten,
  type Edit,
  type PolicyForm,
  type PrivilegeForm,
} from "./draft";
import { startingPolicy } from "../../api/policyMenu";

const operator = (name: string, title: string): OperatorView => ({
  operator: name,
  title,
  takesList: name === "$in" || name === "$all",
});
const EQUAL = operator("$eq", "Equal");
const IN = operator("$in", "In");
const GLOB = operator("$glob", "Glob Match");

const secrets: SubjectView = {
  subject: "secrets",
  title: "Secrets",
  description: "",
  area: "Secrets",
  invertible: true,
  offered: true,
  actions: ["read", "describeSecret", "readValue", "edit"].map((action) => ({
    action,
    title: action,
    description: "",
    legacy: action === "read",
    column: null,
    offered: true,
    onlyProperties: null,
  })),
  properties: [
    { property: "environment", title: "Environment", operators: [EQUAL, IN], elements: [] },
    { property: "secretPath", title: "Secret Path", operators: [EQUAL, GLOB], elements: [] },
    { property: "metadata", title: "Metadata", operators: [], elements: [] },
  ],
};
const roles: SubjectView = {
  ...secrets,
  subject: "role",
  title: "Roles",
  actions: ["read", "create"].map((action) => ({
    action,
    title: action,
    description: "",
    legacy: false,
    column: null,
    offered: true,
    onlyProperties: null,
  })),
  properties: [],
};
const catalogue: CatalogueView = {
  subjects: [secrets, roles],
  operations: [],
  templates: [
    {
      id: "secret-editor",
      title: "Secret Editing Policies",
      description: "",
      policies: [{ subject: "secrets", actions: ["edit"], inverted: false, conditions: [] }],
    },
    {
      id: "secret-viewer",
      title: "Secret Viewing Policies",
      description: "",
      policies: [
        {
          subject: "secrets",
          actions: ["describeSecret", "readValue"],
          inverted: false,
          conditions: [{ property: "environment", operator: "$in", values: ["dev", "staging"] }],
        },
      ],
    },
  ],
};

const timed = { mode: "timed", range: "3d ", end: "" } as const;
const after = (...edits: Edit[]) => edits.reduce(edited, emptyForm);
const addSecrets: Edit = { kind: "add", policies: [startingPolicy(secrets, catalogue)] };

function policyAt(form: PrivilegeForm, index: number): PolicyForm {
  const policy = form.policies[index];
  if (!policy) throw new Error(`there is no policy ${index}`);
  return policy;
}

describe("a new form", () => {
  it("has nothing to lose until something is written", () => {
    expect(isWritten(emptyForm)).toBe(false);
    expect(isWritten(after({ kind: "text", field: "name", text: "  " }))).toBe(false);
    expect(isWritten(after({ kind: "text", field: "ticket", text: "INC-1" }))).toBe(true);
    expect(isWritten(after({ kind: "duration", duration: timed }))).toBe(true);
    expect(isWritten(after({ kind: "start", start: "2026-01-01T12:00:00.000Z" }))).toBe(true);
    expect(isWritten(after(addSecrets))).toBe(true);
  });
});

describe("a policy that is added", () => {
  it("starts with the actions of the viewing template, without its conditions", () => {
    expect(startingPolicy(secrets, catalogue)).toEqual({
      subject: "secrets",
      actions: ["describeSecret", "readValue"],
      inverted: false,
      conditions: [],
    });
  });

  it("starts with reading where no template for viewing names it", () => {
    expect(startingPolicy(roles, catalogue).actions).toEqual(["read"]);
  });

  it("keeps the conditions of the template it comes from", () => {
    const form = after({ kind: "add", policies: catalogue.templates[1]?.policies ?? [] });
    expect(policyAt(form, 0).conditions).toMatchObject([
      { property: "environment", operator: "$in", values: ["dev", "staging"] },
    ]);
  });
});

describe("cards", () => {
  it("never share a key, whatever is duplicated, removed and brought back", () => {
    let form = after({ kind: "add", policies: catalogue.templates[1]?.policies ?? [] }, addSecrets);
    form = edited(form, { kind: "duplicate", policy: policyAt(form, 0).key });
    const removed = policyAt(form, 1);
    form = edited(form, { kind: "remove", policy: removed.key });
    form = edited(form, addSecrets);
    form = edited(form, { kind: "restore", policy: removed, at: 1 });
    const keys = form.policies.flatMap(({ key, conditions }) => [
      key,
      ...conditions.map((condition) => condition.key),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...keys)).toBeLessThan(form.nextKey);
  });

  it("put a duplicate right after its original", () => {
    const form = after(addSecrets, { kind: "add", policies: [startingPolicy(roles, catalogue)] });
    const grown = edited(form, { kind: "duplicate", policy: policyAt(form, 0).key });
    expect(grown.policies.map(({ subject }) => subject)).toEqual(["secrets", "secrets", "role"]);
  });

  it("come back where they stood", () => {
    const form = after(addSecrets, { kind: "add", policies: [startingPolicy(roles, catalogue)] });
    const policy = policyAt(form, 0);
    const without = edited(form, { kind: "remove", policy: policy.key });
    expect(edited(without, { kind: "restore", policy, at: 0 }).policies).toEqual(form.policies);
  });
});

describe("conditions", () => {
  const withCondition = (property: string, name: string): PolicyForm =>
    policyAt(
      after(addSecrets, {
        kind: "addCondition",
        policy: 1,
        condition: { property, operator: name },
      }),
      0,
    );

  it("offer only properties that have an operator", () => {
    const offered = propertiesFor(secrets, policyAt(after(addSecrets), 0));
    expect(offered.map(({ property }) => property)).toEqual(["environment", "secretPath"]);
  });

  it("do not offer an operator twice for one property", () => {
    const policy = withCondition("environment", "$eq");
    const [environment] = secrets.properties;
    if (!environment) throw new Error("no property");
    expect(operatorsFor(environment, policy)).toEqual([IN]);
    expect(operatorsFor(environment, policy, policy.conditions[0])).toEqual([EQUAL, IN]);
  });

  it("start a path with a glob as long as that is free", () => {
    const path = secrets.properties[1];
    if (!path) throw new Error("no property");
    expect(firstOperator(path, policyAt(after(addSecrets), 0))).toBe("$glob");
    expect(firstOperator(path, withCondition("secretPath", "$glob"))).toBe("$eq");
  });
});

describe("the draft that is sent", () => {
  const written = after(
    { kind: "text", field: "name", text: "Incident 4711: Payments" },
    { kind: "duration", duration: { mode: "timed", range: " 4h ", end: "" } },
    addSecrets,
    { kind: "addCondition", policy: 1, condition: { property: "environment", operator: "$eq" } },
    {
      kind: "condition",
      policy: 1,
      condition: { key: 2, property: "environment", operator: "$eq", values: ["prod", "dev"] },
    },
  );

  it("has the name as it would be stored and the range without blanks", () => {
    expect(draftOf(written, { member: "m1", subjects: catalogue.subjects })).toMatchObject({
      member: "m1",
      slug: "incident-4711-payments",
      duration: { kind: "timed", range: "4h" },
    });
  });

  it("sends one value to an operator of one value, and keeps the others on the form", () => {
    const values = (form: PrivilegeForm) =>
      draftOf(form, { member: "m1", subjects: catalogue.subjects }).policies[0]?.conditions[0]
        ?.values;
    expect(values(written)).toEqual(["prod"]);
    const asList = edited(written, {
      kind: "condition",
      policy: 1,
      condition: { key: 2, property: "environment", operator: "$in", values: ["prod", "dev"] },
    });
    expect(values(asList)).toEqual(["prod", "dev"]);
  });

  it("keeps the range while the privilege is permanent, without sending it", () => {
    const permanent = edited(written, {
      kind: "duration",
      duration: { ...written.duration, mode: "permanent" },
    });
    const draft = draftOf(permanent, { member: "m1", subjects: catalogue.subjects });
    expect(draft.duration).toEqual({ kind: "permanent" });
    expect(permanent.duration.range).toBe(" 4h ");
  });
});
