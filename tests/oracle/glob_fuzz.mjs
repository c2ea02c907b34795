// Asks picomatch itself, as the server calls it, about random patterns and values.
//
//   node glob_fuzz.mjs --mode match --seed 1 --count 1000   {"pattern","path","match"} per line
//   node glob_fuzz.mjs --mode regex --seed 1 --count 1000   {"pattern","output","negated","valid"} per line
//
// `output` is the text of the regular expression as hexadecimal UTF-16 units, since it may hold lone
// surrogates. Where picomatch throws, the line has `"throws": true` instead of an answer.

import picomatch from "picomatch";
import { argument, below, chance, pick, several } from "./random.mjs";

const options = { strictSlashes: false };

const mode = argument("mode", "match");
const count = Number(argument("count", "1000"));

const many = (low, high, make) => several(low, high, make).join("");

const words = ["app", "api", "db", "prod", "dev", "staging", "prod-eu", "v1", "v1.0", "svc1", "a", "b", "ab", "DB", "KEY",
  "DB_PASSWORD", "STRIPE_KEY", "team-a", ".env", ".hidden", "config.json", "keys", "x", "é", "日本", "😀", "a b", "a@b", "a+b", "$x", "1", "01", "12"];
const segment = () => pick(words);
const folder = () => "/" + Array.from({ length: 1 + below(4) }, segment).join("/");
const list = () => `{${Array.from({ length: 2 + below(3) }, () => (chance(0.15) ? pick(["a*", "", "b/c", "{x,y}", "v.1"]) : segment())).join(",")}}`;
const part = () =>
  pick([
    segment, segment, segment, () => "*", () => "**", () => segment() + "*", () => "*" + segment(), () => `*${segment()}*`,
    () => `${segment()}*${segment()}`, list, () => list() + "*", () => segment() + list(), () => "?" + segment(), () => segment() + "?",
    () => `[${segment()}]`, () => `[^${pick(["a", "ab", "a-c", "/"])}]*`, () => `[!${segment()}]`, () => `{1..${pick(["3", "10", "c"])}}`,
    () => `${pick("@!?+*")}(${segment()}|${segment()})`, () => `!(${segment()})`, () => "[[:alpha:]]*", () => "*.*", () => `*.${pick(["env", "json", "bak"])}`,
    () => "", () => "." + segment(), () => `{{${pick(["identity.name", "identity.metadata.team"])}}}`,
  ])();
const realistic = () => {
  const path = Array.from({ length: 1 + below(4) }, part).join("/");
  return pick(["", "", "/", "/", "/", "!", "./"]) + path + pick(["", "", "", "", "/**", "/*", "/"]);
};

const pieces = ["*", "*", "**", "***", "/", "/", "/**", "/*", "/**/", "{a,b}", "{1..3}", "{0..12}", "{b..a}", "{a", "}", "{", ",", "..", "[ab]", "[!a]",
  "[^a]", "[a-c]", "[[:alpha:]]", "[[:blank:]]", "[:x:]", "[[:toString:]]", "[", "]", "[]", "[]a]", "@(", "!(", "?(", "+(", "*(", "(", ")", ")", "|", "(?:", "(?=", "(?!",
  "(?<n>", "(?<=", "\\", "\\\\", "\\d", "\\w", "\\s", "\\1", "\\k<n>", "\\b", "\\x41", "\\u0061", "\\c", "\\cA", "\\0", "\\.", "\\/", "\\*", '"', '""', ".", ".", "./", "-", "--", "$", "$$", "^",
  "^^", "+", "++", "!", "!!", "?", "??", "@", ":", ";", "<", ">", "=", "#", "~", "'", "`", "&", "%", "_", " ", "a", "a", "b", "ab", "app", "0", "1", "Z", "é", "日", "😀",
  "\n", "\r", "\u2028", "\0", "\ufeff", "{3}", "\\\\\\\\{2,3}", "*.a", ".a", "a.", "v1.", "!(*).a", "!(*.d).{a,b}", "+(*)", "*(a|aa)", "*(+(a))"];
