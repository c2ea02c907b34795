/** Which rows become ticked. Pure. */

/** `keys` with `key` the other way round. */
export function toggled(keys: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/**
 * `keys` and all rows from `from` to `to`. It ends at the first row that is not loaded: what nobody
 * saw is not ticked.
 */
export function withRange<Row>(
  keys: ReadonlySet<string>,
  from: number,
  to: number,
  rowAt: (index: number) => Row | undefined,
  rowKey: (row: Row) => string,
): Set<string> {
  const next = new Set(keys);
  const step = from <= to ? 1 : -1;
  for (let index = from; index !== to + step; index += step) {
    const row = rowAt(index);
    if (row === undefined) break;
    next.add(rowKey(row));
  }
  return next;
}
