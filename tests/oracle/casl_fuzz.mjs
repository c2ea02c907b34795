// Asks the server's own libraries about random rules and requests.
//
//   node casl_fuzz.mjs --seed 1 --count 1000 --per 25
//
// Prints `count` lines {"rules", "requests": [{action, subject, attributes}], "answers": "ADE…"}: one
// letter for each request, A allowed, D denied, E where the library throws and the server answers 500.
// Rules stand as given (the last that applies decides), as the server hands them to the library.

import { buildMongoQueryMatcher, createMongoAbility, subject as typed } from "@casl/ability";
import picomatch from "picomatch";
import { argument, chance, pick, several } from "./random.mjs";

const $glob = {
  type: "field",
  validate(instruction, value) {
    if (typeof value !== "string") throw new Error(`"${instruction.name}" expects value to be a string`);
  },
};
const glob = (node, object, context) => {
  const value = context.get(object, node.field);
  if (node.value === "") return false;
  return picomatch.isMatch(value, node.value, { strictSlashes: false });
};
const conditionsMatcher = buildMongoQueryMatcher({ $glob }, { glob });

const count = Number(argument("count", "100"));
const per = Number(argument("per", "25"));


const allSubjects = ["secrets", "secret-folders", "dynamic-secrets", "tags"];
const allActions = ["read", "readValue", "describeSecret", "create", "edit", "delete", "lease"];
// Few per case, so that rules and requests meet.
let subjects = allSubjects;
let actions = allActions;
const environments = ["dev", "staging", "prod", "prod-eu", "qa"];
const paths = ["/", "/app", "/app/db", "/app/db/eu", "/app/.env", "/web", "/team-a/x", "//", "", "/app/"];
const names = ["DB_HOST", "DB_PASSWORD", "STRIPE_KEY", "AWS_REGION", "A", "", "é", "日本", "😀"];
const tags = ["pii", "temp", "team-a", "critical", ""];
const globs = [
  "/app/*", "/app/**", "/**", "*", "**", "/*", "/{app,web}/**", "DB_*", "*_KEY", "*KEY*", "prod*", "{dev,qa}", "!prod", "/**/*",
  "/app/*/**", "/app/?b", "[a-d]*", "/a+(p)", "", "/", "prod", "(a|b)", "//**", "/app/.*", "*.env", "d?v", "\\*", "{1..3}", "[!d]*",
];
const scalars = [null, true, false, 0, 1, 2, -1, 1.5, "", "0", "1", "12", "dev", "pii", "x", "prod"];
const operators = ["$eq", "$ne", "$in", "$nin", "$all", "$gt", "$gte", "$lt", "$lte", "$size", "$exists", "$glob", "$regex", "$elemMatch"];
const properties = ["environment", "secretPath", "secretName", "secretTags", "metadata"];

const plainValue = (property) => {
  switch (property) {
    case "environment": return pick(environments);
    case "secretPath": return pick(paths);
    case "secretName": return pick(names);
    case "secretTags": return pick(tags);
    default: return pick(["team", "x", "owner"]);
  }
};
const anyValue = (property) =>
  chance(0.75) ? plainValue(property) : chance(0.7) ? pick(scalars) : pick([[], ["pii"], {}, { a: 1 }, ["dev", "dev"], [["pii"]]]);
const list = (property) => several(0, 3, () => anyValue(property));

