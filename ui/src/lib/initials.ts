/**
 * At most two letters that stand for a name: of the first and the last word ("Alice Laurent" → AL,
 * "ci-deployer" → CD), or the first two letters of a single word. Letters of every script count.
 */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters =
    last === undefined ? Array.from(first).slice(0, 2) : [firstLetter(first), firstLetter(last)];
  return letters.join("").toUpperCase();
}

function firstLetter(word: string): string {
  return Array.from(word)[0] ?? "";
}
