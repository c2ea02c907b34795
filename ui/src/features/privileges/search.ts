/** What the address of the editor holds. */

export interface AddPrivilegeSearch {
  /** The id of a privilege that the new one starts as a copy of. */
  copyOf?: string;
}

export function readAddPrivilegeSearch(search: Record<string, unknown>): AddPrivilegeSearch {
  return typeof search.copyOf === "string" && search.copyOf !== "" ? { copyOf: search.copyOf } : {};
}
