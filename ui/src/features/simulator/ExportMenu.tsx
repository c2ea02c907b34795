import { Copy } from "lucide-react";
import { Button } from "../../components/button/Button";
import { Menu } from "../../components/menu/Menu";
import { errorToast, toast } from "../../components/toast/toasts";
import { csvOf, jsonOf, type TextTable } from "./table";

export interface ExportMenuProps {
  /** What the table is called. */
  name: string;
  /** Made when it is asked for. */
  rows: () => TextTable | Promise<TextTable>;
}

/** Takes a table away: as CSV or JSON. */
export function ExportMenu({ name, rows }: ExportMenuProps) {
  const copy = async (form: "CSV" | "JSON") => {
    try {
      const made = await rows();
      await navigator.clipboard.writeText(form === "CSV" ? csvOf(made) : jsonOf(made));
      toast(`Copied ${name} as ${form}`);
    } catch {
      errorToast("The clipboard refused the table");
    }
  };
  return (
    <Menu
      label="Export"
      placement="bottom end"
      trigger={
        <Button variant="ghost" icon={Copy}>
          Export
        </Button>
      }
      entries={[
        { id: "csv", label: "Copy as CSV", onAction: () => void copy("CSV") },
        { id: "json", label: "Copy as JSON", onAction: () => void copy("JSON") },
      ]}
    />
  );
}
