// Plays the part of Tauri in a plain browser: the same calls, over loopback to the real core.
(() => {
  const given = new URLSearchParams(location.search).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    // The app's own address has no query, and its router would take this one for a part of its own.
    history.replaceState(null, "", location.pathname + location.hash);
  }
  const token = sessionStorage.getItem("token") ?? "";
  const callbacks = new Map();
  const listeners = new Map();
  let lastId = 0;

  const stream = new EventSource(`/__core/events?token=${encodeURIComponent(token)}`);
  // What happens before the stream is open is heard by nobody, so nothing is asked before. A stream
  // that does not open keeps no page from its answers.
  const opened = new Promise((resolve) => {
    stream.addEventListener("open", resolve, { once: true });
    stream.addEventListener("error", resolve, { once: true });
  });

  async function rpc(args) {
    await opened;
    const response = await fetch("/__core/rpc", {
      method: "POST",
      headers: { "content-type": "application/json", "x-token": token },
      body: JSON.stringify(args),
    });
    const answer = await response.json();
    if ("error" in answer) throw answer.error;
    return answer.ok;
  }

  function download(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return name;
  }

  const commands = {
    rpc,
    // A test says beforehand what the file dialog will answer.
    choose_workspace_file: async () => globalThis.__chosenFile ?? null,
    choose_certificate_file: async () => globalThis.__chosenFile ?? null,
    // Where there is no file dialog, a file is downloaded.
    save_text: async ({ name, text }) => download(name, text),
    save_bytes: async ({ name, bytes }) => download(name, bytes),
    "plugin:event|listen": async ({ event, handler }) => {
      listeners.set(++lastId, { event, handler });
      return lastId;
    },
    "plugin:event|unlisten": async ({ eventId }) => void listeners.delete(eventId),
  };

  globalThis.isTauri = true;
  globalThis.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: "main" }, currentWebview: { label: "main" } },
    transformCallback(callback) {
      callbacks.set(++lastId, callback);
      return lastId;
    },
    unregisterCallback: (id) => void callbacks.delete(id),
    invoke(command, args) {
      const run = commands[command];
      return run ? run(args) : Promise.reject(new Error(`not allowed: ${command}`));
    },
  };
  globalThis.__TAURI_EVENT_PLUGIN_INTERNALS__ = {
    unregisterListener: (_event, id) => void listeners.delete(id),
  };

  stream.addEventListener("changed", ({ data }) => {
    for (const [id, { event, handler }] of listeners) {
      if (event === "changed") callbacks.get(handler)?.({ event, id, payload: JSON.parse(data) });
    }
  });
  // What a desktop would show, for a test to look at.
  globalThis.__notices = [];
  stream.addEventListener("notice", ({ data }) => globalThis.__notices.push(JSON.parse(data)));
})();
