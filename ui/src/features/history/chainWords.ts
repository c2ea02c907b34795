/** Says where the history is broken. Pure. */
import type { HistoryBreak } from "../../api/generated/commands";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";

/** One place, as a sentence. */
export function breakSentence(found: HistoryBreak): string {
  switch (found.kind) {
    case "changed":
      return `Entry ${found.number} about “${found.title}”, dated ${formatInstant(Date.parse(found.at))}, is not as it was written.`;
    case "missing":
      return found.first === found.last
        ? `Entry ${found.first} is gone.`
        : `Entries ${found.first} to ${found.last} are gone.`;
  }
}

/** All of them in a few words. */
export function breaksSummary(breaks: readonly HistoryBreak[]): string {
  const changed = breaks.filter(({ kind }) => kind === "changed").length;
  let missing = 0;
  for (const found of breaks) if (found.kind === "missing") missing += found.last - found.first + 1;
  const parts = [
    ...(changed > 0 ? [`${formatQuantity(changed, "entry", "entries")} changed`] : []),
    ...(missing > 0 ? [`${formatQuantity(missing, "entry", "entries")} gone`] : []),
  ];
  return parts.join(", ");
}
