// What the oracles share: words of the command line, and random choices that a seed fixes.

/** The word behind `--name`. */
export function argument(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
}

let state = Number(argument("seed", "1")) >>> 0;

/** A number from 0 on, below 1. */
export function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** A whole number from 0 on, below `n`. */
export const below = (n) => Math.floor(random() * n);
export const pick = (list) => list[below(list.length)];
export const chance = (p) => random() < p;
/** From `low` to `high` things, each made by itself. */
export const several = (low, high, make) => Array.from({ length: low + below(high - low + 1) }, make);
