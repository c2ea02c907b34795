/** What the address of the editor holds. */

export interface AddPrivilegeSearch {
  /** The id of a privilege that the new one starts as a copy of. */
  copyOf?: string;
  /** Rules as JSON text that the form starts with. */
  policies?: string;
}

export function readAddPrivilegeSearch(search: Record<string, unknown>): AddPrivilegeSearch {
  const { copyOf } = search;
  return {
    ...(typeof copyOf === "string" && copyOf !== "" && { copyOf }),
    ...readEditPrivilegeSearch(search),
  };
}

export interface EditPrivilegeSearch {
  /** Rules as JSON text that are on the form in place of the stored ones, not saved yet. */
  policies?: string;
}

export function readEditPrivilegeSearch(search: Record<string, unknown>): EditPrivilegeSearch {
  const { policies } = search;
  // The address turns a text of JSON into what it says.
  if (Array.isArray(policies)) return { policies: JSON.stringify(policies) };
  return typeof policies === "string" && policies !== "" ? { policies } : {};
}