function operand(operator, property, depth) {
  if (chance(0.03)) return pick([null, 5, "x", [], {}, ["x"], true]);
  switch (operator) {
    case "$eq": case "$ne": return anyValue(property);
    case "$in": case "$nin": case "$all": return list(property);
    case "$gt": case "$gte": case "$lt": case "$lte": return chance(0.6) ? plainValue(property) : pick([0, 1, 2, -1, 1.5, 100]);
    case "$size": return pick([0, 1, 2, 3]);
    case "$exists": return chance(0.5);
    case "$glob": return chance(0.9) ? pick(globs) : plainValue(property);
    case "$regex": return pick(["^d", "d$", "prod", "^a.*z$", "^/app/.*", "DB_.*", "b+", "^$", "p.*", "s*"]);
    case "$elemMatch": return depth > 0 ? element(depth - 1) : {};
    default: return plainValue(property);
  }
}
function operatorSet(property, depth) {
  const set = {};
  for (const operator of several(1, chance(0.75) ? 1 : 3, () => (chance(0.03) ? pick(["$foo", "bar", "$not", "$or", "$options"]) : pick(operators)))) {
    set[operator] = operand(operator, property, depth);
  }
  return set;
}
function element(depth) {
  if (chance(0.15)) return operatorSet("secretTags", depth);
  const inner = {};
  for (const key of several(0, 2, () => pick(["key", "value", "key", "value", "extra", "a.b"]))) inner[key] = test("metadata", depth);
  return inner;
}
function test(property, depth) {
  if (chance(0.3)) return anyValue(property);
  if (chance(0.05)) return pick([{}, { a: 1 }, { $foo: 1 }, { a: 1, $eq: "x" }]);
  return operatorSet(property, depth);
}
const odd = [
  "metadata.key", "metadata.value", "metadata.0", "metadata.0.key", "secretTags.0", "secretTags.x", "nested.a", "nested.a.b", "nested.list.x",
  "environment.x", "missing", "missing.x", "0", "10", "a", "$eq", "$glob", "constructor", "metadata.key.0", "nested", "metadata.extra",
];
function conditions() {
  if (chance(0.02)) return pick([null, 0, "", "x", true, 5, [], [{ environment: "dev" }], [{ $ne: 1 }], "ab"]);
  const all = {};
  for (const property of several(chance(0.05) ? 0 : 1, 3, () => (chance(0.85) ? pick(properties) : pick(odd)))) {
    all[property] =
      property === "metadata" && chance(0.6) ? { $elemMatch: chance(0.95) ? element(2) : pick([null, 5, [], "x"]) } : chance(0.75) ? realistic(property) : test(property, 2);
  }
  return all;
}
function realistic(property) {
  if (property === "secretTags") return chance(0.7) ? { $in: several(1, 3, () => pick(tags)) } : { $all: several(0, 2, () => pick(tags)) };
  return pick([
    () => plainValue(property),
    () => ({ $eq: plainValue(property) }),
    () => ({ $ne: plainValue(property) }),
    () => ({ $in: several(1, 3, () => plainValue(property)) }),
    () => ({ $glob: pick(globs) }),
    () => ({ $glob: pick(globs), $ne: plainValue(property) }),
  ])();
}
function rule() {
  const made = {};
  const write = {
    subject: () => {
      if (chance(0.01)) return;
      made.subject = chance(0.03) ? "all" : chance(0.1) ? several(chance(0.2) ? 0 : 1, 2, () => pick(subjects)) : pick(subjects);
      if (chance(0.005)) made.subject = pick(["", null, 0]);
    },
    action: () => {
      if (chance(0.005)) return;
      made.action = chance(0.03) ? "manage" : chance(0.3) ? pick(actions) : several(chance(0.02) ? 0 : 1, 4, () => (chance(0.02) ? "manage" : pick(actions)));
    },
    inverted: () => {
      if (chance(0.3)) made.inverted = chance(0.9) ? true : pick([1, "false", "x"]);
      else if (chance(0.3)) made.inverted = chance(0.9) ? false : pick([0, "", null]);
    },
    conditions: () => {
      if (chance(0.8)) made.conditions = conditions();
    },
    fields: () => {
      if (chance(0.01)) made.fields = chance(0.8) ? pick([["a"], "a", "", null, ["a", "b"]]) : [];
    },
  };
  for (const key of ["subject", "action", "inverted", "conditions", "fields"].sort(() => (chance(0.1) ? 1 : 0))) write[key]();
  return made;
}
const metadata = () =>
  several(0, 3, () =>
    chance(0.93)
      ? { key: pick(["team", "x", "owner"]), value: pick(["x", "team", "y", 1, null, ["x"]]), ...(chance(0.1) ? { a: { b: pick(scalars) } } : {}) }
      : pick([null, "team", 5, [], ["x"], {}, true, ""]),
  );
function attributes() {
  if (chance(0.12)) return null;
  const made = {};
  if (chance(0.97)) made.environment = chance(0.98) ? pick(environments) : pick(scalars);
  if (chance(0.97)) made.secretPath = chance(0.98) ? pick(paths) : pick(scalars);
  if (chance(0.8)) made.secretName = chance(0.98) ? pick(names) : pick([...scalars, [], ["A"]]);
  if (chance(0.7)) made.secretTags = chance(0.97) ? several(0, 3, () => pick(tags)) : pick([...scalars, [null], [["pii"]], [1, "pii"], {}]);
  if (chance(0.4)) made.metadata = chance(0.97) ? metadata() : pick(scalars);
  if (chance(0.1)) made.nested = pick([{ a: "x" }, { a: { b: 1 } }, { a: [{ b: 1 }, { b: "x" }] }, { list: [{ x: 1 }, { x: [2, 3] }] }, null, "x", []]);
  if (chance(0.03)) made[pick(["0", "10", "a"])] = pick(scalars);
  return made;
}

for (let line = 0; line < count; line += 1) {
  subjects = several(1, chance(0.3) ? 3 : 1, () => pick(allSubjects));
  actions = several(1, chance(0.3) ? 4 : 2, () => pick(allActions));
  // The server reads rules from JSON, which fixes the order of keys.
  const rules = JSON.parse(JSON.stringify(several(1, chance(0.2) ? 12 : 5, rule)));
  const requests = several(per, per, () => ({ action: chance(0.02) ? "manage" : pick(actions), subject: chance(0.02) ? "all" : pick(subjects), attributes: attributes() }));
  let ability;
  try {
    ability = createMongoAbility(rules, { conditionsMatcher });
  } catch {
    ability = null;
  }
  const answers = requests.map((request) => {
    if (!ability) return "E";
    try {
      const what = request.attributes === null ? request.subject : typed(request.subject, JSON.parse(JSON.stringify(request.attributes)));
      return ability.can(request.action, what) ? "A" : "D";
    } catch {
      return "E";
    }
  });
  process.stdout.write(`${JSON.stringify({ rules, requests, answers: answers.join("") })}\n`);
}
