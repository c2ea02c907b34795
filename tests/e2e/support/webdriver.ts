/** A small WebDriver client: what a journey in the real window needs, and no more. */

/** The name under which WebDriver hands out elements. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Keys that have no character of their own, as WebDriver writes them. */
const KEYS: Record<string, string> = {
  Alt: "\uE00A",
  ArrowDown: "\uE015",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  Backspace: "\uE003",
  Control: "\uE009",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  Shift: "\uE008",
  Space: " ",
  Tab: "\uE004",
};

/**
 * How elements of a role are written. Which one is meant, their accessible names tell. A button that
 * cannot be pressed yet is none.
 */
const ROLES = {
  button: "button:not(:disabled), [role=button]:not([aria-disabled=true])",
  checkbox: "input[type=checkbox]",
  combobox: "[role=combobox]",
  heading: "h1, h2, h3",
  link: "a[href]",
  menuitem: "[role^=menuitem]",
  option: "[role=option]",
  radio: "[role=radio], input[type=radio]",
  row: "[role=row]",
  searchbox: "input[type=search], [role=searchbox]",
  spinbutton: "[role=spinbutton]",
  textbox: "input:not([type]), input[type=text], input[type=password], textarea",
} as const;

export type Role = keyof typeof ROLES;

/** One session with one window. */
export class Session {
  private constructor(private readonly base: string) {}

  /** Lets the driver at `driver` start `program` with `args`. */
  static async open(driver: string, program: string, args: readonly string[]): Promise<Session> {
    const { sessionId } = await ask<{ sessionId: string }>("POST", `${driver}/session`, {
      capabilities: {
        alwaysMatch: { "webkitgtk:browserOptions": { binary: program, args } },
      },
    });
    return new Session(`${driver}/session/${sessionId}`);
  }

  /** The elements in sight with that role whose accessible name fits. */
  async find(role: Role, name: string | RegExp): Promise<string[]> {
    const fitting: string[] = [];
    for (const { [ELEMENT]: id } of await this.inSight(role)) {
      if (id !== undefined && (await this.isCalled(id, name))) fitting.push(id);
    }
    return fitting;
  }

  private async inSight(role: Role): Promise<Record<string, string>[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.run(
          `return [...document.querySelectorAll(arguments[0])].filter((it) =>
            it.checkVisibility({ opacityProperty: true, visibilityProperty: true }))`,
          ROLES[role],
        );
      } catch (error) {
        // One of them left the page before the driver had written down all of them.
        if (!isStale(error) || tries === 20) throw error;
      }
    }
  }

  private async isCalled(id: string, name: string | RegExp): Promise<boolean> {
    try {
      // WebKit does not call a row by what is in it, as other engines do.
      const label =
        (await this.ask<string>("GET", `/element/${id}/computedlabel`)) ||
        (await this.run<string>("return arguments[0].innerText", { [ELEMENT]: id }));
      const said = label.replace(/\s+/g, " ").trim();
      return typeof name === "string" ? said === name : name.test(said);
    } catch (error) {
      // It left the page meanwhile, so it is not what is looked for.
      if (isStale(error)) return false;
      throw error;
    }
  }

  async click(id: string): Promise<void> {
    await this.ask("POST", `/element/${id}/click`, {});
  }

  async focus(id: string): Promise<void> {
    await this.run("arguments[0].focus()", { [ELEMENT]: id });
  }

  /** Types into an element, after what is there. */
  async type(id: string, text: string): Promise<void> {
    await this.ask("POST", `/element/${id}/value`, { text });
  }

  /** Presses and releases keys, such as `Alt+2`, wherever the focus is. */
  async press(chord: string): Promise<void> {
    const keys = chord.split("+").map((key) => KEYS[key] ?? key);
    const down = keys.map((value) => ({ type: "keyDown", value }));
    const up = keys.toReversed().map((value) => ({ type: "keyUp", value }));
    await this.ask("POST", "/actions", {
      actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }],
    });
  }

  /** Types `text` key by key, wherever the focus is. */
  async keys(text: string): Promise<void> {
    const strokes = Array.from(text).flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.ask("POST", "/actions", {
      actions: [{ type: "key", id: "keyboard", actions: strokes }],
    });
  }

  /** What the body of a function answers in the page. */
  async run<T>(body: string, ...args: unknown[]): Promise<T> {
    return this.ask<T>("POST", "/execute/sync", { script: body, args });
  }

  /**
   * The window as a PNG. The driver waits for the next frame, and where nothing moves there is
   * none: so something that cannot be seen is drawn anew until the picture is taken.
   */
  async picture(): Promise<Buffer> {
    await this.run(`
      let wide = false;
      globalThis.__redraw = setInterval(() => {
        wide = !wide;
        document.body.style.outline = (wide ? 2 : 1) + "px solid transparent";
      }, 16);`);
    const picture = await this.ask<string>("GET", "/screenshot");
    await this.run("clearInterval(globalThis.__redraw); document.body.style.outline = ''");
    return Buffer.from(picture, "base64");
  }

  private ask<T>(method: "GET" | "POST", path: string, body?: object): Promise<T> {
    return ask<T>(method, this.base + path, body);
  }
}

/** What a driver answers instead of doing what it was told. */
export class DriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Whether an element was meant that is no longer on the page. */
export function isStale(error: unknown): boolean {
  return error instanceof DriverError && error.code === "stale element reference";
}

async function ask<T>(method: "GET" | "POST", url: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) {
    const { error, message } = value as { error: string; message: string };
    throw new DriverError(error, message);
  }
  return value as T;
}
