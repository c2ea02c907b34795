/**
 * The question as the address of the simulator says it, so that every check is a link. Pure.
 *
 * What an address leaves out is left open. `tags=[]` asks about a secret without tags.
 */
import type {
  Place,
  Semantics,
  SimulateRequest,
  What,
  When,
  Who,
} from "../../api/generated/commands";

export const TABS = ["check", "what", "who", "compare", "batch"] as const;
export type SimulatorTab = (typeof TABS)[number];

export interface SimulatorSearch {
  tab?: Exclude<SimulatorTab, "check">;
  member?: string;
  role?: string;
  rules?: string;
  folderRules?: string;
  operation?: string;
  subject?: string;
  action?: string;
  environment?: string;
  path?: string;
  name?: string;
  tags?: string[];
  /** Where something is moved to. */
  toEnvironment?: string;
  toPath?: string;
  /** Where something is imported from. */
  fromEnvironment?: string;
  fromPath?: string;
  newName?: string;
  newTags?: string[];
  /** Each is `key=value`. */
  metadata?: string[];
  newMetadata?: string[];
  connection?: string;
  /** Other attributes, each `name=value`. */
  others?: string[];
  /** Whether the check carries nothing else. */
  exact?: boolean;
  /** An instant, or `after` for when all timed access has ended; left out it is now. */
  when?: string;
  /** How the server orders rules; left out it is as the project's does. */
  server?: Semantics;
  /** Whether unsaved drafts of roles count. */
  drafts?: boolean;
  /** Policies that are not saved, as JSON text. */
  privilege?: string;
}

export type WhoKind = Who["kind"];

/** The question as it stands on the form. An empty text leaves its field open. */
export interface Question {
  who: WhoKind;
  member: string;
  role: string;
  rules: string;
  folderRules: string;
  what: What | null;
  environment: string;
  path: string;
  name: string;
  tags: readonly string[];
  /** Whether the secret has no tags at all; then `tags` waits. */
  untagged: boolean;
  /** Where something is moved to or imported from. */
  secondEnvironment: string;
  secondPath: string;
  newName: string;
  newTags: readonly string[];
  metadata: readonly string[];
  newMetadata: readonly string[];
  connection: string;
  others: Readonly<Record<string, string>>;
  exact: boolean;
  when: When;
  server: Semantics | null;
  drafts: boolean;
  privilege: string;
}

/** Reads an address that may have been typed: what is not understood is left out. */
export function readSimulatorSearch(search: Record<string, unknown>): SimulatorSearch {
  const read: SimulatorSearch = {};
  for (const key of TEXTS) {
    const value = search[key];
    // The address turns a text of digits into a number, and one of JSON into what it says.
    if (typeof value === "string" || typeof value === "number") read[key] = String(value);
    else if (value !== null && typeof value === "object") read[key] = JSON.stringify(value);
  }
  for (const key of LISTS) {
    const value = search[key];
    if (Array.isArray(value)) read[key] = value.map(String);
    else if (typeof value === "string") read[key] = [value];
  }
  for (const key of CLAIMS) if (search[key] === true) read[key] = true;
  const tab = TABS.find((it) => it === search.tab);
  if (tab !== undefined && tab !== "check") read.tab = tab;
  if (search.server === "forbid-wins" || search.server === "last-match") {
    read.server = search.server;
  }
  if (read.when !== undefined && read.when !== AFTER && Number.isNaN(Date.parse(read.when))) {
    delete read.when;
  }
  return read;
}

export function questionOf(search: SimulatorSearch): Question {
  const { tags, when, others = [] } = search;
  return {
    who: search.role !== undefined ? "role" : search.rules !== undefined ? "rules" : "member",
    member: search.member ?? "",
    role: search.role ?? "",
    rules: search.rules ?? "",
    folderRules: search.folderRules ?? "",
    what: whatOf(search),
    environment: search.environment ?? "",
    path: search.path ?? "",
    name: search.name ?? "",
    tags: tags ?? [],
    untagged: tags?.length === 0,
    secondEnvironment: search.fromEnvironment ?? search.toEnvironment ?? "",
    secondPath: search.fromPath ?? search.toPath ?? "",
    newName: search.newName ?? "",
    newTags: search.newTags ?? [],
    metadata: search.metadata ?? [],
    newMetadata: search.newMetadata ?? [],
    connection: search.connection ?? "",
    others: Object.fromEntries(others.map(pairOf)),
    exact: search.exact ?? false,
    when: whenOf(when),
    server: search.server ?? null,
    drafts: search.drafts ?? false,
    privilege: search.privilege ?? "",
  };
}

