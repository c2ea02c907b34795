import { describe, expect, it } from "vitest";
import { ariaShortcut, matches, shortcutKeys, type KeyPress } from "./keys";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code: "", ...none, ...more };
}

describe("a shortcut", () => {
  it("wants exactly its modifiers", () => {
    expect(matches("Ctrl+K", press("k", { ctrlKey: true }), false)).toBe(true);
    expect(matches("Ctrl+K", press("k"), false)).toBe(false);
    expect(matches("Ctrl+K", press("K", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matches("Ctrl+K", press("k", { ctrlKey: true, altKey: true }), false)).toBe(false);
  });

  it("means the command key on a Mac", () => {
    expect(matches("Ctrl+K", press("k", { metaKey: true }), true)).toBe(true);
    expect(matches("Ctrl+K", press("k", { ctrlKey: true }), true)).toBe(false);
  });

  it("works by place on a layout without Latin letters", () => {
    expect(matches("Ctrl+K", press("л", { ctrlKey: true, code: "KeyK" }), false)).toBe(true);
  });

  it("works by letter on another Latin layout", () => {
    // On Dvorak the key at K's place writes T.
    expect(matches("Ctrl+K", press("t", { ctrlKey: true, code: "KeyK" }), false)).toBe(false);
  });

  it("finds digits by place, as some layouts put signs there", () => {
    expect(matches("Alt+1", press("&", { altKey: true, code: "Digit1" }), false)).toBe(true);
  });

  it("takes a sign however it is typed", () => {
    expect(matches("Ctrl+/", press("/", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matches("Ctrl+/", press("/", { ctrlKey: true }), false)).toBe(true);
  });

  it("is shown as it is printed", () => {
    expect(shortcutKeys("Ctrl+Enter", false)).toEqual(["Ctrl", "↵"]);
    expect(shortcutKeys("Ctrl+K", true)).toEqual(["⌘", "K"]);
    expect(ariaShortcut("Ctrl+K", false)).toBe("Control+K");
  });
});
