import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut, readJson, writeJson, type Json } from "../json";
import {
  edited,
  listOf,
  mergeable,
  names,
  readRules,
  writeRules,
  type RuleList,
  type RuleListEdit,
} from "./edits";
import { actionsOf, conditionsOf, isForbid, oddParts, subjectOf } from "./rule";
import { readSteps, writeSteps } from "./keptSteps";
import { done, present, redone, stepsFrom, undone, type Steps } from "./steps";

const SUBJECTS = ["secrets", "secret-folders", "tags", "planets"];
const ACTIONS = ["read", "readValue", "describeSecret", "create", "edit", "orbit"];

/** JSON text of any kind, with numbers spelled in odd ways. */
const anyJson: fc.Arbitrary<string> = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      "null",
      "true",
      "false",
      "0",
      "-0",
      "1.0",
      "1e2",
      "1E+2",
      "12345678901234567890123",
    ),
    fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text.toWellFormed())),
    fc.array(tie("json"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom("a", "1", "0", "$in", "__proto__", "é"), tie("json")), {
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map(
        (members) =>
          `{${members.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(",")}}`,
      ),
  ),
})).json;

const text = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((value) => JSON.stringify(value));
const test = fc.oneof(
  text(fc.constantFrom("dev", "/app/**", "")),
  text(fc.record({ $in: fc.array(fc.constantFrom("dev", "prod"), { maxLength: 3 }) })),
  text(fc.record({ $glob: fc.constantFrom("/a/*", "{{identity.id}}"), $ne: fc.constant("x") })),
  fc.constant('{"$elemMatch":{"key":{"$eq":"a"},"value":{"$in":["b"]}}}'),
  fc.constant("{}"),
  anyJson,
);
const conditions = fc
  .uniqueArray(fc.tuple(fc.constantFrom("environment", "secretPath", "metadata", "odd"), test), {
    maxLength: 3,
    selector: ([key]) => key,
  })
  .map((members) => `{${members.map(([key, json]) => `"${key}":${json}`).join(",")}}`);

/** Rules, valid and odd. */
const anyRule: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: anyJson, weight: 1 },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.oneof(text(fc.constantFrom(...SUBJECTS)), text(fc.subarray(SUBJECTS)), anyJson),
        fc.oneof(
          text(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 4 })),
          text(fc.constantFrom(...ACTIONS)),
          anyJson,
        ),
        fc.option(fc.oneof(fc.constantFrom("true", "false", '"yes"', "0", "null"), anyJson)),
        fc.option(fc.oneof(conditions, anyJson)),
        fc.option(anyJson),
      )
      .map(([subject, action, inverted, tests, note]) => {
        const members = [`"subject":${subject}`, `"action":${action}`];
        if (inverted !== null) members.unshift(`"inverted":${inverted}`);
        if (tests !== null) members.push(`"conditions":${tests}`);
        if (note !== null) members.push(`"x-note":${note}`);
        return `{${members.join(",")}}`;
      }),
  },
);
const anyRules = fc.array(anyRule, { maxLength: 8 }).map((rules) => `[${rules.join(",")}]`);

function read(rules: string): RuleList {
  const reading = readRules(rules);
  if ("error" in reading) throw new Error(`${reading.error.message} in ${rules}`);
  return listOf(reading.rules);
}

/** Looks at every rule the way the cards do. */
function render(list: RuleList): void {
  for (const { rule } of list.rules) {
    conditionsOf(rule);
    actionsOf(rule);
    subjectOf(rule);
    isForbid(rule);
    oddParts(rule);
  }
}

const cells = fc.record({
  subject: fc.constantFrom(...SUBJECTS),
  actions: fc.subarray(ACTIONS, { minLength: 1 }),
});
const toggle: fc.Arbitrary<RuleListEdit> = fc.record({
  kind: fc.constant("cells" as const),
  cells: fc.array(cells, { minLength: 1, maxLength: 3 }),
  effect: fc.constantFrom("allow" as const, "forbid" as const),
  on: fc.boolean(),
});
const condition = fc.record({
  property: fc.constantFrom("environment", "secretPath", "metadata.$elemMatch.key"),
  operator: fc.constantFrom("$eq", "$in", "$glob"),
  values: fc.array(fc.constantFrom("dev", "a,b"), { maxLength: 2 }),
  isList: fc.boolean(),
});
const rule = fc.integer({ min: 1, max: 10 });
const place = fc.integer({ min: 0, max: 4 });
const anyEdit: fc.Arbitrary<RuleListEdit> = fc.oneof(
  toggle,
  fc.record({ kind: fc.constantFrom("remove" as const, "duplicate", "split", "merge"), rule }),
  fc.record({
    kind: fc.constant("move" as const),
    rule,
    by: fc.constantFrom(-1 as const, 1 as const),
    within: fc.constantFrom("subject" as const, "list" as const),
  }),
  fc.record({ kind: fc.constant("effect" as const), rule, forbid: fc.boolean() }),
  fc.record({ kind: fc.constant("actions" as const), rule, actions: fc.subarray(ACTIONS) }),
  fc.record({ kind: fc.constant("addCondition" as const), rule, condition }),
  fc.record({ kind: fc.constant("condition" as const), rule, place, condition }),
  fc.record({ kind: fc.constant("removeCondition" as const), rule, place }),
  fc.record({
    kind: fc.constant("fill" as const),
    from: cells,
    to: fc.array(cells, { maxLength: 2 }),
  }),
);

