/** The tasks of the page's thread while something is done, from a trace of the browser. */
import type { Page } from "@playwright/test";

export interface Tasks {
  /** The most processor time that one task took. Milliseconds. */
  longest: number;
  /** The most processor time that one task took without style, layout and painting. Milliseconds. */
  scripting: number;
  /** How many tasks scripted for longer than a frame lasts. */
  count: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** A frame at 60 a second. Milliseconds. */
const FRAME = 16;

/** What the browser does by itself after a script. */
const DRAWING = new Set([
  "UpdateLayoutTree",
  "Layout",
  "PrePaint",
  "Paint",
  "Layerize",
  "Commit",
  "HitTest",
  "IntersectionObserverController::computeIntersections",
]);

export async function tasksDuring(page: Page, act: () => Promise<void>): Promise<Tasks> {
  const browser = page.context().browser();
  if (!browser) throw new Error("the page has no browser to trace");
  await browser.startTracing(page, {
    categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"],
  });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString("utf8")) as {
    traceEvents: TraceEvent[];
  };
  return summed(trace.traceEvents);
}

function summed(events: readonly TraceEvent[]): Tasks {
  const threads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}:${tid}`),
  );
  const own = events
    .filter((it) => it.ph === "X" && threads.has(`${it.pid}:${it.tid}`))
    .toSorted((a, b) => a.ts - b.ts);
  const tasks = own.filter(({ name }) => name === "RunTask");
  const drawing = own.filter(({ name }) => DRAWING.has(name));
  const measured = tasks.map((task) => {
    const whole = milliseconds(task);
    const drawn = outermost(drawing.filter((it) => isWithin(it, task)));
    const scripting = whole - drawn.reduce((sum, it) => sum + milliseconds(it), 0);
    return { whole, scripting };
  });
  return {
    longest: Math.max(0, ...measured.map(({ whole }) => whole)),
    scripting: Math.max(0, ...measured.map(({ scripting }) => scripting)),
    count: measured.filter(({ scripting }) => scripting > FRAME).length,
  };
}

/** Processor time, which other programs on the machine do not lengthen. */
function milliseconds({ tdur, dur = 0 }: TraceEvent): number {
  return (tdur ?? dur) / 1000;
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  return inner.ts >= outer.ts && inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);
}

/** Those that are inside of no other one; `events` are in order. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = 0;
  return events.filter((it) => {
    if (it.ts < end) return false;
    end = it.ts + (it.dur ?? 0);
    return true;
  });
}
