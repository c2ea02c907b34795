import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ComparedRule, MismatchView } from "../../api/generated/commands";
import { Mismatches } from "./Mismatches";

const readValue: ComparedRule = {
  rule: {
    subject: "secrets",
    subjectTitle: "Secrets",
    known: true,
    actions: [{ action: "readValue", title: "Read Value" }],
    inverted: true,
    conditions: [
      {
        property: "environment",
        propertyTitle: "Environment",
        operator: "$eq",
        operatorTitle: "Equal",
        values: ["prod"],
      },
    ],
  },
  understood: true,
  written:
    '{"subject":"secrets","action":["readValue"],"inverted":true,"conditions":{"environment":{"$eq":"prod"}}}',
};

const odd: ComparedRule = { rule: null, understood: false, written: '"anything"' };

const mismatch = (part: Partial<MismatchView>): MismatchView => ({
  differsIn: "rules",
  sentence: "The role `Viewer` has other rules",
  onlyOnServer: [],
  onlyHere: [],
  ends: null,
  ...part,
});

test("the rules of each side stand in words, and JSON is there when it is asked for", async () => {
  render(<Mismatches mismatches={[mismatch({ onlyOnServer: [readValue] })]} />);
  const server = screen.getByRole("region", { name: "Only on the server" });
  expect(server.textContent).toContain("Forbid");
  expect(server.textContent).toContain("Read Value");
  expect(server.textContent).toContain("Environment Equal prod");
  expect(server.textContent).not.toContain("$eq");
  const here = screen.getByRole("region", { name: "Only in Reeve" });
  expect(here.textContent).toContain("Nothing that the server does not have");
  await userEvent.click(screen.getByRole("button", { name: "As JSON" }));
  expect(screen.getByText(/"\$eq": "prod"/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Copy rules only on the server" })).toBeTruthy();
});

test("what is not understood is shown as it is written", () => {
  const known = { ...readValue, understood: false };
  render(<Mismatches mismatches={[mismatch({ onlyHere: [odd, known] })]} />);
  const [no, half] = within(screen.getByRole("region", { name: "Only in Reeve" })).getAllByText(
    /As it is written/,
  );
  expect(no?.parentElement?.textContent).toContain('"anything"');
  expect(half?.parentElement?.textContent).toContain("Read Value");
  expect(half?.parentElement?.textContent).toContain('"$eq": "prod"');
});

test("a source that one side does not have is said to be missing there", () => {
  const { rerender } = render(
    <Mismatches mismatches={[mismatch({ differsIn: "missingHere", onlyOnServer: [readValue] })]} />,
  );
  expect(screen.getByText("Missing here")).toBeTruthy();
  expect(screen.getByText("Reeve does not have it")).toBeTruthy();
  rerender(
    <Mismatches mismatches={[mismatch({ differsIn: "missingOnServer", onlyHere: [readValue] })]} />,
  );
  expect(screen.getByText("Missing on the server")).toBeTruthy();
  expect(screen.getByText("The server does not count it")).toBeTruthy();
});

test("other ends are told side by side, without rules", () => {
  const ends = { onServer: null, here: "2026-01-02T03:04:00Z" };
  render(<Mismatches mismatches={[mismatch({ differsIn: "end", ends })]} />);
  expect(screen.getByText("Ends on the server").nextSibling?.textContent).toBe("never");
  expect(screen.getByText("Ends in Reeve").nextSibling?.textContent).toContain("2026");
  expect(screen.queryByRole("region")).toBeNull();
});
