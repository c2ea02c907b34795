/** Slugs of roles. What is a slug is for the core to say; this only suggests one. */

const LONGEST = 64;

/** The nearest text that looks like a slug. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
}
