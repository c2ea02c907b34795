/**
 * The question as the address of the simulator says it, so that every check is a link. Pure.
 *
 * What an address leaves out is left open. `tags=[]` asks about a secret without tags.
 */
import type { Place, What, When } from "../../api/generated/commands";

export interface SimulatorSearch {
  member?: string;
  operation?: string;
  subject?: string;
  action?: string;
  environment?: string;
  path?: string;
  name?: string;
  tags?: string[];
  /** An instant, or `after` for when all timed access has ended; left out it is now. */
  when?: string;
}

/** The question as it stands on the form. An empty text leaves its field open. */
export interface Question {
  member: string;
  what: What | null;
  environment: string;
  path: string;
  name: string;
  tags: readonly string[];
  /** Whether the secret has no tags at all; then `tags` waits. */
  untagged: boolean;
  when: When;
}

/** Reads an address that may have been typed: what is not understood is left out. */
export function readSimulatorSearch(search: Record<string, unknown>): SimulatorSearch {
  const read: SimulatorSearch = {};
  for (const key of TEXTS) {
    const value = search[key];
    // The address turns a text of digits into a number.
    if (typeof value === "string" || typeof value === "number") read[key] = String(value);
  }
  const { tags } = search;
  if (Array.isArray(tags)) read.tags = tags.map(String);
  else if (typeof tags === "string") read.tags = [tags];
  if (read.when !== undefined && read.when !== AFTER && Number.isNaN(Date.parse(read.when))) {
    delete read.when;
  }
  return read;
}

export function questionOf(search: SimulatorSearch): Question {
  const { member = "", environment = "", path = "", name = "", tags, when } = search;
  return {
    member,
    what: whatOf(search),
    environment,
    path,
    name,
    tags: tags ?? [],
    untagged: tags?.length === 0,
    when: whenOf(when),
  };
}

/** The address of a question. Its keys are always in the same order. */
export function searchOf(question: Question): SimulatorSearch {
  const { member, what, environment, path, name, tags, untagged, when } = question;
  return {
    ...(member && { member }),
    ...(what?.kind === "operation" && { operation: what.operation }),
    ...(what?.kind === "action" && { subject: what.subject, action: what.action }),
    ...(environment && { environment }),
    ...(path && { path }),
    ...(name && { name }),
    ...((untagged || tags.length > 0) && { tags: untagged ? [] : [...tags] }),
    ...(when.kind === "afterTimed" && { when: AFTER }),
    ...(when.kind === "at" && { when: when.instant }),
  };
}

/** A text that is the same for the same question. */
export function searchKey(search: SimulatorSearch): string {
  return JSON.stringify(searchOf(questionOf(search)));
}

/** Where the question asks about, as the core takes it. */
export function placeOf({ environment, path, name, tags, untagged }: Question): Place {
  const orOpen = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    environment: orOpen(environment),
    secretPath: orOpen(path),
    secretName: orOpen(name),
    secretTags: untagged ? [] : tags.length > 0 ? [...tags] : null,
  };
}

const AFTER = "after";
const TEXTS = [
  "member",
  "operation",
  "subject",
  "action",
  "environment",
  "path",
  "name",
  "when",
] as const satisfies (keyof SimulatorSearch)[];

function whatOf({ operation, subject, action }: SimulatorSearch): What | null {
  if (operation !== undefined) return { kind: "operation", operation };
  if (subject !== undefined && action !== undefined) return { kind: "action", subject, action };
  return null;
}

function whenOf(when: string | undefined): When {
  if (when === undefined) return { kind: "now" };
  return when === AFTER ? { kind: "afterTimed" } : { kind: "at", instant: when };
}
