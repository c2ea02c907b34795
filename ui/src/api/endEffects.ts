/** What ends mean, asked for in chunks and kept like everything else that was read. */
import { useQueries } from "@tanstack/react-query";
import type { EndEffectView, EndRef, MemberRef } from "./generated/commands";
import { rpc } from "./rpc";

/** Something of a member that ends. */
export interface EndingRow {
  id: string;
  member: MemberRef;
  end: string | null;
}

/** So many rows are asked about at once. */
const CHUNK = 32;

/**
 * What the ends of the rows from `first` to `last` mean, by the row's id, as far as it is known.
 * What goes out of sight is not asked about any further, and what has ended is not at all.
 */
export function useEndEffects(
  rowAt: (index: number) => EndingRow | undefined,
  first: number,
  last: number,
  now: number,
): ReadonlyMap<string, EndEffectView> {
  const chunks: EndingRow[][] = [];
  for (let start = first - (first % CHUNK); start <= last; start += CHUNK) {
    const rows = Array.from({ length: CHUNK }, (_, step) => rowAt(start + step));
    chunks.push(rows.filter((row): row is EndingRow => row !== undefined && isToCome(row, now)));
  }
  const results = useQueries({
    queries: chunks.map((rows) => {
      const ends = rows.map(endRef);
      return {
        queryKey: ["end_effects", { ends }],
        queryFn: ({ signal }: { signal: AbortSignal }) => allEffects(ends, signal),
        enabled: ends.length > 0,
      };
    }),
  });
  const effects = new Map<string, EndEffectView>();
  chunks.forEach((rows, chunk) => {
    const found = results[chunk]?.data;
    rows.forEach(({ id }, place) => {
      const effect = found?.[place];
      if (effect) effects.set(id, effect);
    });
  });
  return effects;
}

/** One answer tells of as many as can be looked into at once: asks until it has told of all. */
async function allEffects(ends: EndRef[], signal: AbortSignal): Promise<EndEffectView[]> {
  const found: EndEffectView[] = [];
  while (found.length < ends.length && !signal.aborted) {
    const { effects } = await rpc("end_effects", { ends: ends.slice(found.length) });
    found.push(...effects);
    if (effects.length === 0) break;
  }
  return found;
}

function isToCome({ end }: EndingRow, now: number): boolean {
  return end !== null && Date.parse(end) > now;
}

function endRef({ member, end }: EndingRow): EndRef {
  return { member: member.id, kind: member.kind, end: end ?? "" };
}
