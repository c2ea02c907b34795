/** The words about servers that several places share. */
import type { LinkView, RemoteOperation } from "../../api/generated/commands";
import { formatQuantity } from "../../lib/numbers";

/** Where the clouds are. */
export const CLOUDS = {
  us: "https://app.infisical.com",
  eu: "https://eu.infisical.com",
} as const;

/** What an operation is doing, in a line. */
export function doing(operation: RemoteOperation): string {
  switch (operation.work) {
    case "link":
    case "pull":
      return "Pulling";
    case "verify":
      return "Comparing with the server";
    case "signIn":
      return "Waiting for the browser";
  }
}

/** Whether the server could not be reached, or did not do its part, when it was last asked. */
export function isOffline(operation: RemoteOperation | null): boolean {
  return operation?.ended?.state === "failed" && operation.ended.retry;
}

/** Whether the server wanted another sign-in when it was last asked. */
export function isRefused(operation: RemoteOperation | null): boolean {
  return operation?.ended?.state === "failed" && operation.ended.signIn;
}

/** The step that moved last, with its count: "Privileges 120 of 3,000". */
export function stepLine(operation: RemoteOperation): string {
  const step = operation.steps.find(({ name }) => name === operation.step);
  if (!step) return "";
  const { name, done, total } = step;
  return total === null
    ? name
    : `${name} ${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`;
}

/** How far the server's clock is from ours, if that is more than what cannot be measured. */
export function skewLine(link: LinkView): string | null {
  const pull = link.lastPull;
  if (!pull || Math.abs(pull.skew) < Math.max(2_000, pull.skewMargin)) return null;
  const seconds = Math.round(Math.abs(pull.skew) / 1000);
  const span =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.round(seconds / 60)} m`
        : `${Math.round(seconds / 3600)} h`;
  return `Server clock ${span} ${pull.skew > 0 ? "ahead" : "behind"}`;
}

/** The text of an error with its way out. */
export function withHint({ message, hint }: { message: string; hint: string }): string {
  return hint === "" ? message : `${message} ${hint}`;
}

/** What server and Reeve agree on: "Same: 12 rules from 2 sources". */
export function sameWords({ sources, rules }: { sources: number; rules: number }): string {
  return `Same: ${formatQuantity(rules, "rule")} from ${formatQuantity(sources, "source")}`;
}
