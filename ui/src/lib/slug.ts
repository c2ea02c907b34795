/** Slugs. What is a slug is for the core to say; this only suggests one. Pure. */

/** The nearest text that may be a slug: lower case without marks, all else one hyphen, none at the ends. */
export function normaliseSlug(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** The same, of at most `longest` characters. */
export function slugOf(text: string, longest: number): string {
  return cutSlug(normaliseSlug(text), longest);
}

/** A slug cut short, without a hyphen at its end. */
export function cutSlug(slug: string, longest: number): string {
  return slug.slice(0, longest).replace(/-+$/, "");
}
