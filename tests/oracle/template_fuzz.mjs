// Asks Handlebars, fed as the server feeds it, about random templates in rules.
//
//   node template_fuzz.mjs --seed 1 --count 1000
//
// Prints lines {"rules", "context": {metadata, auth}, "result"}: the rules as the server reads them
// back, or "error" where it answers 500. The actor is `id-1`, called `bob@x.com`.

import handlebars from "handlebars";
import { argument, below, chance, pick, several } from "./random.mjs";

handlebars.log = () => {};
const client = handlebars.create();
client.registerHelper("stripPrefix", (text, prefix) => {
  const textStr = String(text || "");
  if (!textStr) return textStr;
  return textStr.startsWith(prefix) ? textStr.substring(prefix.length) : textStr;
});
// Handlebars reports every refused property on the console; only the answers matter here.
console.error = () => {};
console.log = () => {};
console.info = () => {};
console.warn = () => {};

function keepMissing(dictionary, name) {
  return new Proxy(dictionary, {
    get(target, property) {
      if (!Object.hasOwn(target, property)) target[property] = `{{${name}.${property}}}`;
      return target[property];
    },
  });
}

const count = Number(argument("count", "100"));

const allNames = [
  "identity.id", "identity.username", "identity.metadata.team", "identity.metadata.none", "identity.metadata.my-team", "identity.metadata.[my team]",
  "identity.metadata.[a]b]", "identity.metadata.[]", "identity.metadata.team.length", "identity.metadata.none.length", "identity.metadata.team.0",
  "identity.metadata.__proto__", "identity.metadata.constructor", "identity.metadata.toString", "identity.metadata", "identity.auth", "identity",
  "identity.auth.oidc", "identity.auth.oidc.claims.dept", "identity.auth.oidc.claims.groups", "identity.auth.oidc.claims.groups.1", "identity.auth.oidc.claims.groups.length",
  "identity.auth.oidc.claims.none", "identity.auth.oidc.claims.flag", "identity.auth.oidc.claims.exp", "identity.auth.oidc.claims.nil", "identity.auth.oidc.claims.nested",
  "identity.auth.kubernetes.namespace", "identity.auth.aws.accountId", "identity.auth.identityId", "identity.name", "other", "other.thing", "this", ".", "..", "this.identity.id",
  "./identity.id", "../identity.id", "@root.identity.id", "@root", "@index", "@../x", "identity/id", "identity.[id]", "[identity].id", "this.[this]", "identity.this", "identity..id",
  "identity.", ".identity", "true", "null", "12", "1.5", "-3", "undefined", "'identity'", "\"x\"", "[stripPrefix]", "xthis", "thisx", "é.x", "a-b.c_d", "a$b", "identity.auth.oidc.claims.flag.x",
  "identity.metadata.team.x", "@root.identity.auth.oidc.claims.flag.x", "trueish", "true.x", "12a", "as", "as |x|", "elsewhere", "identity.metadata.else", "length",
];
const fine = allNames.filter((name) => /^(this\.|\.\/|@root\.)?identity\.(id|username|name|metadata\.[^.]+|auth\.[a-z.0-9]+)$/i.test(name));
const name = () => pick(chance(0.85) ? fine : allNames);
const strings = ["'svc-'", "'a'", "''", "'{{x}}'", "'}}'", "\"svc-\"", "'it\\'s'", "'x\\\\'", "5", "true", "null", "undefined", "-1", "'[object'", "'n'", "'u'"];
const parameter = () => pick([name, () => pick(strings), () => `(${call()})`])();
function call() {
  return pick([
    () => `stripPrefix ${name()} ${pick(strings)}`,
    () => `stripPrefix ${parameter()} ${parameter()}`,
    () => `stripPrefix ${parameter()}`,
    () => "stripPrefix",
    () => `stripPrefix ${several(0, 3, parameter).join(" ")} ${pick(["a", "[a b]", "a.b", "5"])}=${parameter()}`,
    () => `${name()} ${several(0, 2, parameter).join(" ")}`,
    () => `${name()} x=${parameter()}`,
  ])();
}
const blank = () => pick(["", "", "", " ", "  ", "\u00a0", "\u2003"]);
function expression() {
  const inner = chance(0.85) ? name() : call();
  return pick([
    () => `{{${blank()}${inner}${blank()}}}`,
    () => `{{${blank()}${inner}${blank()}}}`,
    () => `{{~${inner}~}}`,
    () => `{{~${inner}}}`,
    () => `{{${inner}~}}`,
    () => `{{{${inner}}}}`,
    () => `{{~{${inner}}~}}`,
    () => `{{&${inner}}}`,
    () => `{{~& ${inner} ~}}`,
  ])();
}
const oddities = [
  "{{", "}}", "{{{", "}}}", "{", "}", "{{}}", "{{ }}", "{{!x}}", "{{!-- a }} --}}", "{{!--}}", "{{!----}}", "{{~! x ~}}", "{{!~}}", "{{!-- x --~}}", "{{~!-- x--}}", "{{!-- x", "{{! x", "{{!--x-}}--}}",
  "{{else}}", "{{ else }}", "{{^}}", "{{^ ~}}", "{{/x}}", "{{a,b}}", "{{a b=}}", "{{=}}", "{{a=b}}", "{{a.}}", "{{.a}}", "{{a..b}}", "{{a|b}}", "{{'a}}", "{{\"a}}", "{{[a}}", "{{(a)}}", "{{a (b}}", "{{a b c=1 d}}",
  "{{@}}", "{{@ root}}", "{{ {a} }}", "{{a}", "{{a}}}", "{a,{{identity.id}}}", "{{a{{b}}}}", "{{identity.id}} {{identity.id}}", "{{a ~ b}}", "{{~}}", "{{ ~}}", "{{a b.c=1}}", "{{a [b]=1}}", "{{a 'b'=1}}", "{{true a=1}}", "{{identity.id x=1}}",
];
const backslashes = () => "\\".repeat(below(4));
const text = () => pick(["/", "/app", " a ", "  ", "**", "x", "", "'", "\"", "\t", "\u2028", "é", "/a/b", "{a,b}"]);
const template = () => several(1, 4, () => (chance(0.12) ? backslashes() + pick(oddities) : pick([text, expression, expression, () => (chance(0.3) ? backslashes() : "") + expression()])())).join(chance(0.5) ? text() : "");
const usual = () => several(1, 3, () => pick(["/", "/teams/", "-", "/a"]) + `{{${blank()}${pick(fine)}${blank()}}}`).join("") + pick(["", "/**", "*", "/x"]);

