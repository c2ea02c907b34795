/** What a new project may be called. Pure. */

/** The longest name a project can have, in characters. */
const LONGEST = 64;

export type NameCheck = { slug: string } | { problem: string };

/** The slug that the core makes of `name`, or what is wrong with the name. */
export function checkProjectName(name: string): NameCheck {
  const trimmed = name.trim();
  if (trimmed === "") return { problem: "Give the project a name" };
  const length = Array.from(trimmed).length;
  if (length > LONGEST) {
    return { problem: `Use at most ${LONGEST} characters; this name has ${length}` };
  }
  const slug = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (slug === "") {
    return { problem: "Use a Latin letter or a digit: the project's slug is made of them" };
  }
  return { slug };
}
