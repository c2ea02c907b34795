/**
 * The steps of an edited list of rules as text, so that they can be undone after the program ended.
 * Each rule is written once, and each step as what it replaced. Pure.
 */
import { get, isList, isObject, readJson, type Json } from "../json";
import { listOf, writeRule, type KeyedRule, type RuleList } from "./edits";
import type { Step, Steps } from "./steps";

/** `[name, where, how many were there, the rules that came]`, rules by their number. */
type Splice = [name: string, at: number, removed: number, added: number[]];

export function writeSteps({ first, done, undone }: Steps<RuleList>): string {
  const numbers = new Map<string, number>();
  const number = ({ rule }: KeyedRule): number => {
    const text = writeRule(rule);
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const start = first.rules.map(number);
  let before = first;
  const splice = ({ name, after }: Step<RuleList>): Splice => {
    const { from, removed, added } = replacedIn(before.rules, after.rules);
    before = after;
    return [name, from, removed, added.map(number)];
  };
  const made = JSON.stringify(done.map(splice));
  const open = JSON.stringify(undone.map(splice));
  const rules = [...numbers.keys()].join(",");
  return `{"rules":[${rules}],"first":${JSON.stringify(start)},"done":${made},"undone":${open}}`;
}

/** The steps that `text` holds; undefined if it holds none. */
export function readSteps(text: string): Steps<RuleList> | undefined {
  const reading = readJson(text);
  if ("error" in reading || !isObject(reading.value)) return undefined;
  const { value } = reading;
  const rules = get(value, "rules");
  const first = numbersOf(get(value, "first"));
  const done = splicesOf(get(value, "done"));
  const undone = splicesOf(get(value, "undone"));
  if (!isList(rules) || !first || !done || !undone) return undefined;
  const named = (places: readonly number[]) => places.map((place) => rules[place]);
  const start = named(first);
  if (!isComplete(start)) return undefined;
  let before = listOf(start);
  const steps: Step<RuleList>[] = [];
  for (const [name, at, removed, added] of [...done, ...undone]) {
    const come = named(added);
    if (!isComplete(come)) return undefined;
    before = spliced(before, at, removed, come);
    steps.push({ name, after: before });
  }
  return {
    first: listOf(start),
    done: steps.slice(0, done.length),
    undone: steps.slice(done.length),
  };
}

/** What is different between two lists: one stretch, as short as it can be. */
function replacedIn(before: readonly KeyedRule[], after: readonly KeyedRule[]) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from]?.rule === after[from]?.rule) from++;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail)?.rule === after.at(-1 - tail)?.rule) tail++;
  return {
    from,
    removed: before.length - tail - from,
    added: after.slice(from, after.length - tail),
  };
}

/** A rule in the place of another one keeps its key. */
function spliced(list: RuleList, at: number, removed: number, added: readonly Json[]): RuleList {
  let { nextKey } = list;
  const gone = list.rules.slice(at, at + removed);
  const come = added.map((rule, place): KeyedRule => {
    const key = gone.length === added.length ? gone[place]?.key : undefined;
    return { key: key ?? nextKey++, rule };
  });
  return { rules: list.rules.toSpliced(at, removed, ...come), nextKey };
}

function isComplete(rules: readonly (Json | undefined)[]): rules is readonly Json[] {
  return rules.every((rule) => rule !== undefined);
}

function numbersOf(value: Json | undefined): number[] | undefined {
  if (!isList(value)) return undefined;
  const numbers = value.map((item) =>
    isObject(item) || typeof item !== "object" || item === null || !("number" in item)
      ? NaN
      : Number(item.number),
  );
  return numbers.every((it) => Number.isSafeInteger(it) && it >= 0) ? numbers : undefined;
}

function splicesOf(value: Json | undefined): Splice[] | undefined {
  if (!isList(value)) return undefined;
  const splices = value.map((item): Splice | undefined => {
    if (!isList(item) || typeof item[0] !== "string") return undefined;
    const [at, removed] = numbersOf(item.slice(1, 3)) ?? [];
    const added = numbersOf(item[3]);
    if (at === undefined || removed === undefined || !added) return undefined;
    return [item[0], at, removed, added];
  });
  return splices.every((it) => it !== undefined) ? splices : undefined;
}
