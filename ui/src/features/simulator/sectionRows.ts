/** Where the headings of sections stand among the rows of a list. Pure. */
import type { Section } from "../../api/generated/commands";

export interface SectionRows {
  /** How many rows there are, headings included. */
  count: number;
  /** The number of the section under which a row stands, or whose heading it is. */
  sectionAt: (index: number) => number;
  /** The place of a section's heading. */
  headingOf: (section: number) => number;
  /** How many rows of members stand before that place. */
  membersBefore: (index: number) => number;
}

/** Puts each section's heading before its rows; a closed section is its heading alone. */
export function sectionRows(sections: readonly Section[]): SectionRows {
  const headings: number[] = [];
  const firsts: number[] = [];
  let count = 0;
  let members = 0;
  for (const section of sections) {
    headings.push(count);
    firsts.push(members);
    const open = section.closed ? 0 : section.members;
    count += 1 + open;
    members += open;
  }
  const sectionAt = (index: number) => {
    let low = 0;
    let high = headings.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((headings[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const headingOf = (section: number) => headings[section] ?? 0;
  return {
    count,
    sectionAt,
    headingOf,
    membersBefore: (index) => {
      const section = sectionAt(index);
      return (firsts[section] ?? 0) + Math.max(0, index - headingOf(section) - 1);
    },
  };
}

/** The section of each member's row, in the order of the rows. */
export function sectionOfEach(sections: readonly Section[]): string[] {
  return sections.flatMap(({ name, members, closed }) =>
    closed ? [] : Array.from({ length: members }, () => name),
  );
}
