import { act, renderHook } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useEcho } from "./useEcho";

function field(value: string) {
  const onChange = vi.fn<(text: string) => void>();
  const { result, rerender } = renderHook(({ text }) => useEcho(text, onChange), {
    initialProps: { text: value },
  });
  return {
    type: (text: string) => act(() => result.current.change(text)),
    own: (text: string) => rerender({ text }),
    shown: () => result.current.shown,
    told: () => onChange.mock.calls.flat(),
  };
}

describe("a field whose owner is slow", () => {
  it("shows what was typed at once and tells it", () => {
    const { type, shown, told } = field("a");
    type("ab");
    expect(shown()).toBe("ab");
    expect(told()).toEqual(["ab"]);
  });

  it("keeps later letters while the owner takes over earlier ones", () => {
    const { type, own, shown } = field("");
    type("a");
    type("ab");
    own("a");
    expect(shown()).toBe("ab");
    type("abc");
    own("ab");
    expect(shown()).toBe("abc");
    own("abc");
    expect(shown()).toBe("abc");
  });

  it("gives way to a value from elsewhere", () => {
    const { type, own, shown } = field("a");
    type("ab");
    own("ab");
    own("undone");
    expect(shown()).toBe("undone");
    type("x");
    own("other");
    expect(shown()).toBe("other");
  });

  it("takes back what was typed when the owner goes back to it", () => {
    const { type, own, shown } = field("a");
    type("ab");
    own("ab");
    own("a");
    expect(shown()).toBe("a");
  });
});
