/** What ends is seen to end: by itself, and also when the computer slept or its clock was set. */
import type { PrivilegeDraft } from "../../../ui/src/api/generated/commands.ts";
import { expect, test, type App } from "../support/app.ts";
import {
  addPolicies,
  chooseDuration,
  openMember,
  privilegeRow,
  save,
  startPrivilege,
  verdict,
} from "../support/steps.ts";

const WHO = "Anders Holm";
const HOUR = 3_600_000;

test("a privilege given for seconds turns to ended on screen, without anybody's doing", async ({
  app: { page },
}) => {
  await openMember(page, WHO);
  await startPrivilege(page);
  await page.getByRole("textbox", { name: "Privilege name" }).fill("blink");
  await addPolicies(page, "Secrets");
  await chooseDuration(page, "5s");
  await save(page);
  await expect(privilegeRow(page, "blink")).toContainText(/in\s\d\ss/);
  await expect(privilegeRow(page, "blink")).toContainText("ended just now");
});

test("an open question is answered anew when access is given and when it ends", async ({
  app,
  page,
}) => {
  const member = await memberId(app);
  await app.visit(`/simulator?member=${member}&environment=prod&path=%2Fpayments%2Feu`);
  await expect(verdict(page)).toContainText("Denied");

  await app.server.rpc("attach_privilege", reading(member, "blink", "6s"));
  await expect(verdict(page)).toContainText("Allowed");
  await expect(verdict(page)).toContainText("Denied");
  await expect(page.getByRole("region", { name: "Answer" })).toContainText("ended");
});

test("access that ended while the computer slept is ended when it wakes", async ({
  launch,
  page,
}) => {
  await page.clock.install();
  const app = await launch();
  const member = await memberId(app);
  await app.server.rpc("attach_privilege", reading(member, "nap", "1h"));
  await app.visit(`/members/${member}`);
  await expect(privilegeRow(page, "nap")).toContainText(/in\s59\sm/);

  await app.sleep(2 * HOUR);
  await expect(privilegeRow(page, "nap")).toContainText(/ended\s1\sh\sago/);
  // The list says the same.
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page.getByRole("row", { name: WHO })).toContainText(/ended\s1\sh\sago/);
});

test("a clock that is set back makes ended access count again, as on the server", async ({
  launch,
  page,
}) => {
  const app = await launch();
  const member = await memberId(app);
  await app.server.shiftClock(2 * HOUR);
  await app.server.rpc("attach_privilege", reading(member, "ahead", "1h"));
  const question = `/simulator?member=${member}&environment=prod&path=%2Fpayments%2Feu`;
  await app.visit(question);
  await expect(verdict(page)).toContainText("Allowed");
  await app.server.shiftClock(4 * HOUR);
  await expect(verdict(page)).toContainText("Denied");
  await app.server.shiftClock(2 * HOUR);
  await expect(verdict(page)).toContainText("Allowed");
});

async function memberId({ server }: App): Promise<string> {
  const { rows } = await server.rpc("list_members", {
    filter: { kind: "user", search: WHO },
    sort: "relevance",
    descending: false,
    offset: 0,
    limit: 1,
  });
  const [row] = rows;
  if (!row) throw new Error(`${WHO} is not in the sample`);
  return row.id;
}

function reading(member: string, slug: string, range: string): PrivilegeDraft {
  return {
    member,
    slug,
    duration: { kind: "timed", range },
    policies: [
      {
        subject: "secrets",
        actions: ["describeSecret", "readValue"],
        inverted: false,
        conditions: [],
      },
    ],
    reason: "",
    ticket: "",
  };
}