const values = ["svc-web", "a&b<c>\"d'e`f=g", "back\\slash", "a\\b", "new\nline", "**", "", "x", "{{identity.id}}", "null", "undefined", "é😀", "\u2028", "x\",\"y\":\"z", "a\"},{\"b\":\"c"];
function context() {
  const metadata = {};
  for (const key of several(0, 4, () => pick(["team", "my-team", "my team", "a]b", "", "__proto__", "constructor", "length"]))) metadata[key] = chance(0.6) ? pick(["svc-web", "x", "**", "a b"]) : pick(values);
  if (chance(0.3)) return { metadata };
  const auth = { identityId: "id-1" };
  if (chance(0.7)) {
    auth.oidc = { claims: {} };
    for (const key of several(0, 5, () => pick(["dept", "groups", "flag", "exp", "nil", "nested"]))) {
      auth.oidc.claims[key] = pick(["eng", ["a", "b"], [], [1, null, ["x", [true]]], true, false, 0, 1, 1.5, -2, 1700000000, 12345678901234567890, 1e21, 0.1, null, { a: 1 }, {}, pick(values)]);
    }
  }
  if (chance(0.4)) auth.kubernetes = { namespace: "ns", name: "sa" };
  return { metadata, auth };
}
function rule() {
  const where = () => (chance(0.75) ? usual() : template());
  const made = {
    subject: chance(0.97) ? "secrets" : template(),
    action: chance(0.97) ? ["read"] : [template()],
    conditions: { secretPath: pick([where, () => ({ $glob: where() }), () => ({ $in: [where(), "x"] })])(), ...(chance(0.4) ? { environment: where() } : {}) },
  };
  if (chance(0.02)) made.conditions[template()] = "x";
  if (chance(0.2)) made.inverted = chance(0.9) ? true : template();
  return made;
}

for (let line = 0; line < count; line += 1) {
  const rules = several(1, 3, rule);
  const given = context();
  let result;
  try {
    const metadata = {};
    for (const [key, value] of Object.entries(given.metadata)) metadata[key] = value;
    const auth = given.auth ? keepMissing(JSON.parse(JSON.stringify(given.auth)), "identity.auth") : {};
    const identity = { id: "id-1", username: "bob@x.com", metadata: keepMissing(metadata, "identity.metadata"), auth };
    const rendered = client.compile(JSON.stringify(rules), { data: false })({ identity }, { data: false });
    result = JSON.parse(rendered);
    if (!rendered.isWellFormed()) continue;
  } catch (error) {
    result = "error";
  }
  process.stdout.write(`${JSON.stringify({ rules, context: given, result })}\n`);
}
