import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { usePointerHeld } from "./pointer";

function Probe() {
  return <button type="button">{usePointerHeld() ? "held" : "free"}</button>;
}

const settle = () => act(() => new Promise((done) => setTimeout(done)));

test("a held pointer is held until its click has been heard", async () => {
  render(<Probe />);
  const button = screen.getByRole("button");
  fireEvent.pointerDown(button);
  expect(button.textContent).toBe("held");
  fireEvent.pointerUp(button);
  expect(button.textContent).toBe("held");
  await settle();
  expect(button.textContent).toBe("free");
});

test("a pointer that leaves the window is let go, and a field that loses the focus changes nothing", async () => {
  render(<Probe />);
  const button = screen.getByRole("button");
  fireEvent.pointerDown(button);
  fireEvent.blur(button);
  await settle();
  expect(button.textContent).toBe("held");
  fireEvent(window, new Event("blur"));
  await settle();
  expect(button.textContent).toBe("free");
});
