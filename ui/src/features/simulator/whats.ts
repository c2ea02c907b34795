/** What can be asked about: the operations in plain words, then every action of every subject. */
import type { ActionName, CatalogueView, What } from "../../api/generated/commands";
import type { Option } from "../../components/list/Option";

export interface WhatChoice extends Option {
  what: What;
}

export function whatChoices({ operations, subjects }: CatalogueView): WhatChoice[] {
  const inWords = operations.map(({ id, title, area, checks }): WhatChoice => ({
    id: `operation:${id}`,
    label: title,
    description: `${area} · checks ${titles(checks)}`,
    what: { kind: "operation", operation: id },
  }));
  const raw = subjects.flatMap(({ subject, title, actions }) =>
    actions.map(({ action, title: actionTitle }): WhatChoice => ({
      id: `action:${subject}:${action}`,
      label: `${title} · ${actionTitle}`,
      slug: `${subject}:${action}`,
      what: { kind: "action", subject, action },
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
  return choices.find((choice) => choice.id === id) ?? { id, label, mono: true, what };
}
