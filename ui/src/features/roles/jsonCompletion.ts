/** What can stand at a place in the text of rules: the catalogue's names and the project's own. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { CatalogueView, Places } from "../../api/generated/commands";
import { pathTo, siblingText, type TextRange } from "./jsonPlaces";

export function completionFor(catalogue: CatalogueView, places: Places) {
  return (context: CompletionContext): CompletionResult | null => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    const text = ({ from, to }: TextRange) => context.state.sliceDoc(from, to);
    const quoted = context.matchBefore(/"[^"\n]*/);
    if (!quoted && !context.explicit) return null;
    const inName = node.name === "PropertyName" || node.name === "Object";
    const path = pathTo(node, text);
    const around = inName && node.name === "PropertyName" ? path.slice(0, -1) : path;
    const subject = siblingText(node, "subject", text);
    const options = inName
      ? keysAt(around, subject, catalogue)
      : valuesAt(path, subject, catalogue, places);
    if (options.length === 0) return null;
    const from = quoted ? quoted.from : context.pos;
    return {
      from,
      options: options.map((option) => ({
        ...option,
        label: `"${option.label}"`,
        apply: (view, completion, start, end) => {
          const closes = view.state.sliceDoc(end, end + 1) === '"' ? 1 : 0;
          const insert =
            completion.label +
            (inName && !hasColon(view.state.sliceDoc(end + closes, end + closes + 3)) ? ": " : "");
          view.dispatch({
            changes: { from: start, to: end + closes, insert },
            selection: { anchor: start + insert.length },
          });
        },
      })),
      validFor: /^"[^"\n]*$/,
    };
  };
}

function hasColon(text: string): boolean {
  return text.trimStart().startsWith(":");
}

const RULE_KEYS: Completion[] = [
  { label: "subject", detail: "what is acted on" },
  { label: "action", detail: "what is done" },
  { label: "inverted", detail: "true makes it a Forbid" },
  { label: "conditions", detail: "all must hold" },
];

function keysAt(
  path: readonly string[],
  subject: string | undefined,
  catalogue: CatalogueView,
): Completion[] {
  const [, key, property, operator, member] = path;
  if (key === undefined) return RULE_KEYS;
  if (key !== "conditions") return [];
  const properties = catalogue.subjects.find((it) => it.subject === subject)?.properties ?? [];
  if (property === undefined) {
    return properties.map(({ property: label, title }) => ({ label, detail: title }));
  }
  const known = properties.find((it) => it.property === property);
  if (operator === undefined) {
    const own = (known?.operators ?? []).map(({ operator: label, title }) => ({
      label,
      detail: title,
    }));
    return known && known.elements.length > 0
      ? [...own, { label: "$elemMatch", detail: "Has Element" }]
      : own;
  }
  if (operator !== "$elemMatch") return [];
  if (member === undefined) {
    return (known?.elements ?? []).map(({ property: label, title }) => ({ label, detail: title }));
  }
  const inner = known?.elements.find((it) => it.property === member);
  return (inner?.operators ?? []).map(({ operator: label, title }) => ({ label, detail: title }));
}

function valuesAt(
  path: readonly string[],
  subject: string | undefined,
  catalogue: CatalogueView,
  places: Places,
): Completion[] {
  const [, key, property] = path;
  if (key === "subject") {
    return catalogue.subjects.map(({ subject: label, title }) => ({ label, detail: title }));
  }
  if (key === "action") {
    const actions = catalogue.subjects.find((it) => it.subject === subject)?.actions ?? [];
    return actions.map(({ action: label, title }) => ({ label, detail: title }));
  }
  if (property === "environment") {
    return places.environments.map(({ slug, name }) => ({ label: slug, detail: name }));
  }
  if (property === "secretTags") return places.tags.map(({ slug }) => ({ label: slug }));
  if (property !== "secretPath") return [];
  const folders = [...new Set(places.environments.flatMap((it) => it.folders))].sort();
  return folders.map((label) => ({ label }));
}
