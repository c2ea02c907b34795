/** The filters of the members' list: what there is to choose, and what it asks the core for. */
import type { ExpiryFilter, MemberFact, MemberFilter } from "../../api/generated/commands";
import type { Option } from "../../components/list/Option";
import type { MembersSearch } from "./search";

const HOUR = 60;
const DAY = 24 * HOUR;

/** How timed access stands, as the address says it. */
export type Expiry = "1h" | "1d" | "7d" | "30d" | "ended" | "nothing";

const EXPIRY: readonly { id: Expiry; label: string; asks: ExpiryFilter }[] = [
  { id: "1h", label: "Ends within 1 hour", asks: { state: "ending", minutes: HOUR } },
  { id: "1d", label: "Ends within 24 hours", asks: { state: "ending", minutes: DAY } },
  { id: "7d", label: "Ends within 7 days", asks: { state: "ending", minutes: 7 * DAY } },
  { id: "30d", label: "Ends within 30 days", asks: { state: "ending", minutes: 30 * DAY } },
  { id: "ended", label: "Ended and still stored", asks: { state: "ended" } },
  { id: "nothing", label: "Nothing is timed", asks: { state: "nothing" } },
];

export const EXPIRY_OPTIONS: readonly Option<Expiry>[] = EXPIRY;

export const FACT_OPTIONS: readonly Option<MemberFact>[] = [
  {
    id: "forbids",
    label: "Has Forbid",
    description: "A role or privilege that counts forbids something",
  },
  {
    id: "wide",
    label: "Wide access",
    description: "A role or privilege that counts opens every secret",
  },
  {
    id: "privileges",
    label: "Has Additional Privileges",
    description: "Ended ones included",
  },
  {
    id: "noPermanentRole",
    label: "No permanent role",
    description: "Neither its own nor through a group",
  },
];

export function isExpiry(text: unknown): text is Expiry {
  return EXPIRY.some(({ id }) => id === text);
}

export function isFact(text: unknown): text is MemberFact {
  return FACT_OPTIONS.some(({ id }) => id === text);
}

/** What an address asks the core for. */
export function filterOf(search: MembersSearch): MemberFilter {
  const { kind, text = "", roles = [], expiry, group, facts = [] } = search;
  const asks = EXPIRY.find(({ id }) => id === expiry)?.asks;
  return {
    ...(kind && { kind }),
    ...(text !== "" && { search: text }),
    ...(roles.length > 0 && { roles }),
    ...(asks && { expiry: asks }),
    ...(group !== undefined && { group }),
    ...(facts.length > 0 && { facts }),
  };
}

/** Whether anything but the kind and the text is filtered. */
export function hasChips({ roles, expiry, group, facts }: MembersSearch): boolean {
  return [roles, expiry, group, facts].some((it) => it !== undefined);
}
