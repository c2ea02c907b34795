/** What can be asked about: the operations in plain words, then every action of every subject. */
import type { ActionName, CatalogueView, What } from "../../api/generated/commands";
import type { Option } from "../../components/list/Option";

export interface WhatChoice extends Option {
  what: What;
  /** The fields of a place that it needs or takes. */
  fields: readonly string[];
  /** What its second place is called, if it has one. */
  secondPlace: string | null;
}

/** The field of the form by the property that a condition tests; any other bears its own name. */
const FIELDS: Record<string, string> = { connectionId: "connection" };

/** Every field that a question about secrets may have. */
const EVERY_FIELD = ["environment", "secretPath", "secretName", "secretTags"] as const;

export function whatChoices({ operations, subjects }: CatalogueView): WhatChoice[] {
  const inWords = operations.map(
    ({ id, title, area, checks, inputs, secondPlace }): WhatChoice => ({
      id: `operation:${id}`,
      label: title,
      description:
        checks.length > 0 ? `${area} · checks ${titles(checks)}` : `${area} · every member may`,
      what: { kind: "operation", operation: id },
      fields: inputs,
      secondPlace,
    }),
  );
  const raw = subjects.flatMap(({ subject, title, actions, properties }) =>
    actions.map(({ action, title: actionTitle }): WhatChoice => ({
      id: `action:${subject}:${action}`,
      label: `${title} · ${actionTitle}`,
      slug: `${subject}:${action}`,
      what: { kind: "action", subject, action },
      fields: properties.map(({ property }) => FIELDS[property] ?? property),
      secondPlace: null,
    })),
  );
  return [...inWords, ...raw];
}

/** Each title once: some operations check the same twice. */
function titles(checks: readonly ActionName[]): string {
  return [...new Set(checks.map(({ title }) => title))].join(", ");
}

/** What is asked while nothing was chosen: whether a secret's value can be read. */
export function firstWhat(choices: readonly WhatChoice[]): What | null {
  const operation = choices.find(({ what }) => what.kind === "operation");
  const reading = choices.find(({ id }) => id === "action:secrets:readValue");
  return (operation ?? reading ?? choices[0])?.what ?? null;
}

/** The choice that stands for `what`; one the catalogue does not know stands for itself. */
export function choiceOf(what: What | null, choices: readonly WhatChoice[]): WhatChoice | null {
  if (!what) return null;
  const id =
    what.kind === "operation"
      ? `operation:${what.operation}`
      : `action:${what.subject}:${what.action}`;
  const label = what.kind === "operation" ? what.operation : `${what.subject}:${what.action}`;
  const known = choices.find((choice) => choice.id === id);
  return known ?? { id, label, mono: true, what, fields: EVERY_FIELD, secondPlace: null };
}

/** What other attributes are called: by their property, in the words of the catalogue. */
export function attributeTitle(catalogue: CatalogueView | undefined, property: string): string {
  for (const { properties } of catalogue?.subjects ?? []) {
    const known = properties.find((it) => it.property === property);
    if (known) return known.title;
  }
  return property;
}
