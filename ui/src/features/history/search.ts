/** What the address of the history says. */

/** Filters, or one entry alone. */
export interface HistorySearch {
  /** The id of a member. */
  member?: string;
  /** The id of a role. */
  role?: string;
  /** A kind of deed, such as `privilege.attach`. */
  deed?: string;
  text?: string;
  /** The id of the one entry to show. */
  entry?: string;
}

const KEYS = ["member", "role", "deed", "text", "entry"] as const;

/** Reads an address that may have been typed: what is not understood is left out. */
export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const read: HistorySearch = {};
  for (const key of KEYS) {
    const value = search[key];
    // The address turns a text of digits into a number.
    if (typeof value === "number") read[key] = String(value);
    else if (typeof value === "string" && value !== "") read[key] = value;
  }
  return read;
}
