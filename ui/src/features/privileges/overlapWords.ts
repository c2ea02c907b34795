/** The parts of a privilege in words, for choosing between two edits of it. Pure. */
import type { Clash } from "../../components/overlap/OverlapBar";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import type { PrivilegeForm } from "./draft";
import { isSame, PART_NAMES, type Part } from "./merge";

/** What both changed, and which of them stands in `form`. */
export function clashesOf(
  parts: readonly Part[],
  form: PrivilegeForm,
  mine: PrivilegeForm,
  theirs: PrivilegeForm,
): Clash<Part>[] {
  return parts.map((part) => ({
    part,
    name: PART_NAMES[part],
    mine: summary(part, mine),
    theirs: summary(part, theirs),
    side: isSame(part, form, theirs) ? "theirs" : "mine",
  }));
}

function summary(part: Part, form: PrivilegeForm): string {
  switch (part) {
    case "name":
    case "reason":
    case "ticket":
      return form[part] === "" ? "nothing" : form[part];
    case "start":
      return form.start === null ? "at once" : formatInstant(Date.parse(form.start));
    case "duration":
      return lasting(form);
    case "policies":
      return policies(form);
  }
}

function lasting({ duration: { mode, range, end } }: PrivilegeForm): string {
  switch (mode) {
    case "permanent":
      return "permanent";
    case "timed":
      return `${range} from now`;
    case "kept":
      return end === "" ? "as it is" : `until ${formatInstant(Date.parse(end))}`;
    case "until":
      return end === "" ? "until an instant" : `until ${formatInstant(Date.parse(end))}`;
  }
}

function policies({ policies: all }: PrivilegeForm): string {
  const each = all.map(
    ({ subject, actions, inverted, conditions }) =>
      `${inverted ? "forbid" : "allow"} ${actions.join(", ")} on ${subject}` +
      (conditions.length > 0 ? ` (${formatQuantity(conditions.length, "condition")})` : ""),
  );
  return each.length === 0 ? "none" : each.join("; ");
}
