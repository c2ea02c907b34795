/** Which rows become ticked. Pure. */

/** `keys` with `key` the other way round. */
export function toggled(keys: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/**
 * The keys of the rows from `from` to `to`, in that order; undefined if one of them is not loaded.
 */
export function loadedBetween<Row>(
  from: number,
  to: number,
  rowAt: (index: number) => Row | undefined,
  rowKey: (row: Row) => string,
): string[] | undefined {
  const keys: string[] = [];
  const step = from <= to ? 1 : -1;
  for (let index = from; index !== to + step; index += step) {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    keys.push(rowKey(row));
  }
  return keys;
}
