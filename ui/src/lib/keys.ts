/**
 * Shortcuts as text: "Ctrl+K", "Ctrl+Shift+Z", "Alt+1", "F2", "?". Pure. `Ctrl` means the command
 * key on a Mac. Letters and digits are matched by their place on the keyboard when the layout does
 * not produce them, so that Ctrl+K works on a Cyrillic one.
 */

export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Whether `press` is `shortcut`. */
export function matches(shortcut: string, press: KeyPress, mac = isMac()): boolean {
  const { key, ctrl, alt, shift } = parse(shortcut);
  const main = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (main !== ctrl || other || press.altKey !== alt) return false;
  // Signs such as "?" and "/" need Shift on some layouts only: there the sign itself decides.
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!sign && press.shiftKey !== shift) return false;
  return sameKey(key, press);
}

/** The keys to show, in order: ["Ctrl", "K"]; on a Mac ["⌘", "K"]. */
export function shortcutKeys(shortcut: string, mac = isMac()): string[] {
  return splitKeys(shortcut).map((key) => (mac ? (MAC_NAMES[key] ?? key) : (NAMES[key] ?? key)));
}

/** The value of `aria-keyshortcuts` for a shortcut. */
export function ariaShortcut(shortcut: string, mac = isMac()): string {
  const main = mac ? "Meta" : "Control";
  return splitKeys(shortcut)
    .map((key) => (key === "Ctrl" ? main : key))
    .join("+");
}

const NAMES: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "PgUp",
  PageDown: "PgDn",
};
const MAC_NAMES: Record<string, string> = { ...NAMES, Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

function parse(shortcut: string) {
  const parts = splitKeys(shortcut);
  return {
    key: parts[parts.length - 1] ?? "",
    ctrl: parts.includes("Ctrl"),
    alt: parts.includes("Alt"),
    shift: parts.includes("Shift"),
  };
}

function splitKeys(shortcut: string): string[] {
  return shortcut.split("+").filter(Boolean);
}

function sameKey(key: string, press: KeyPress): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true;
  if (/^[a-z]$/i.test(key)) {
    const latin = /^[a-z]$/i.test(press.key);
    return !latin && press.code === `Key${key.toUpperCase()}`;
  }
  return /^[0-9]$/.test(key) && press.code === `Digit${key}`;
}

/** Whether the command key of a Mac takes the part of Ctrl. */
export function isMac(): boolean {
  return typeof navigator !== "undefined" && navigator.platform.startsWith("Mac");
}
