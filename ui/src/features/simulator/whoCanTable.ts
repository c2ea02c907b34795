/** Everybody's answers as a table of texts, to be taken away. */
import { rpc } from "../../api/rpc";
import type { WhoCanRow } from "../../api/generated/commands";
import { table, type TextTable } from "../../lib/table";
import { sectionOfEach } from "./sectionRows";
import type { WhoCanFilter } from "./WhoCanTab";
import { outcomeWords, sourceWords } from "./words";

const SLICE = 500;

/** All rows of an answer, each with the section that it stands under. */
export async function whoCanTable(request: WhoCanFilter): Promise<TextTable> {
  const rows: WhoCanRow[] = [];
  let sections: string[] = [];
  for (;;) {
    const slice = { closed: [], offset: rows.length, limit: SLICE };
    const answer = await rpc("who_can", { ...request, ...slice });
    rows.push(...answer.rows);
    if (rows.length >= answer.total || answer.rows.length === 0) {
      sections = sectionOfEach(answer.sections);
      break;
    }
  }
  return table(
    ["under", "id", "kind", "name", "address", "answer", "through", "until", "folders"],
    rows.map(({ member, detail, outcome, sources, until, reach }, index) => [
      sections[index] ?? "",
      member.id,
      member.kind,
      member.name,
      detail,
      outcomeWords(outcome),
      sources.map(sourceWords).join("; "),
      until ?? "",
      reach === null ? "" : String(reach),
    ]),
  );
}
