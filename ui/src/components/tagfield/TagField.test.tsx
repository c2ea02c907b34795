import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { TagField } from "./TagField";

function Field({ initial = [] }: { initial?: string[] }) {
  const [values, setValues] = useState(initial);
  return (
    <>
      <TagField
        label="Tags"
        values={values}
        onChange={setValues}
        options={[
          { id: "pci", label: "pci" },
          { id: "internal", label: "internal" },
        ]}
      />
      <output>{values.join("|")}</output>
    </>
  );
}

async function enter(initial?: string[]) {
  const user = userEvent.setup();
  render(<Field {...(initial && { initial })} />);
  await user.click(screen.getByRole("combobox", { name: "Tags" }));
  return user;
}

const values = () => document.querySelector("output")?.textContent;
const input = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Tags" });

describe("typing", () => {
  it("adds a text with Enter and makes room for the next", async () => {
    const user = await enter();
    await user.keyboard("root-key{Enter}other{Enter}");
    expect(values()).toBe("root-key|other");
    expect(input().value).toBe("");
  });

  it("adds a text with a comma", async () => {
    const user = await enter();
    await user.keyboard("a,b,");
    expect(values()).toBe("a|b");
  });

  it("adds what is left when the field is left", async () => {
    const user = await enter();
    await user.keyboard("half");
    await user.tab();
    expect(values()).toBe("half");
  });

  it("adds nothing of nothing", async () => {
    const user = await enter();
    await user.keyboard("   {Enter},");
    expect(values()).toBe("");
  });

  it("says that a text is there already", async () => {
    const user = await enter(["pci"]);
    await user.keyboard("pci{Enter}");
    expect(values()).toBe("pci");
    expect(screen.getByText("pci is in the list already")).toBeTruthy();
  });

  it("splits what is pasted at commas and line breaks", async () => {
    const user = await enter();
    await user.paste("a, b\nc,a");
    expect(values()).toBe("a|b|c");
  });
});

describe("suggestions", () => {
  it("are chosen with the arrows and Enter", async () => {
    const user = await enter();
    await user.keyboard("int{ArrowDown}{Enter}");
    expect(values()).toBe("internal");
  });

  it("leave out what is in the list", async () => {
    const user = await enter(["pci"]);
    await user.keyboard("{ArrowDown}");
    expect(screen.queryByRole("option", { name: "pci" })).toBeNull();
    expect(screen.getByRole("option", { name: "internal" })).toBeTruthy();
  });
});

describe("chips", () => {
  it("are reached with Backspace from an empty field, and removed by the next one", async () => {
    const user = await enter(["a", "b"]);
    await user.keyboard("{Backspace}");
    expect(values()).toBe("a|b");
    expect(document.activeElement?.textContent).toContain("b");
    await user.keyboard("{Backspace}");
    expect(values()).toBe("a");
  });

  it("do not take Backspace from a text that is being typed", async () => {
    const user = await enter(["a"]);
    await user.keyboard("xy{Backspace}");
    expect(input().value).toBe("x");
    expect(document.activeElement).toBe(input());
  });

  it("give the focus back to the field when the last is gone", async () => {
    const user = await enter(["a"]);
    await user.keyboard("{Backspace}{Delete}");
    expect(values()).toBe("");
    expect(document.activeElement).toBe(input());
  });

  it("can be removed with the pointer", async () => {
    const user = userEvent.setup();
    render(<Field initial={["a", "b"]} />);
    const [first] = screen.getAllByRole("button", { name: /remove/i });
    if (!first) throw new Error("no button to remove a chip");
    await user.click(first);
    expect(values()).toBe("b");
  });
});
