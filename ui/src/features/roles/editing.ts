/**
 * The state of a role being edited: its steps, what they began from, and what became of saving. Pure.
 */
import type { FindingView } from "../../api/generated/commands";
import {
  edited,
  listOf,
  readRules,
  writeRules,
  type RuleList,
  type RuleListEdit,
} from "../../lib/rules/edits";
import { readSteps } from "../../lib/rules/keptSteps";
import { done, present, redone, stepsFrom, undone, type Steps } from "../../lib/rules/steps";
import type { Json } from "../../lib/json";

export interface Editing {
  steps: Steps<RuleList>;
  /** What identifies the saved rules that the edits began from. */
  base: string;
  /** The saved rules, as they would be saved again. */
  saved: string;
  /** What stands in the text editor, where that is no list of rules. */
  written: string | null;
  /** The role as somebody else saved it meanwhile. */
  overtaken: { rules: string; revision: string } | null;
  /** What a server would refuse about the rules, once saving was tried. */
  refused: readonly FindingView[];
  /** When edits were kept that are back now. */
  restoredAt: string | null;
}

export interface Stored {
  rules: string;
  revision: string;
  draft: {
    base: string;
    rules: string;
    written: string | null;
    steps: string | null;
    savedAt: string;
  } | null;
}

export type Act =
  | { kind: "edit"; edit: RuleListEdit; name: string; run?: string | undefined }
  | { kind: "undo" }
  | { kind: "redo" }
  | { kind: "discard" }
  | { kind: "written"; text: string | null }
  | { kind: "loaded"; stored: Stored }
  | { kind: "saved"; revision: string; text: string }
  | { kind: "refused"; findings: readonly FindingView[] }
  | { kind: "overtaken"; rules: string; revision: string }
  | { kind: "takeTheirs" }
  | { kind: "keepMine" };

/** The editor as it opens: with the edits that were kept, if there are any. */
export function opened({ rules, revision, draft }: Stored): Editing {
  const stored = parsed(rules);
  const first = listOf(stored ?? []);
  const clean: Editing = {
    steps: stepsFrom(first),
    base: revision,
    saved: stored ? writeRules(first) : rules,
    written: stored ? null : rules,
    overtaken: null,
    refused: [],
    restoredAt: null,
  };
  const kept = draft && parsed(draft.rules);
  if (!kept) return clean;
  const name = "Bring back unsaved edits";
  return {
    ...clean,
    steps:
      keptSteps(draft) ??
      done(clean.steps, { name, after: edited(first, { kind: "replace", rules: kept }) }),
    base: draft.base,
    written: draft.written,
    overtaken: draft.base === revision ? null : { rules, revision },
    restoredAt: draft.savedAt,
  };
}

/** The steps that were kept with the edits, if they lead to them. */
function keptSteps({ steps: text, rules }: { steps: string | null; rules: string }) {
  const steps = text === null ? undefined : readSteps(text);
  return steps && writeRules(present(steps)) === rules ? steps : undefined;
}

export function rulesOf(editing: Editing): RuleList {
  return present(editing.steps);
}

export function isEdited(editing: Editing, text: string): boolean {
  return editing.written !== null ? editing.written !== editing.saved : text !== editing.saved;
}

export function after(editing: Editing, act: Act): Editing {
  switch (act.kind) {
    case "edit": {
      const { name, run } = act;
      const steps = done(editing.steps, { name, run, after: edited(rulesOf(editing), act.edit) });
      return { ...editing, steps, written: null, refused: [] };
    }
    case "undo":
      return { ...editing, steps: undone(editing.steps), written: null, refused: [] };
    case "redo":
      return { ...editing, steps: redone(editing.steps), written: null, refused: [] };
    case "discard": {
      const rules = parsed(editing.saved);
      if (!rules) return { ...editing, written: editing.saved, restoredAt: null };
      const replace: RuleListEdit = { kind: "replace", rules };
      const back = after(editing, { kind: "edit", edit: replace, name: "Discard all" });
      return { ...back, restoredAt: null };
    }
    case "written":
      return { ...editing, written: act.text };
    case "loaded":
      return loaded(editing, act.stored);
    case "saved":
      return {
        ...editing,
        base: act.revision,
        saved: act.text,
        overtaken: null,
        refused: [],
        restoredAt: null,
      };
    case "refused":
      return { ...editing, refused: act.findings };
    case "overtaken":
      return { ...editing, overtaken: { rules: act.rules, revision: act.revision } };
    case "takeTheirs":
      return taken(editing, true);
    case "keepMine":
      return taken(editing, false);
  }
}

/** What is stored changed: taken over at once where nothing was edited, said otherwise. */
function loaded(editing: Editing, stored: Stored): Editing {
  if (stored.revision === editing.base) return editing;
  if (!isEdited(editing, writeRules(rulesOf(editing)))) return opened({ ...stored, draft: null });
  if (stored.revision === editing.overtaken?.revision) return editing;
  return { ...editing, overtaken: { rules: stored.rules, revision: stored.revision } };
}

function taken(editing: Editing, theirs: boolean): Editing {
  const { overtaken } = editing;
  if (!overtaken) return editing;
  const rules = parsed(overtaken.rules);
  const based = {
    ...editing,
    base: overtaken.revision,
    saved: rules ? writeRules(listOf(rules)) : overtaken.rules,
    overtaken: null,
  };
  if (!theirs || !rules) return based;
  const name = "Take what was saved elsewhere";
  return after(based, { kind: "edit", edit: { kind: "replace", rules }, name });
}

function parsed(text: string): readonly Json[] | undefined {
  const reading = readRules(text);
  return "rules" in reading ? reading.rules : undefined;
}
