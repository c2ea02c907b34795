/**
 * A test build serves the same commands over loopback, so that a plain browser can drive the real
 * core: `POST rpc` with `{command, request}`, and `GET events` as a stream whose messages are
 * `{event, payload}`. The one-time token is the `token` of the page's own address.
 */
import type { Platform } from "./platform";

const token = new URLSearchParams(globalThis.location.search).get("token") ?? "";
const handlers = new Map<string, Set<(payload: unknown) => void>>();
let stream: EventSource | undefined;

export const httpPlatform: Platform = {
  async rpc(command, request) {
    const response = await fetch("rpc", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ command, request }),
    });
    const answer: unknown = await response.json();
    // The core's own error object is thrown as it is: `api` gives it its type.
    if (!response.ok) throw answer;
    return answer;
  },

  listen(event, handler) {
    const named = handlers.get(event) ?? new Set();
    named.add(handler);
    handlers.set(event, named);
    stream ??= openStream();
    return () => named.delete(handler);
  },

  // A browser does not tell paths of this machine, so the path is typed.
  chooseWorkspaceFile: () => Promise.resolve(window.prompt("Path of the workspace file")),
};

function openStream(): EventSource {
  const source = new EventSource(`events?token=${encodeURIComponent(token)}`);
  source.onmessage = (message: MessageEvent<string>) => {
    const { event, payload } = JSON.parse(message.data) as { event: string; payload: unknown };
    handlers.get(event)?.forEach((handler) => handler(payload));
  };
  return source;
}
