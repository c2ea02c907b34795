/** An app whose project is pulled from a server, for journeys that take that as given. */
import { expect, type App } from "./app.ts";
import type { InfisicalServer } from "./infisical.ts";

/** Pulls the server's project as one of its machine identities, and shows it. */
export async function link(app: App, server: InfisicalServer, clientId: string): Promise<void> {
  const core = app.server;
  const { id: connection } = await core.rpc("connect", {
    connection: {
      id: null,
      name: "Staging",
      address: server.address,
      certificate: null,
      keeping: "session",
    },
    proof: { kind: "universalAuth", clientId, clientSecret: server.secretOf(clientId) },
  });
  const { projects } = await core.rpc("remote_projects", { connection });
  const project = projects[0]?.id ?? "";
  await core.rpc("link_project", { connection, project, path: null, secretNames: true });
  await expect
    .poll(async () => (await core.rpc("remote_status", {})).operation?.ended?.state)
    .toBe("done");
  await app.visit();
}
