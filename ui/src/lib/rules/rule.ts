/**
 * One rule as it is written, shown as a form, and edits of it that change only what they name.
 *
 * A form shows what the server's API can mean: one subject, actions, Allow or Forbid, conditions by
 * property and operator. Everything else a rule holds is kept and told in words. Nothing is decided
 * here; whether a rule is legal or what it allows is for the core to say.
 */
import {
  get,
  isList,
  isObject,
  object,
  set,
  without,
  writeJson,
  type Json,
  type JsonObject,
} from "../json";

/** One condition: how a property compares to what. */
export interface WrittenCondition {
  /** The property; for a member of a list's elements, such as `metadata.$elemMatch.key`. */
  property: string;
  operator: string;
  values: readonly string[];
  /** The operand is a list. */
  isList: boolean;
  /** Set if no field can show what is written: the JSON of it. */
  odd?: string;
}

/** What stands between a list property and the member of its elements. */
const ELEMENT = ".$elemMatch.";

/** The keys of a rule that a form shows. */
const KNOWN = ["subject", "action", "inverted", "conditions"];

/** The subject, if it is a single one. */
export function subjectOf(rule: Json): string | undefined {
  if (!isObject(rule)) return undefined;
  const subject = get(rule, "subject");
  if (typeof subject === "string") return subject;
  if (isList(subject) && subject.length === 1 && typeof subject[0] === "string") return subject[0];
  return undefined;
}

/** Every subject that the rule names. */
export function subjectsOf(rule: Json): readonly string[] {
  if (!isObject(rule)) return [];
  return textsOf(get(rule, "subject"));
}

/** The actions in the order written, repeated ones included. */
export function actionsOf(rule: Json): readonly string[] {
  return isObject(rule) ? textsOf(get(rule, "action")) : [];
}

/** Whether the rule takes away. The server goes by JavaScript's idea of truth. */
export function isForbid(rule: Json): boolean {
  if (!isObject(rule)) return false;
  const inverted = get(rule, "inverted");
  if (inverted === undefined || inverted === null || inverted === false || inverted === "") {
    return false;
  }
  if (typeof inverted === "object" && "number" in inverted) return Number(inverted.number) !== 0;
  return true;
}

/** Whether nothing but subject, actions and effect is written. */
export function isPlain(rule: Json): boolean {
  return (
    isObject(rule) &&
    rule.members.every(([key]) => ["subject", "action", "inverted"].includes(key)) &&
    oddParts(rule) === undefined
  );
}

/** The conditions, one for each property and operator. */
export function conditionsOf(rule: Json): WrittenCondition[] {
  const conditions = isObject(rule) ? get(rule, "conditions") : undefined;
  if (!isObject(conditions)) return [];
  return conditions.members.flatMap(([property, test]) => testsOf(property, test));
}

/** What is written that no field of a form shows, as one text. */
export function oddParts(rule: Json): string | undefined {
  if (!isObject(rule)) return writeJson(rule);
  const odd = rule.members.filter(([key, value]) => !KNOWN.includes(key) || isOddPart(key, value));
  if (odd.length === 0) return undefined;
  return odd.map(([key, value]) => `${JSON.stringify(key)}: ${writeJson(value)}`).join(", ");
}

/** The rule with these actions. */
export function withActions(rule: Json, actions: readonly string[]): Json {
  if (!isObject(rule)) return rule;
  return set(rule, "action", [...actions]);
}

/** The rule as an Allow or as a Forbid. A key that is not needed is not added. */
export function withEffect(rule: Json, forbid: boolean): Json {
  if (!isObject(rule) || isForbid(rule) === forbid) return rule;
  if (get(rule, "inverted") !== undefined) return set(rule, "inverted", forbid);
  if (!forbid) return rule;
  const at = rule.members.findIndex(([key]) => key === "conditions");
  const members = [...rule.members];
  members.splice(at < 0 ? members.length : at, 0, ["inverted", true]);
  return { members };
}

/** The rule with one more condition, whose value is still to be written. */
export function withCondition(rule: Json, property: string, operator: string, operand: Json): Json {
  if (!isObject(rule)) return rule;
  const written = get(rule, "conditions");
  const conditions = isObject(written) ? written : object();
  return set(rule, "conditions", withTest(conditions, property, operator, operand));
}

/** The rule without that condition; conditions that are left empty go with it. */
export function withoutCondition(rule: Json, property: string, operator: string): Json {
  if (!isObject(rule)) return rule;
  const conditions = get(rule, "conditions");
  if (!isObject(conditions)) return rule;
  const rest = withoutTest(conditions, property, operator);
  return rest.members.length === 0 ? without(rule, "conditions") : set(rule, "conditions", rest);
}

/** The rule with another operand, or another property or operator in the place of a condition. */
export function withChangedCondition(
  rule: Json,
  before: Pick<WrittenCondition, "property" | "operator">,
  after: Pick<WrittenCondition, "property" | "operator">,
  operand: Json,
): Json {
  if (!isObject(rule)) return rule;
  const conditions = get(rule, "conditions");
  if (!isObject(conditions)) return rule;
  const [name, member] = pathOf(before.property);
  const [newName, newMember] = pathOf(after.property);
  if (before.property === after.property) {
    const changed = inTest(conditions, name, member, (test) =>
      renamedOperator(test, before.operator, after.operator, operand),
    );
    return set(rule, "conditions", changed);
  }
  const single = withoutTest(conditions, before.property, before.operator);
  const isGone = get(single, name) === undefined;
  if (isGone && get(conditions, newName) === undefined && newMember === undefined) {
    // The new property takes the place of the old one.
    const members = conditions.members.map((entry): readonly [string, Json] =>
      entry[0] === name ? [newName, object([after.operator, operand])] : entry,
    );
    return set(rule, "conditions", { members });
  }
  return set(rule, "conditions", withTest(single, after.property, after.operator, operand));
}

