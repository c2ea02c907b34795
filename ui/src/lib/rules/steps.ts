/** Undo and redo, without a limit: every edit is a step with a name. */

export interface Step<Document> {
  /** What was done, such as "Allow Read on Tags". */
  name: string;
  /** The document after it. */
  after: Document;
  /** Edits that follow one another with the same word become one step: typing in one field. */
  run?: string | undefined;
}

export interface Steps<Document> {
  /** The document before the first step. */
  first: Document;
  done: readonly Step<Document>[];
  /** The step that redo brings back comes first. */
  undone: readonly Step<Document>[];
}

export function stepsFrom<Document>(first: Document): Steps<Document> {
  return { first, done: [], undone: [] };
}

export function present<Document>({ first, done }: Steps<Document>): Document {
  return done.at(-1)?.after ?? first;
}

/** Does a step. One that changes nothing is none. */
export function done<Document>(steps: Steps<Document>, step: Step<Document>): Steps<Document> {
  if (step.after === present(steps)) return steps;
  const last = steps.done.at(-1);
  const continues = step.run !== undefined && last?.run === step.run && steps.undone.length === 0;
  const before = continues ? steps.done.slice(0, -1) : steps.done;
  return { ...steps, done: [...before, step], undone: [] };
}

export function undone<Document>(steps: Steps<Document>): Steps<Document> {
  const last = steps.done.at(-1);
  if (!last) return steps;
  // What is brought back is not gone on with.
  const step = { name: last.name, after: last.after };
  return { ...steps, done: steps.done.slice(0, -1), undone: [step, ...steps.undone] };
}

export function redone<Document>(steps: Steps<Document>): Steps<Document> {
  const [next, ...rest] = steps.undone;
  return next ? { ...steps, done: [...steps.done, next], undone: rest } : steps;
}
