/** What the address of the simulator says: the question's starting point. */

export interface SimulatorSearch {
  member?: string;
  environment?: string;
  path?: string;
}

/** Reads an address that may have been typed: what is not understood is left out. */
export function readSimulatorSearch(search: Record<string, unknown>): SimulatorSearch {
  const { member, environment, path } = search;
  return {
    ...(typeof member === "string" && { member }),
    ...(typeof environment === "string" && { environment }),
    ...(typeof path === "string" && { path }),
  };
}
