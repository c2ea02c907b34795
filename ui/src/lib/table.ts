/** Tables of texts as files and pasted text have them: CSV and JSON. Pure. */

export interface TextTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): TextTable {
  return { head, rows };
}

/** Comma-separated, quoted where needed. A text that a spreadsheet would run is quoted off. */
export function csvOf({ head, rows }: TextTable): string {
  return [head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** A list of objects. */
export function jsonOf({ head, rows }: TextTable): string {
  const objects = rows.map((row) =>
    Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""])),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
