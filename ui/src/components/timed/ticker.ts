/**
 * One timer for every text on screen that changes with time: it sleeps until the next one is due.
 * Times are milliseconds since 1970.
 */

interface Wake {
  at: number;
  run: () => void;
}

const wakes = new Set<Wake>();
let timer: ReturnType<typeof setTimeout> | undefined;
let timerAt = Infinity;

/** Wakes this close together are one. */
const TOGETHER = 20;
/** A sleeping machine stops timers: look again at least this often. */
const LONGEST = 60_000;

/** Runs `run` once, when the clock reaches `at`, unless the returned function is called first. */
export function wakeAt(at: number, run: () => void): () => void {
  const wake = { at, run };
  wakes.add(wake);
  if (at < timerAt) schedule();
  return () => wakes.delete(wake);
}

function schedule(): void {
  clearTimeout(timer);
  timerAt = Infinity;
  for (const { at } of wakes) timerAt = Math.min(timerAt, at);
  if (timerAt === Infinity) return;
  timer = setTimeout(tick, Math.min(Math.max(0, timerAt - Date.now()), LONGEST));
}

function tick(): void {
  const now = Date.now() + TOGETHER;
  for (const wake of [...wakes]) {
    if (wake.at > now) continue;
    wakes.delete(wake);
    wake.run();
  }
  schedule();
}

// A window that comes back from the background is right at once.
if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) tick();
  });
}
