import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { Option } from "../list/Option";
import { ComboBox } from "./ComboBox";

const PEOPLE: Option[] = [
  { id: "1", label: "Aarav Mehta" },
  { id: "2", label: "ci-deployer" },
  { id: "3", label: "Zoe Carter" },
];

/** A search that answers when it is told to. */
function slowSearch() {
  const waiting: (() => void)[] = [];
  const search = (text: string) =>
    new Promise<Option[]>((answer) => {
      waiting.push(() => answer(PEOPLE.filter(({ label }) => label.includes(text))));
    });
  const answer = async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    await act(async () => {
      waiting.splice(0).forEach((one) => one());
      await Promise.resolve();
    });
  };
  return { search, answer };
}

function Field({ search }: { search: (text: string) => Promise<Option[]> }) {
  const [value, setValue] = useState<Option | null>(null);
  return (
    <>
      <ComboBox label="Who" search={search} value={value} onChange={setValue} />
      <output>{value?.label}</output>
    </>
  );
}

async function open() {
  const user = userEvent.setup();
  const { search, answer } = slowSearch();
  render(<Field search={search} />);
  await user.click(screen.getByRole("combobox", { name: "Who" }));
  await answer();
  expect(screen.getAllByRole("option")).toHaveLength(3);
  return { user, answer };
}

const chosen = () => document.querySelector("output")?.textContent;

describe("while a search runs", () => {
  it("offers of what was found before only what matches", async () => {
    const { user } = await open();
    await user.keyboard("ci-d");
    expect(screen.getAllByRole("option")).toEqual([
      screen.getByRole("option", { name: "ci-deployer" }),
    ]);
    await user.keyboard("{ArrowDown}{Enter}");
    expect(chosen()).toBe("ci-deployer");
  });

  it("takes the best match as soon as it is found when Enter was pressed", async () => {
    const { user, answer } = await open();
    await user.keyboard("Zoe{Enter}");
    expect(chosen()).toBe("");
    await answer();
    expect(chosen()).toBe("Zoe Carter");
  });

  it("forgets an Enter when typing goes on", async () => {
    const { user, answer } = await open();
    await user.keyboard("ci{Enter}-d");
    await answer();
    expect(chosen()).toBe("");
    expect(screen.getByRole("combobox", { name: "Who" })).toHaveProperty("value", "ci-d");
  });
});
