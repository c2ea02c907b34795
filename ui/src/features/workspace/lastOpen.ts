/** The workspace that was open last while this window lived, so that a refusal offers a way back. */
import type { OpenWorkspace } from "../../api/generated/commands";

export interface LastOpen {
  path: string;
  name: string;
}

let last: LastOpen | null = null;

export function rememberOpen({ path, project }: OpenWorkspace): void {
  last = { path, name: project.name };
}

export function lastOpen(): LastOpen | null {
  return last;
}
