/** Rules on the clipboard, as the JSON that a server takes: the same for roles and for privileges. */
import { isList, isObject, get, layOut, readJson, type Json } from "../../lib/json";
import { formatQuantity } from "../../lib/numbers";
import { errorToast, toast } from "../toast/toasts";

/** Puts rules on the clipboard, as the list that the server would take. */
export function copyRules(copied: readonly Json[]): void {
  void navigator.clipboard.writeText(layOut(copied)).then(
    () => toast(`Copied ${formatQuantity(copied.length, "rule")} as JSON`),
    () => errorToast("The clipboard refused the rules"),
  );
}

/** The rules on the clipboard; undefined if there are none, which is said. */
export async function copiedRules(): Promise<readonly Json[] | undefined> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    errorToast("The clipboard cannot be read here");
    return undefined;
  }
  if (text.trim() === "") {
    errorToast("The clipboard is empty");
    return undefined;
  }
  const pasted = rulesIn(text);
  if ("rules" in pasted && pasted.rules.length === 0) {
    errorToast("The clipboard holds a list without any rules");
    return undefined;
  }
  if ("rules" in pasted) return pasted.rules;
  errorToast(pasted.problem);
  return undefined;
}

/** The rules in a text: a list of them, one alone, or a role or privilege that holds them. */
export function rulesIn(text: string): { rules: readonly Json[] } | { problem: string } {
  const reading = readJson(text);
  if ("error" in reading) {
    return { problem: `The clipboard holds no rules: it is not JSON (${reading.error.message})` };
  }
  const { value } = reading;
  if (isList(value)) return { rules: value };
  if (isObject(value)) {
    const held = get(value, "permissions");
    if (isList(held)) return { rules: held };
    if (get(value, "subject") !== undefined) return { rules: [value] };
  }
  return { problem: "The clipboard holds no rules: a list of them is needed" };
}