describe("rules as they are written", () => {
  it("are saved byte by byte as they were loaded, whatever they are", () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const list = read(rules);
        render(list);
        expect(writeRules(list)).toBe(rules);
      }),
      { numRuns: 500 },
    );
  });

  it("are the same after they were laid out for reading and read again", () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const reading = readJson(rules);
        if ("error" in reading) throw new Error(reading.error.message);
        const again = readJson(layOut(reading.value));
        expect("value" in again && writeJson(again.value)).toBe(rules);
      }),
    );
  });

  it("keep a repeated key in its first place with its last value, as the core does", () => {
    expect(writeRules(read('[{"a":1,"b":2,"a":3}]'))).toBe('[{"a":3,"b":2}]');
  });
});

describe("edits", () => {
  it("leave every other rule as it was written", () => {
    fc.assert(
      fc.property(anyRules, anyRule, anyEdit, (rules, stranger, edit) => {
        // The stranger's key is none that an edit can name, and no cell is about its subject.
        const odd = `{"subject":"nobody-touches-this","kept":${stranger}}`;
        const list = read(rules);
        const reading = readRules(`[${odd}]`);
        if ("error" in reading) throw new Error(reading.error.message);
        const [kept] = reading.rules;
        if (kept === undefined) throw new Error("no rule");
        const mixed = { rules: [{ key: 1_000, rule: kept }, ...list.rules], nextKey: 2_000 };
        const after = edited(mixed, edit);
        const found = after.rules.find(({ key }) => key === 1_000);
        expect(found && writeJson(found.rule)).toBe(odd);
      }),
      { numRuns: 400 },
    );
  });

  it("are all taken back by as many undos, and done again by as many redos", () => {
    fc.assert(
      fc.property(anyRules, fc.array(anyEdit, { maxLength: 12 }), (rules, edits) => {
        const first = read(rules);
        let steps = stepsFrom(first);
        for (const edit of edits) {
          steps = done(steps, { name: edit.kind, after: edited(present(steps), edit) });
        }
        const last = writeRules(present(steps));
        const count = steps.done.length;
        for (let at = 0; at < count; at++) steps = undone(steps);
        expect(present(steps)).toBe(first);
        expect(writeRules(present(steps))).toBe(rules);
        for (let at = 0; at < count; at++) steps = redone(steps);
        expect(writeRules(present(steps))).toBe(last);
      }),
      { numRuns: 300 },
    );
  });

  it("can be undone and done again after they were kept as text", () => {
    const texts = (steps: Steps<RuleList>) =>
      [steps.first, ...[...steps.done, ...steps.undone].map((step) => step.after)].map(writeRules);
    const edits = fc.array(anyEdit, { maxLength: 12 });
    fc.assert(
      fc.property(anyRules, edits, fc.nat({ max: 6 }), (rules, made, back) => {
        let steps = stepsFrom(read(rules));
        for (const edit of made) {
          steps = done(steps, { name: edit.kind, after: edited(present(steps), edit) });
        }
        for (let at = 0; at < back; at++) steps = undone(steps);
        const again = readSteps(writeSteps(steps));
        if (!again) throw new Error(`not read back: ${writeSteps(steps)}`);
        expect(texts(again)).toEqual(texts(steps));
        expect(again.done.map(({ name }) => name)).toEqual(steps.done.map(({ name }) => name));
        expect(again.undone.length).toBe(steps.undone.length);
        for (const { after } of again.done) {
          const keys = after.rules.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are none in a text that holds none", () => {
    for (const text of ["", "{}", "[]", '{"rules":[],"first":[0],"done":[],"undone":[]}']) {
      expect(readSteps(text), text).toBeUndefined();
    }
  });

  it("never give two rules one key", () => {
    fc.assert(
      fc.property(anyRules, fc.array(anyEdit, { maxLength: 8 }), (rules, edits) => {
        const list = edits.reduce(edited, read(rules));
        const keys = list.rules.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(Math.max(0, ...keys)).toBeLessThan(list.nextKey);
      }),
    );
  });
});

describe("a cell", () => {
  const allow = (on: boolean): RuleListEdit => ({
    kind: "cells",
    cells: [{ subject: "tags", actions: ["read"] }],
    effect: "allow",
    on,
  });

  it("that is allowed joins the rule without conditions", () => {
    const rules = '[{"subject":"tags","action":["create"]},{"subject":"secrets","action":"read"}]';
    expect(writeRules(edited(read(rules), allow(true)))).toBe(
      '[{"subject":"tags","action":["create","read"]},{"subject":"secrets","action":"read"}]',
    );
  });

  it("that is cleared leaves every Allow of the subject, and a rule left empty goes", () => {
    const rules =
      '[{"subject":"tags","action":"read"},{"subject":"tags","action":["read","edit"],"conditions":{}}]';
    expect(writeRules(edited(read(rules), allow(false)))).toBe(
      '[{"subject":"tags","action":["edit"],"conditions":{}}]',
    );
  });

  it("is not cleared in a rule on several subjects, which would lose the others", () => {
    const rules = '[{"subject":["tags","role"],"action":["read"]}]';
    expect(writeRules(edited(read(rules), allow(false)))).toBe(rules);
  });
});

describe("splitting and merging", () => {
  const rules =
    '[{"subject":"secrets","action":["readValue","edit"],"conditions":{"environment":"dev"}}]';

  it("undo each other", () => {
    const parts = edited(read(rules), { kind: "split", rule: 1 });
    expect(parts.rules).toHaveLength(2);
    expect(writeRules(edited(parts, { kind: "merge", rule: 1 }))).toBe(rules);
  });

  it("do not pass over a rule on the same subject", () => {
    const list = read(
      '[{"subject":"tags","action":"read"},{"subject":"tags","action":"edit","inverted":true},{"subject":"tags","action":"edit"}]',
    );
    expect(mergeable(list, 1)).toBeUndefined();
  });

  it("pass over rules on other subjects", () => {
    const list = read(
      '[{"subject":"tags","action":"read"},{"subject":"role","action":"read"},{"subject":"tags","action":"edit"}]',
    );
    expect(mergeable(list, 1)).toEqual({ with: 2 });
  });
});

describe("filling down", () => {
  it("gives the other cells the same effects under the same conditions", () => {
    const list = read(
      '[{"subject":"secrets","action":["edit","read"],"conditions":{"environment":"dev"}},{"subject":"secret-folders","action":["edit"]}]',
    );
    const after = edited(list, {
      kind: "fill",
      from: { subject: "secrets", actions: ["edit"] },
      to: [{ subject: "secret-folders", actions: ["edit"] }],
    });
    expect(writeRules(after)).toBe(
      '[{"subject":"secrets","action":["edit","read"],"conditions":{"environment":"dev"}},' +
        '{"subject":"secret-folders","action":["edit"],"conditions":{"environment":"dev"}}]',
    );
  });
});

describe("conditions", () => {
  const only = (conditionsJson: string) =>
    read(`[{"subject":"secrets","action":["edit"],"conditions":${conditionsJson}}]`);
  const conditionText = (list: RuleList): string => {
    const json = writeRules(list);
    return json.slice(json.indexOf('"conditions":') + 13, -2);
  };

  it("keep a bare value bare while it means Equal", () => {
    const edit = (operator: string): RuleListEdit => ({
      kind: "condition",
      rule: 1,
      place: 0,
      condition: { property: "environment", operator, values: ["prod"], isList: false },
    });
    const list = only('{"environment":"dev"}');
    expect(conditionText(edited(list, edit("$eq")))).toBe('{"environment":"prod"}');
    expect(conditionText(edited(list, edit("$ne")))).toBe('{"environment":{"$ne":"prod"}}');
  });

  it("reach into the elements of a list", () => {
    const list = only('{"environment":"dev"}');
    const add: RuleListEdit = {
      kind: "addCondition",
      rule: 1,
      condition: {
        property: "metadata.$elemMatch.key",
        operator: "$eq",
        values: ["team"],
        isList: false,
      },
    };
    const grown = edited(list, add);
    expect(conditionText(grown)).toBe(
      '{"environment":"dev","metadata":{"$elemMatch":{"key":{"$eq":"team"}}}}',
    );
    const without = edited(grown, { kind: "removeCondition", rule: 1, place: 1 });
    expect(conditionText(without)).toBe('{"environment":"dev"}');
  });

  it("with a value that no field shows are kept while another one is edited", () => {
    const list = only('{"environment":{"$regex":{"a":1.0},"$eq":"dev"}}');
    const after = edited(list, {
      kind: "condition",
      rule: 1,
      place: 1,
      condition: { property: "environment", operator: "$ne", values: ["x"], isList: false },
    });
    expect(conditionText(after)).toBe('{"environment":{"$regex":{"a":1.0},"$ne":"x"}}');
  });
});

it("a name of an action counts for its own effect only", () => {
  const list = read('[{"subject":"tags","action":"read","inverted":true}]');
  expect(names(list, "tags", "read", "allow")).toBe(false);
  expect(names(list, "tags", "read", "forbid")).toBe(true);
});

it("typing in one field is one step", () => {
  let steps = stepsFrom<Json>("");
  for (const after of ["a", "ab", "abc"])
    steps = done(steps, { name: "Edit", after, run: "field" });
  expect(steps.done).toHaveLength(1);
  expect(present(undone(steps))).toBe("");
});
