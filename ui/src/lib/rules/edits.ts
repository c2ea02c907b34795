/**
 * Lists of rules and every edit of them. Pure; each edit changes only what it names, so that all
 * else in the list stays as it was written.
 */
import { isList, isObject, layOut, readJson, writeJson, type Json, type JsonError } from "../json";
import {
  actionsOf,
  conditionsOf,
  differOnlyInActions,
  isForbid,
  isPlain,
  newRule,
  subjectOf,
  subjectsOf,
  withActions,
  withChangedCondition,
  withCondition,
  withEffect,
  withoutCondition,
} from "./rule";

/** A rule in a list. `key` names it for as long as the list is edited. */
export interface KeyedRule {
  readonly key: number;
  readonly rule: Json;
}

export interface RuleList {
  readonly rules: readonly KeyedRule[];
  /** The next key that nothing has had yet. */
  readonly nextKey: number;
}

/** A condition as a form has it. */
export interface ConditionWords {
  property: string;
  operator: string;
  values: readonly string[];
  isList: boolean;
}

/** What a cell of the permission table can be made. */
export type CellTarget = "none" | "allow" | "forbid";

/** Some actions on one subject. */
export interface Cells {
  subject: string;
  actions: readonly string[];
}

export type RuleListEdit =
  /** Makes every cell that: allowed or forbidden always, or no longer by rules of that effect. */
  | { kind: "cells"; cells: readonly Cells[]; effect: "allow" | "forbid"; on: boolean }
  | { kind: "add"; rules: readonly Json[]; after?: number | undefined }
  | { kind: "remove"; rule: number }
  | { kind: "duplicate"; rule: number }
  | { kind: "move"; rule: number; by: -1 | 1; within: "subject" | "list" }
  | { kind: "effect"; rule: number; forbid: boolean }
  | { kind: "actions"; rule: number; actions: readonly string[] }
  | { kind: "addCondition"; rule: number; condition: ConditionWords }
  | { kind: "condition"; rule: number; place: number; condition: ConditionWords }
  | { kind: "removeCondition"; rule: number; place: number }
  | { kind: "split"; rule: number }
  | { kind: "merge"; rule: number }
  | { kind: "fill"; from: Cells; to: readonly Cells[] }
  | { kind: "replace"; rules: readonly Json[] };

/** The list that `text` holds. */
export function readRules(text: string): { rules: readonly Json[] } | { error: JsonError } {
  const reading = readJson(text);
  if ("error" in reading) return reading;
  if (isList(reading.value)) return { rules: reading.value };
  const message = "a list of rules is needed, in `[` and `]`";
  return { error: { message, offset: 0, line: 1, column: 1 } };
}

export function listOf(rules: readonly Json[]): RuleList {
  return {
    rules: rules.map((rule, index) => ({ key: index + 1, rule })),
    nextKey: rules.length + 1,
  };
}

/** The list as it is saved. */
export function writeRules({ rules }: RuleList): string {
  return `[${rules.map(({ rule }) => writeRule(rule)).join(",")}]`;
}

/** One rule as it is saved. */
export const writeRule = remembered(writeJson);

/** The list for reading. */
export function layOutRules({ rules }: RuleList): string {
  if (!rules.some(({ rule }) => isObject(rule))) return layOut(rules.map(({ rule }) => rule));
  return `[\n${rules.map(({ rule }) => `  ${layOutRule(rule)}`).join(",\n")}\n]`;
}

const layOutRule = remembered((rule) => layOut(rule, "  "));

/** Rules are never changed in place, so that what was written of one stays true. */
function remembered(write: (rule: Json) => string): (rule: Json) => string {
  const known = new WeakMap<object, string>();
  return (rule) => {
    if (typeof rule !== "object" || rule === null) return write(rule);
    const before = known.get(rule);
    if (before !== undefined) return before;
    const text = write(rule);
    known.set(rule, text);
    return text;
  };
}

export function edited(list: RuleList, edit: RuleListEdit): RuleList {
  switch (edit.kind) {
    case "cells":
      return edit.cells.reduce(
        (so, cells) =>
          edit.on ? granted(so, cells, edit.effect) : cleared(so, cells, edit.effect),
        list,
      );
    case "add":
      return inserted(list, placeAfter(list, edit.after), edit.rules);
    case "remove":
      return { ...list, rules: list.rules.filter(({ key }) => key !== edit.rule) };
    case "duplicate": {
      const at = placeOf(list, edit.rule);
      const original = list.rules[at];
      return original ? inserted(list, at + 1, [original.rule]) : list;
    }
    case "move":
      return moved(list, edit.rule, edit.by, edit.within);
    case "effect":
      return changed(list, edit.rule, (rule) => withEffect(rule, edit.forbid));
    case "actions":
      return changed(list, edit.rule, (rule) => withActions(rule, edit.actions));
    case "addCondition": {
      const { property, operator } = edit.condition;
      return changed(list, edit.rule, (rule) =>
        withCondition(rule, property, operator, operand(edit.condition)),
      );
    }
    case "condition":
      return changed(list, edit.rule, (rule) => {
        const before = conditionsOf(rule)[edit.place];
        return before
          ? withChangedCondition(rule, before, edit.condition, operand(edit.condition))
          : rule;
      });
    case "removeCondition":
      return changed(list, edit.rule, (rule) => {
        const gone = conditionsOf(rule)[edit.place];
        return gone ? withoutCondition(rule, gone.property, gone.operator) : rule;
      });
    case "split":
      return split(list, edit.rule);
    case "merge":
      return merged(list, edit.rule);
    case "fill":
      return edit.to.reduce((so, to) => filled(so, edit.from, to), list);
    case "replace":
      return replaced(list, edit.rules);
  }
}

