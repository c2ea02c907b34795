/** Sets two texts side by side, line by line, so that what changed stands out. Pure. */

/** One line of the comparison; a side is null where the other one has a line more. */
export interface DiffLine {
  before: string | null;
  after: string | null;
  /** Whether the sides differ here. */
  changed: boolean;
}

/** Longer texts are not aligned: the table of the comparison grows with the square. */
const LONGEST = 2_000;

/**
 * The lines of both texts in order. Lines that both have stand beside each other; what was removed
 * stands beside what came in its place. Null is no text at all, as before something was made.
 */
export function diffLines(before: string | null, after: string | null): DiffLine[] {
  const left = linesOf(before);
  const right = linesOf(after);
  const lines: DiffLine[] = [];
  let done = { left: 0, right: 0 };
  for (const pair of commonLines(left, right)) {
    lines.push(...changed(left.slice(done.left, pair.left), right.slice(done.right, pair.right)));
    lines.push({
      before: left[pair.left] ?? null,
      after: right[pair.right] ?? null,
      changed: false,
    });
    done = { left: pair.left + 1, right: pair.right + 1 };
  }
  return [...lines, ...changed(left.slice(done.left), right.slice(done.right))];
}

function linesOf(text: string | null): string[] {
  return text === null || text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function changed(left: readonly string[], right: readonly string[]): DiffLine[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    before: left[index] ?? null,
    after: right[index] ?? null,
    changed: true,
  }));
}

/** The places of a longest common subsequence, in order. */
function commonLines(
  left: readonly string[],
  right: readonly string[],
): { left: number; right: number }[] {
  if (left.length > LONGEST || right.length > LONGEST) return [];
  const width = right.length + 1;
  // lengths[l * width + r]: how many lines the rests from l and r have in common.
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (l: number, r: number) => lengths[l * width + r] ?? 0;
  for (let l = left.length - 1; l >= 0; l -= 1) {
    for (let r = right.length - 1; r >= 0; r -= 1) {
      lengths[l * width + r] =
        left[l] === right[r] ? at(l + 1, r + 1) + 1 : Math.max(at(l + 1, r), at(l, r + 1));
    }
  }
  const pairs: { left: number; right: number }[] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length;) {
    if (left[l] === right[r]) pairs.push({ left: l++, right: r++ });
    else if (at(l + 1, r) >= at(l, r + 1)) l += 1;
    else r += 1;
  }
  return pairs;
}
