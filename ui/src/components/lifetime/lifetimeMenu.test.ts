import { beforeEach, describe, expect, it } from "vitest";
import type { MenuAction } from "../menu/MenuItems";
import { askLifetime, currentlyAsked } from "./asked";
import { lifetimeEntries, type LifetimeHolder } from "./lifetimeMenu";

const end = "2026-01-01T12:00:00.000Z";
const grant: LifetimeHolder = {
  what: "privilege",
  id: "p",
  title: "db",
  standing: { state: "active", end, range: "2h" },
};

function entries(over: Partial<LifetimeHolder> = {}): MenuAction[] {
  return lifetimeEntries({ ...grant, ...over }).filter((entry) => entry !== "separator");
}

const labels = (over: Partial<LifetimeHolder>) => entries(over).map(({ label }) => label);

beforeEach(() => askLifetime(null));

describe("the acts on a lifetime", () => {
  it("are the five of something that runs", () => {
    expect(labels({})).toEqual(["Extend…", "Shorten…", "Restart", "Make permanent", "End now"]);
  });

  it("give something permanent an end", () => {
    expect(labels({ standing: { state: "permanent" } })).toEqual(["Set an end…", "End now"]);
  });

  it("bring back or remove what is over", () => {
    for (const standing of [
      { state: "ended", end, range: null },
      { state: "neverActive" },
    ] as const) {
      expect(labels({ standing })).toEqual(["Renew…", "Remove"]);
    }
  });

  it("say for how long it begins again", () => {
    const restart = entries().find(({ id }) => id === "restart");
    expect(restart?.description).toBe("2h again, from now");
    expect(labels({ standing: { state: "active", end, range: null } })).toContain("Restart…");
  });

  it("are not to be had where an access request decides", () => {
    const all = entries({ managed: true });
    expect(all.every(({ isDisabled }) => isDisabled)).toBe(true);
    expect(all[0]?.description).toMatch(/access request/);
  });

  it("are asked for by their names", () => {
    entries()
      .find(({ id }) => id === "endNow")
      ?.onAction();
    expect(currentlyAsked()).toMatchObject({
      act: "endNow",
      title: "db",
      targets: { kind: "grants", grants: [{ what: "privilege", id: "p" }] },
    });
  });
});