/** The rules on one subject alone, in order, with their places in the list. */
export function rulesOn(list: RuleList, subject: string): { rule: KeyedRule; place: number }[] {
  return list.rules.flatMap((rule, place) =>
    subjectsOf(rule.rule).includes(subject) ? [{ rule, place }] : [],
  );
}

/** The rules that belong to no single subject's row: without a subject, or no rules at all. */
export function rulesOnNothing(list: RuleList): { rule: KeyedRule; place: number }[] {
  return list.rules.flatMap((rule, place) =>
    subjectsOf(rule.rule).length === 0 ? [{ rule, place }] : [],
  );
}

/** Whether any rule of that effect on the subject alone names the action. */
export function names(
  list: RuleList,
  subject: string,
  action: string,
  effect: "allow" | "forbid",
): boolean {
  return list.rules.some(
    ({ rule }) =>
      subjectOf(rule) === subject &&
      isForbid(rule) === (effect === "forbid") &&
      actionsOf(rule).includes(action),
  );
}

/**
 * The place of the rule that `rule` can be merged with, and the actions of both: the next one on the
 * subject, if the two differ in their actions at most and nothing on the subject stands between.
 */
export function mergeable(list: RuleList, key: number): { with: number } | undefined {
  const rule = list.rules[placeOf(list, key)]?.rule;
  const subject = rule === undefined ? undefined : subjectOf(rule);
  const place = subject === undefined ? undefined : partners(list, subject).get(key);
  return place === undefined ? undefined : { with: place };
}

/** Of each rule on the subject alone that can be merged: the place of its partner. */
export function partners(list: RuleList, subject: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let before: KeyedRule | null = null;
  for (const [place, keyed] of list.rules.entries()) {
    if (!touches(keyed.rule, subject)) continue;
    const canMerge =
      before !== null &&
      subjectOf(before.rule) === subject &&
      subjectOf(keyed.rule) === subject &&
      differOnlyInActions(before.rule, keyed.rule);
    if (before !== null && canMerge) found.set(before.key, place);
    before = keyed;
  }
  return found;
}

/** Whether the conditions under which `from` is granted can be written for `to`. */
export function canFill(
  list: RuleList,
  from: Cells,
  takes: (property: string, operator: string) => boolean,
  takesForbid: boolean,
): boolean {
  return sourcesOf(list, from).every(
    (rule) =>
      (takesForbid || !isForbid(rule)) &&
      conditionsOf(rule).every(({ property, operator }) => takes(property, operator)),
  );
}

/** Makes the operand that a form means. */
export function operand({ values, isList: list }: ConditionWords): Json {
  return list ? [...values] : (values[0] ?? "");
}

function placeOf(list: RuleList, key: number): number {
  return list.rules.findIndex((rule) => rule.key === key);
}

function placeAfter(list: RuleList, key: number | undefined): number {
  const at = key === undefined ? -1 : placeOf(list, key);
  return at < 0 ? list.rules.length : at + 1;
}

function inserted(list: RuleList, at: number, rules: readonly Json[]): RuleList {
  const fresh = rules.map((rule, index) => ({ key: list.nextKey + index, rule }));
  return {
    rules: list.rules.toSpliced(at, 0, ...fresh),
    nextKey: list.nextKey + rules.length,
  };
}

function changed(list: RuleList, key: number, change: (rule: Json) => Json): RuleList {
  const at = placeOf(list, key);
  const before = list.rules[at];
  if (!before) return list;
  const rule = change(before.rule);
  return rule === before.rule ? list : { ...list, rules: list.rules.with(at, { key, rule }) };
}

/** Takes the actions out of every rule of that effect on the subject; a rule left empty goes. */
function cleared(list: RuleList, cells: Cells, effect: "allow" | "forbid"): RuleList {
  const rules = list.rules.flatMap((keyed) => {
    const { rule } = keyed;
    if (subjectOf(rule) !== cells.subject || isForbid(rule) !== (effect === "forbid")) {
      return [keyed];
    }
    const actions = actionsOf(rule);
    const left = actions.filter((action) => !cells.actions.includes(action));
    if (left.length === actions.length) return [keyed];
    return left.length === 0 ? [] : [{ key: keyed.key, rule: withActions(rule, left) }];
  });
  return { ...list, rules };
}

