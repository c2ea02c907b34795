/** Says numbers in words and figures. Pure. */

const grouped = new Intl.NumberFormat("en-GB");

/** "1 284": thousands set apart by a space that does not break. */
export function formatCount(count: number): string {
  return grouped
    .formatToParts(count)
    .map((part) => (part.type === "group" ? "\u00a0" : part.value))
    .join("");
}

/** "1 member", "14 members". `many` is the plural where it is not the noun with an s. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
