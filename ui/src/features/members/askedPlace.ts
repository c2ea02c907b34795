/** Where to begin asking about what a privilege does. Pure. */
import type { RuleView } from "../../api/generated/commands";

export interface AskedPlace {
  environment?: string;
  path?: string;
}

/** The environment and the folder that the first rule with conditions is about, where it names them. */
export function askedPlace(rules: readonly RuleView[]): AskedPlace {
  const conditions = rules.find((rule) => rule.conditions.length > 0)?.conditions ?? [];
  const named = (property: string) => {
    const condition = conditions.find((it) => it.property === property);
    if (condition?.operator === "$eq" || condition?.operator === "$in") return condition.values[0];
    // The folder that "/payments/**" begins with is within it.
    if (condition?.operator === "$glob") return withoutGlob(condition.values[0] ?? "");
    return undefined;
  };
  const environment = named("environment");
  const path = named("secretPath");
  return {
    ...(environment !== undefined && isPlain(environment) && { environment }),
    ...(path !== undefined && isPlain(path) && { path }),
  };
}

function withoutGlob(pattern: string): string | undefined {
  if (isPlain(pattern)) return pattern;
  const folder = pattern.replace(/\/\*\*?(\/\*)?$/, "");
  return folder === "" ? "/" : folder;
}

/** Neither a glob nor a template. */
function isPlain(value: string): boolean {
  return value !== "" && !/[*?[\]{}!()]/.test(value);
}