/** Adds the actions to the last rule on the subject without conditions, or as a rule of their own. */
function granted(list: RuleList, cells: Cells, effect: "allow" | "forbid"): RuleList {
  const forbid = effect === "forbid";
  const hosts = ({ rule }: KeyedRule) =>
    subjectOf(rule) === cells.subject && isForbid(rule) === forbid && isPlain(rule);
  const present = list.rules.filter(hosts).flatMap(({ rule }) => actionsOf(rule));
  const missing = cells.actions.filter((action) => !present.includes(action));
  if (missing.length === 0) return list;
  const host = list.rules.findLast(hosts);
  if (host) {
    return changed(list, host.key, (rule) => withActions(rule, [...actionsOf(rule), ...missing]));
  }
  return inserted(list, placeFor(list, cells.subject), [newRule(cells.subject, missing, forbid)]);
}

/** After the last rule on the subject, or at the end. */
function placeFor(list: RuleList, subject: string): number {
  const last = list.rules.findLastIndex(({ rule }) => subjectOf(rule) === subject);
  return last < 0 ? list.rules.length : last + 1;
}

function moved(list: RuleList, key: number, by: -1 | 1, within: "subject" | "list"): RuleList {
  const at = placeOf(list, key);
  const one = list.rules[at];
  if (!one) return list;
  const subject = subjectOf(one.rule);
  const isStop = ({ rule }: KeyedRule) =>
    within === "list" || subject === undefined || touches(rule, subject);
  let to = at + by;
  for (;;) {
    const other = list.rules[to];
    if (!other) return list;
    if (isStop(other)) break;
    to += by;
  }
  return { ...list, rules: list.rules.toSpliced(at, 1).toSpliced(to, 0, one) };
}

/** One rule for each action, in the same place. */
function split(list: RuleList, key: number): RuleList {
  const at = placeOf(list, key);
  const one = list.rules[at];
  if (!one) return list;
  const [first, ...others] = [...new Set(actionsOf(one.rule))];
  if (first === undefined || others.length === 0) return list;
  const own = changed(list, key, (rule) => withActions(rule, [first]));
  return inserted(
    own,
    at + 1,
    others.map((action) => withActions(one.rule, [action])),
  );
}

function merged(list: RuleList, key: number): RuleList {
  const partner = mergeable(list, key);
  const other = partner && list.rules[partner.with];
  if (!other) return list;
  const joined = changed(list, key, (rule) =>
    withActions(rule, [...new Set([...actionsOf(rule), ...actionsOf(other.rule)])]),
  );
  return { ...joined, rules: joined.rules.filter((rule) => rule.key !== other.key) };
}

/** The rules that name any of the cells. */
function sourcesOf(list: RuleList, cells: Cells): Json[] {
  return list.rules
    .map(({ rule }) => rule)
    .filter(
      (rule) =>
        subjectOf(rule) === cells.subject &&
        actionsOf(rule).some((action) => cells.actions.includes(action)),
    );
}

/** Gives `to` what `from` has: the same effects under the same conditions. */
function filled(list: RuleList, from: Cells, to: Cells): RuleList {
  const sources = sourcesOf(list, from);
  const bare = cleared(cleared(list, to, "allow"), to, "forbid");
  return sources.reduce((so, rule) => {
    if (isPlain(rule)) return granted(so, to, isForbid(rule) ? "forbid" : "allow");
    const copy = withActions(retargeted(rule, to.subject), to.actions);
    return inserted(so, placeFor(so, to.subject), [copy]);
  }, bare);
}

function retargeted(rule: Json, subject: string): Json {
  if (typeof rule !== "object" || rule === null || !("members" in rule)) return rule;
  const members = rule.members.map((entry): readonly [string, Json] =>
    entry[0] === "subject" ? ["subject", subject] : entry,
  );
  return { members };
}

/** Other rules in place of all; those that stay as they were keep their keys. */
function replaced(list: RuleList, rules: readonly Json[]): RuleList {
  let { nextKey } = list;
  const free = [...list.rules];
  const kept = rules.map((rule, place): KeyedRule => {
    const same = free.findIndex((old) => writeRule(old.rule) === writeRule(rule));
    const [match] = same >= 0 && same <= place + 50 ? free.splice(same, 1) : [];
    return match ?? { key: nextKey++, rule };
  });
  return { rules: kept, nextKey };
}

function touches(rule: Json, subject: string): boolean {
  const subjects = subjectsOf(rule);
  return subjects.length === 0 || subjects.includes(subject);
}
