import { Download } from "lucide-react";
import { saveText } from "../../api/files";
import { Button } from "../../components/button/Button";
import { Menu } from "../../components/menu/Menu";
import { errorToast, toast } from "../../components/toast/toasts";
import { csvOf, jsonOf, type TextTable } from "../../lib/table";

export interface ExportMenuProps {
  /** What the file is called, without its ending. */
  name: string;
  /** Made when it is asked for. */
  rows: () => TextTable | Promise<TextTable>;
  /** Beside the forms of text, such as a picture. */
  more?: { id: string; label: string; onAction: () => void }[];
}

const FORMS = { csv: csvOf, json: jsonOf };

/** Takes a table away: as a file, or on the clipboard for a spreadsheet. */
export function ExportMenu({ name, rows, more = [] }: ExportMenuProps) {
  const save = async (form: keyof typeof FORMS) => {
    try {
      const saved = await saveText(`${name}.${form}`, FORMS[form](await rows()));
      if (saved !== null) toast(`Saved ${saved}`);
    } catch (error) {
      errorToast(error instanceof Error ? error.message : "The file was not written");
    }
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(csvOf(await rows()));
      toast("Copied the table");
    } catch {
      errorToast("The clipboard refused the table");
    }
  };
  return (
    <Menu
      label="Export"
      placement="bottom end"
      trigger={
        <Button variant="ghost" icon={Download}>
          Export
        </Button>
      }
      entries={[
        { id: "csv", label: "Save as CSV…", onAction: () => void save("csv") },
        { id: "json", label: "Save as JSON…", onAction: () => void save("json") },
        { id: "copy", label: "Copy as CSV", onAction: () => void copy() },
        ...more,
      ]}
    />
  );
}