/** A rule as the server's current API writes it. */
export function newRule(
  subject: string,
  actions: readonly string[],
  forbid = false,
  conditions?: JsonObject,
): JsonObject {
  const members: [string, Json][] = [
    ["subject", subject],
    ["action", [...actions]],
  ];
  if (forbid) members.push(["inverted", true]);
  if (conditions && conditions.members.length > 0) members.push(["conditions", conditions]);
  return { members };
}

/** Whether two rules differ in their actions at most. */
export function differOnlyInActions(one: Json, other: Json): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  if (isForbid(one) !== isForbid(other)) return false;
  return besideActions(one) === besideActions(other);
}

/**
 * All of a rule but its actions and its effect, as text with keys in order. A rule is never changed
 * in place, so it is written once.
 */
function besideActions(rule: JsonObject): string {
  const known = besides.get(rule);
  if (known !== undefined) return known;
  const rest = writeJson(sorted(without(without(rule, "action"), "inverted")));
  besides.set(rule, rest);
  return rest;
}

const besides = new WeakMap<JsonObject, string>();

/** The value with the keys of its objects in order, for comparing. */
export function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const members = value.members.map(([key, held]) => [key, sorted(held)] as const);
  return { members: members.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

function isOddPart(key: string, value: Json): boolean {
  switch (key) {
    case "subject":
      return !(typeof value === "string" || (isList(value) && value.length === 1));
    case "action":
      return !(typeof value === "string" || (isList(value) && value.every(isText)));
    case "inverted":
      return typeof value !== "boolean";
    default:
      return !isObject(value);
  }
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

function testsOf(property: string, test: Json): WrittenCondition[] {
  if (typeof test === "string") {
    return [{ property, operator: "$eq", values: [test], isList: false }];
  }
  if (!isObject(test) || test.members.length === 0) return [oddTest(property, "$eq", test)];
  return test.members.flatMap(([operator, operand]) => {
    if (operator === "$elemMatch" && isObject(operand) && operand.members.length > 0) {
      return operand.members.flatMap(([member, inner]) =>
        testsOf(property + ELEMENT + member, inner),
      );
    }
    return [operandOf(property, operator, operand)];
  });
}

function operandOf(property: string, operator: string, operand: Json): WrittenCondition {
  if (typeof operand === "string") return { property, operator, values: [operand], isList: false };
  if (isList(operand) && operand.every(isText)) {
    return { property, operator, values: operand, isList: true };
  }
  return oddTest(property, operator, operand);
}

function oddTest(property: string, operator: string, value: Json): WrittenCondition {
  return { property, operator, values: [], isList: false, odd: writeJson(value) };
}

/** The property, and the member of its elements if it names one. */
function pathOf(property: string): [string, string | undefined] {
  const at = property.indexOf(ELEMENT);
  if (at < 0) return [property, undefined];
  return [property.slice(0, at), property.slice(at + ELEMENT.length)];
}

/** What `operators` are once a bare value stands as the operator it means. */
function operatorsOf(test: Json | undefined): JsonObject {
  if (isObject(test)) return test;
  return test === undefined ? object() : object(["$eq", test]);
}

function withTest(
  conditions: JsonObject,
  property: string,
  operator: string,
  operand: Json,
): JsonObject {
  const [name, member] = pathOf(property);
  const test = operatorsOf(get(conditions, name));
  if (member === undefined) return set(conditions, name, set(test, operator, operand));
  const written = get(test, "$elemMatch");
  const element = isObject(written) ? written : object();
  const inner = set(operatorsOf(get(element, member)), operator, operand);
  return set(conditions, name, set(test, "$elemMatch", set(element, member, inner)));
}

function withoutTest(conditions: JsonObject, property: string, operator: string): JsonObject {
  const [name, member] = pathOf(property);
  const test = get(conditions, name);
  const drop = (from: Json | undefined): JsonObject =>
    isObject(from) ? without(from, operator) : object();
  const put = (into: JsonObject, key: string, left: JsonObject) =>
    left.members.length === 0 ? without(into, key) : set(into, key, left);
  if (member === undefined) return put(conditions, name, drop(test));
  if (!isObject(test)) return conditions;
  const element = get(test, "$elemMatch");
  if (!isObject(element)) return conditions;
  const rest = put(element, member, drop(get(element, member)));
  return put(conditions, name, put(test, "$elemMatch", rest));
}

function inTest(
  conditions: JsonObject,
  name: string,
  member: string | undefined,
  change: (test: Json) => Json,
): JsonObject {
  const test = get(conditions, name);
  if (test === undefined) return conditions;
  if (member === undefined) return set(conditions, name, change(test));
  if (!isObject(test)) return conditions;
  const element = get(test, "$elemMatch");
  if (!isObject(element)) return conditions;
  const inner = get(element, member);
  if (inner === undefined) return conditions;
  return set(conditions, name, set(test, "$elemMatch", set(element, member, change(inner))));
}

/** A bare value stays bare for as long as it means `$eq`. */
function renamedOperator(test: Json, before: string, after: string, operand: Json): Json {
  if (!isObject(test)) {
    return after === "$eq" && typeof operand === "string" ? operand : object([after, operand]);
  }
  return {
    members: test.members
      // An operator stands once: JSON with two of a name is not read back as it was written.
      .filter(([name]) => name === before || name !== after)
      .map((entry): readonly [string, Json] => (entry[0] === before ? [after, operand] : entry)),
  };
}