/** The address of a question. Its keys are always in the same order. */
export function searchOf(question: Question): SimulatorSearch {
  const { who, what, tags, untagged, when, others, newTags, metadata, newMetadata } = question;
  const attributes = Object.entries(others).filter(([, value]) => value !== "");
  const text = <K extends keyof Question & keyof SimulatorSearch>(key: K) =>
    question[key] ? { [key]: question[key] } : {};
  return {
    ...(who === "member" && text("member")),
    ...(who === "role" && { role: question.role }),
    ...(who === "rules" && { rules: question.rules, ...text("folderRules") }),
    ...(what?.kind === "operation" && { operation: what.operation }),
    ...(what?.kind === "action" && { subject: what.subject, action: what.action }),
    ...text("environment"),
    ...text("path"),
    ...text("name"),
    ...((untagged || tags.length > 0) && { tags: untagged ? [] : [...tags] }),
    ...secondOf(question),
    ...text("newName"),
    ...(newTags.length > 0 && { newTags: [...newTags] }),
    ...(metadata.length > 0 && { metadata: [...metadata] }),
    ...(newMetadata.length > 0 && { newMetadata: [...newMetadata] }),
    ...text("connection"),
    ...(attributes.length > 0 && { others: attributes.map(([key, it]) => `${key}=${it}`) }),
    ...text("exact"),
    ...(when.kind === "afterTimed" && { when: AFTER }),
    ...(when.kind === "at" && { when: when.instant }),
    ...text("server"),
    ...text("drafts"),
    ...text("privilege"),
  };
}

/** The second place, named by what is done: an import takes from there, anything else goes there. */
function secondOf({ what, secondEnvironment, secondPath }: Question): SimulatorSearch {
  const isImport = what?.kind === "operation" && what.operation.startsWith("import.");
  const [environment, path] = isImport
    ? (["fromEnvironment", "fromPath"] as const)
    : (["toEnvironment", "toPath"] as const);
  return {
    ...(secondEnvironment && { [environment]: secondEnvironment }),
    ...(secondPath && { [path]: secondPath }),
  };
}

/** The address of a tab with a question. */
export function addressOf(question: Question, tab: SimulatorTab): SimulatorSearch {
  return { ...(tab !== "check" && { tab }), ...searchOf(question) };
}

/** A text that is the same for the same question. */
export function searchKey(search: SimulatorSearch): string {
  return JSON.stringify(searchOf(questionOf(search)));
}

/** The question that was put to the core, on the form again. */
export function questionOfRequest(request: SimulateRequest): Question {
  const { who, what, place, when, semantics, unsaved } = request;
  const joined = (pairs: readonly [string, string][] | null) =>
    (pairs ?? []).map(([key, value]) => `${key}=${value}`);
  return {
    ...questionOf({}),
    who: who.kind,
    ...(who.kind === "member" && { member: who.member }),
    ...(who.kind === "role" && { role: who.role }),
    ...(who.kind === "rules" && { rules: who.rules, folderRules: who.folderRules ?? "" }),
    what,
    environment: place.environment ?? "",
    path: place.secretPath ?? "",
    name: place.secretName ?? "",
    tags: place.secretTags ?? [],
    untagged: place.secretTags?.length === 0,
    secondEnvironment: place.secondEnvironment ?? "",
    secondPath: place.secondPath ?? "",
    newName: place.newName ?? "",
    newTags: place.newTags ?? [],
    metadata: joined(place.metadata),
    newMetadata: joined(place.newMetadata),
    connection: place.connection ?? "",
    others: Object.fromEntries(place.others),
    exact: place.nothingElse,
    when,
    server: semantics,
    drafts: unsaved.roleDrafts,
    privilege: unsaved.privilege ?? "",
  };
}

