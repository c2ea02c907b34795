// Asks the real template library what it makes of rules, written as the server writes them.
//
// node oracle/template-syntax.mjs [count] [seed] > vectors/template-syntax.jsonl
// One line is {text, verdict}: "ok", "parse" (it cannot be read) or "refused".
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const handlebars = require("handlebars");

const count = Number(process.argv[2] ?? 900);
let state = Number(process.argv[3] ?? 7) >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const times = (most, make) => Array.from({ length: Math.floor(random() * (most + 1)) }, make).join("");

const opens = ["{{", "{{", "{{", "{{~", "{{{", "{{{{", "{{#", "{{#*", "{{^", "{{/", "{{>", "{{#>", "{{&", "{{*", "{{!", "{{!--", "{{else", "{{else}}", "{{^}}", "{{~^~}}", "{{{{/", "{{ else ~}}"];
const closes = ["}}", "}}", "}}", "~}}", "}}}", "}~}}", "}}}}", "--}}", "--~}}"];
const words = ["identity.id", "identity.metadata.team", "identity", "identity.", "a", "this", "..", ".", "../", "stripPrefix", "true", "null", "undefined", "-1.5", "12a", "[a b]", "[a\\]", "'x'", '"y"', "@", "@root", "(", ")", "=", "|", "as |", " ", "  ", "/", "~", "!", "$", "é", "if", "raw", "x.y/z", "not_identity.x", "\\", "\ufeff", "\u0085", "\u00a0", ","];
const text = () => pick(["", "/app/", "x", "\\", "\\\\", "}", "{", "\"", "'"]);
const template = () => pick(opens) + times(5, () => pick(words) + pick(["", "", " "])) + (random() < 0.92 ? pick(closes) : "");
const neat = () => pick(["{{", "{{~", "{{ "]) + pick(["identity.id", "identity.metadata.team", "stripPrefix identity.id 'x'", "secret.x", "@identity.id"]) + times(2, () => " " + pick(["a", "'x'", "(b 1)", "c=2", "d.e"])) + pick(["}}", " }}", "~}}"]);
const block = () => {
  const name = pick(["if", "a", "1", "x.y", "'s'", "raw"]);
  return pick(["{{#", "{{^", "{{#>", "{{#*", "{{{{"]) + name + times(1, () => " as |b c|") + pick(["}}", "}}", "}}}}"]) + times(2, () => pick([text, neat, () => "{{else}}", () => "{{else if x}}", () => "{{^}}"])()) + pick(["{{/", "{{/", "{{{{/"]) + (random() < 0.85 ? name : "b") + pick(["}}", "}}", "}}}}"]);
};
const value = () => times(3, () => pick([text, text, template, neat, block])());

const verdict = (json) => {
  let ast;
  try {
    ast = handlebars.parse(json);
  } catch {
    return "parse";
  }
  const fits = (el) =>
    el.type === "ContentStatement" ||
    (el.type === "MustacheStatement" && el.escaped && el.path.type === "PathExpression" && (el.path.original === "stripPrefix" || el.path.original.includes("identity.")));
  return ast.body.every(fits) ? "ok" : "refused";
};

const seen = new Set();
while (seen.size < count) {
  const rules = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ subject: "secrets", conditions: { secretPath: { $in: Array.from({ length: 1 + Math.floor(random() * 2) }, value) } } }));
  const json = random() < 0.8 ? JSON.stringify(rules) : value().replace(/\u0000/g, "");
  if (!json.includes("{{") || seen.has(json)) continue;
  const said = verdict(json);
  // Most random templates cannot be read; a share of them is enough.
  if (said === "parse" && random() < 0.9) continue;
  seen.add(json);
  process.stdout.write(JSON.stringify({ text: json, verdict: said }) + "\n");
}
