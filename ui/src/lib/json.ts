/**
 * JSON that loses nothing: the order of keys, repeated items and the spelling of numbers stay as they
 * were written. Values are never changed in place. A repeated key keeps its first place and its last
 * value, as in the core.
 */

export type Json = null | boolean | string | JsonNumber | JsonList | JsonObject;
export type JsonList = readonly Json[];

/** A number as it is spelled. */
export interface JsonNumber {
  readonly number: string;
}

/** An object: keys and values in the order written. */
export interface JsonObject {
  readonly members: readonly (readonly [string, Json])[];
}

/** Why a text is not JSON, and where. Line and column count from 1. */
export interface JsonError {
  message: string;
  offset: number;
  line: number;
  column: number;
}

export type JsonReading = { value: Json } | { error: JsonError };

/** Deeper nesting is refused, as the core does. */
const DEPTH_MAX = 200;

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && "members" in value;
}

export function object(...members: readonly (readonly [string, Json])[]): JsonObject {
  return { members };
}

/** What stands under `key`. */
export function get(of: JsonObject, key: string): Json | undefined {
  return of.members.find(([name]) => name === key)?.[1];
}

/** Sets `key` where it stands, or at the end. */
export function set(of: JsonObject, key: string, value: Json): JsonObject {
  const at = of.members.findIndex(([name]) => name === key);
  if (at < 0) return { members: [...of.members, [key, value]] };
  return { members: of.members.with(at, [key, value]) };
}

/** Takes `key` out. */
export function without(of: JsonObject, key: string): JsonObject {
  return { members: of.members.filter(([name]) => name !== key) };
}

/** Whether two values are written alike, spacing aside. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return writeJson(one) === writeJson(other);
}

/** Reads one value, which must be all there is in `text`. */
export function readJson(text: string): JsonReading {
  try {
    const reader = new Reader(text);
    const value = reader.value(0);
    reader.skipBlanks();
    if (reader.at < text.length) reader.fail();
    return { value };
  } catch (failure) {
    if (failure instanceof Failure) return { error: placed(text, failure) };
    throw failure;
  }
}

/** Writes `value` in one line without spaces. */
export function writeJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeJson).join(",")}]`;
  if (isObject(value)) {
    const members = value.members.map(([key, held]) => `${JSON.stringify(key)}:${writeJson(held)}`);
    return `{${members.join(",")}}`;
  }
  return value.number;
}

/** The longest list or object that stays in one line, in characters. */
const LINE = 76;

/** Writes `value` for reading: what is short stays in one line. */
export function layOut(value: Json, indent = ""): string {
  const inner = `${indent}  `;
  if (isList(value) && value.length > 0) {
    const line = `[${value.map((item) => layOut(item, inner)).join(", ")}]`;
    if (fits(line, indent) && value.every((item) => !isObject(item))) return line;
    return `[\n${value.map((item) => inner + layOut(item, inner)).join(",\n")}\n${indent}]`;
  }
  if (isObject(value) && value.members.length > 0) {
    const members = value.members.map(
      ([key, held]) => `${JSON.stringify(key)}: ${layOut(held, inner)}`,
    );
    const line = `{ ${members.join(", ")} }`;
    if (fits(line, indent)) return line;
    return `{\n${members.map((member) => inner + member).join(",\n")}\n${indent}}`;
  }
  return writeJson(value);
}

function fits(line: string, indent: string): boolean {
  return line.length + indent.length <= LINE && !line.includes("\n");
}

class Failure extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

function placed(text: string, { message, offset }: Failure): JsonError {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { message, offset, line, column: offset - before.lastIndexOf("\n") };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = [
  ["null", null],
  ["true", true],
  ["false", false],
] as const;

class Reader {
  at = 0;

  constructor(readonly text: string) {}

  fail(message = this.unexpected()): never {
    throw new Failure(message, this.at);
  }

  skipBlanks(): void {
    while (this.at < this.text.length && " \t\r\n".includes(this.text.charAt(this.at))) this.at++;
  }

  value(depth: number): Json {
    if (depth > DEPTH_MAX) this.fail(`lists and objects are nested more than ${DEPTH_MAX} deep`);
    this.skipBlanks();
    const next = this.text.charAt(this.at);
    if (next === "{") return this.object(depth);
    if (next === "[") return this.list(depth);
    if (next === '"') return this.string();
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number === undefined) this.fail();
    this.at += number.length;
    return { number };
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, Json>();
    this.at++;
    this.skipBlanks();
    if (this.takes("}")) return { members: [] };
    do {
      this.skipBlanks();
      if (this.text.charAt(this.at) !== '"') this.fail("a key in quotes is needed here");
      const key = this.string();
      this.skipBlanks();
      if (!this.takes(":")) this.fail("a colon is needed here");
      members.set(key, this.value(depth + 1));
      this.skipBlanks();
    } while (this.takes(","));
    if (!this.takes("}")) this.fail("a comma or `}` is needed here");
    return { members: [...members] };
  }

  private list(depth: number): JsonList {
    const items: Json[] = [];
    this.at++;
    this.skipBlanks();
    if (this.takes("]")) return items;
    do {
      items.push(this.value(depth + 1));
      this.skipBlanks();
    } while (this.takes(","));
    if (!this.takes("]")) this.fail("a comma or `]` is needed here");
    return items;
  }

  private string(): string {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text.charAt(end) !== '"') {
      end += this.text.charAt(end) === "\\" ? 2 : 1;
    }
    let read: unknown;
    try {
      read = JSON.parse(this.text.slice(start, end + 1));
    } catch {
      const line = this.text.indexOf("\n", start);
      const ends = line >= 0 && line < end;
      this.fail(ends ? "the text that begins here does not end" : "this text is not valid JSON");
    }
    if (typeof read !== "string") this.fail();
    if (!read.isWellFormed()) this.fail("this text holds half a character");
    this.at = end + 1;
    return read;
  }

  private takes(character: string): boolean {
    if (this.text.charAt(this.at) !== character) return false;
    this.at++;
    return true;
  }

  private unexpected(): string {
    const next = this.text.charAt(this.at);
    return next === "" ? "something is missing at the end" : `\`${next}\` was not expected here`;
  }
}