/** Who is asked about, as the core takes it; null while nobody is. */
export function whoOf({ who, member, role, rules, folderRules }: Question): Who | null {
  switch (who) {
    case "member":
      return member === "" ? null : { kind: "member", member };
    case "role":
      return role === "" ? null : { kind: "role", role };
    case "rules":
      return { kind: "rules", rules, folderRules: orOpen(folderRules) };
  }
}

/** The question as the core takes it, with the attributes in `fields` only; null while it lacks. */
export function requestOf(question: Question, fields: readonly string[]): SimulateRequest | null {
  const who = whoOf(question);
  if (!who || !question.what) return null;
  return {
    who,
    what: question.what,
    place: placeOf(question, fields),
    when: question.when,
    semantics: question.server,
    unsaved: { roleDrafts: question.drafts, privilege: orOpen(question.privilege) },
  };
}

/**
 * Where the question asks about, as the core takes it. What the chosen operation or subject does not
 * have is not sent, even where an earlier choice had it.
 */
export function placeOf(question: Question, fields: readonly string[]): Place {
  const { tags, untagged, newTags } = question;
  const has = (field: string) => fields.includes(field);
  const text = (field: string, value: string) => (has(field) ? orOpen(value) : null);
  const list = (values: readonly string[]) => (values.length > 0 ? [...values] : null);
  const pairs = (field: string, values: readonly string[]) =>
    has(field) && values.length > 0 ? values.map(pairOf) : null;
  return {
    environment: text("environment", question.environment),
    secretPath: text("secretPath", question.path),
    secretName: text("secretName", question.name),
    secretTags: has("secretTags") ? (untagged ? [] : list(tags)) : null,
    secondEnvironment: text("secondEnvironment", question.secondEnvironment),
    secondPath: text("secondPath", question.secondPath),
    newName: text("newName", question.newName),
    newTags: has("newTags") ? list(newTags) : null,
    metadata: pairs("metadata", question.metadata),
    newMetadata: pairs("newMetadata", question.newMetadata),
    connection: text("connection", question.connection),
    others: Object.entries(question.others)
      .filter(([property, value]) => has(property) && value.trim() !== "")
      .map(([property, value]): [string, string] => [property, value.trim()]),
    nothingElse: question.exact,
  };
}

function orOpen(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** `key=value` in its two parts. */
function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

const AFTER = "after";
const TEXTS = [
  "member",
  "role",
  "rules",
  "folderRules",
  "operation",
  "subject",
  "action",
  "environment",
  "path",
  "name",
  "toEnvironment",
  "toPath",
  "fromEnvironment",
  "fromPath",
  "newName",
  "connection",
  "when",
  "privilege",
] as const satisfies (keyof SimulatorSearch)[];
const LISTS = [
  "tags",
  "newTags",
  "metadata",
  "newMetadata",
  "others",
] as const satisfies (keyof SimulatorSearch)[];
const CLAIMS = ["exact", "drafts"] as const satisfies (keyof SimulatorSearch)[];

function whatOf({ operation, subject, action }: SimulatorSearch): What | null {
  if (operation !== undefined) return { kind: "operation", operation };
  if (subject !== undefined && action !== undefined) return { kind: "action", subject, action };
  return null;
}

function whenOf(when: string | undefined): When {
  if (when === undefined) return { kind: "now" };
  return when === AFTER ? { kind: "afterTimed" } : { kind: "at", instant: when };
}

/** A question about nobody. Never sent: it stands where the question is not whole yet. */
export const ABOUT_NOBODY: SimulateRequest = {
  who: { kind: "member", member: "" },
  what: { kind: "operation", operation: "" },
  place: placeOf(questionOf({}), []),
  when: { kind: "now" },
  semantics: null,
  unsaved: { roleDrafts: false, privilege: null },
};