const wild = () => many(1, 8, () => pick(pieces));
const specials = "*?[](){}!+@|\\\"$^./,-:<>=_ab1\n";
const noise = () => many(1, 10, () => pick(specials));
const common = () => pick(["*", ".*", "*.*", "*/*", "**", "**/*", "**/*.*", "**/.*", "***", "**/**", "**/**/**"]) + pick(["", "", ".a", ".a.b", ".a-b", "/", "a"]);
const mutate = (text) => {
  const units = Array.from(text);
  for (let n = 1 + below(2); n > 0; n--) units.splice(below(units.length + 1), below(2), chance(0.5) ? pick(pieces) : pick(specials));
  return units.join("");
};
const rare = () => pick(["constructor", "toString", "__proto__", "valueOf", "!", "!!", "/", "//", ".", "..", "./", "././a", "+", "@", "$", "\\", "\\\\", "{}", "{,}", "()", "[]"]);

const kinds = [[40, realistic], [15, () => mutate(realistic())], [25, wild], [10, noise], [6, common], [3, () => mutate(common())], [1, rare]];
function pattern() {
  for (;;) {
    let at = below(100);
    const made = kinds.find(([weight]) => (at -= weight) < 0)[1]();
    // These make picomatch loop for ever.
    if (made === "" || /\\{4,}$/.test(made) || (made.includes("[") && made.endsWith(":"))) continue;
    return made;
  }
}

// Text that a pattern might match: stars and lists filled in, the rest as it stands.
function guess(text) {
  return text
    .replace(/^!/, chance(0.5) ? "" : "!")
    .replace(/\{([^{}]*)\}/g, (all, inner) => (chance(0.9) ? pick(inner.split(/,|\.\./)) : all))
    .replace(/[@+?*!]\(([^()]*)\)/g, (all, inner) => (chance(0.9) ? pick(inner.split("|")).repeat(below(3)) : all))
    .replace(/\[\^?([^\]]*)\]/g, (all, inner) => (chance(0.8) ? inner.charAt(below(inner.length)) : all))
    .replace(/\*\*/g, () => pick(["", "a", "a/b", "x/.y", "app/db/keys"]))
    .replace(/\*/g, () => pick(["", "a", "ab", ".", "app", "\n", "x/y"]))
    .replace(/\?/g, () => pick(["a", ".", "/", "b", "é"]))
    .replace(/\\(.)/g, (all, next) => (chance(0.7) ? next : all));
}
const letters = ["a", "b", "x", "/", "/", ".", "1", "-", "_", "A", "é", "😀", "\n", "\u2028", "!", "\\", "*", "{", "]", " "];
const anything = () => many(1, 8, () => pick(letters));
const nudge = (text) => {
  const chars = Array.from(text);
  chars.splice(below(chars.length + 1), below(2), pick(letters));
  return chars.join("");
};
function value(text) {
  const made = pick([() => guess(text), () => guess(text), () => nudge(guess(text)), () => guess(text) + "/", folder, segment, anything, () => "", () => text, () => guess(guess(text))])();
  const repeats = (text.match(/[*+]\(|\)[*+{]/g) ?? []).length;
  const stars = (text.match(/\*/g) ?? []).length;
  const longest = repeats > 1 ? 7 : repeats === 1 ? 12 : stars > 4 ? 18 : 60;
  return Array.from(made).slice(0, longest).join("").toWellFormed();
}

const hex = (text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, "0")).join("");

function regexLine(made) {
  try {
    const regex = picomatch.makeRe(made, options, false, true);
    const output = picomatch.makeRe(made, options, true);
    return { pattern: made, output: hex(output), negated: regex.state.negated === true, valid: regex.source !== "$^" };
  } catch {
    return { pattern: made, throws: true };
  }
}

function matchLine(made, path) {
  try {
    return { pattern: made, path, match: picomatch.isMatch(path, made, options) };
  } catch {
    return { pattern: made, path, throws: true };
  }
}

function* lines() {
  for (let made = 0; made < count; ) {
    const text = pattern().toWellFormed();
    const values = mode === "regex" ? 1 : 4;
    for (let n = 0; n < values && made < count; n++, made++) {
      yield mode === "regex" ? regexLine(text) : matchLine(text, value(text));
    }
  }
}

let chunk = [];
async function flush() {
  if (chunk.length > 0 && !process.stdout.write(chunk.join("\n") + "\n")) {
    await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  chunk = [];
}
for (const line of lines()) {
  chunk.push(JSON.stringify(line));
  if (chunk.length >= 2000) await flush();
}
await flush();
