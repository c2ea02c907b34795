import { Download } from "lucide-react";
import type { HistoryFilter, HistoryFormat } from "../../api/generated/commands";
import { saveText } from "../../api/files";
import { asRpcError } from "../../api/error";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Menu } from "../../components/menu/Menu";
import { errorToast, toast } from "../../components/toast/toasts";
import { formatQuantity } from "../../lib/numbers";

/** Saves what is listed as a file. */
export function ExportMenu({ filter, isFiltered }: { filter: HistoryFilter; isFiltered: boolean }) {
  const what = isFiltered ? "What is listed" : "All of it";
  return (
    <Menu
      label="Export"
      trigger={
        <Button variant="secondary" icon={Download}>
          Export
        </Button>
      }
      entries={[
        {
          id: "json",
          label: "JSON…",
          description: `${what}, with the fingerprints`,
          onAction: () => void exportAs(filter, "json"),
        },
        {
          id: "csv",
          label: "CSV…",
          description: `${what}, for spreadsheets`,
          onAction: () => void exportAs(filter, "csv"),
        },
      ]}
    />
  );
}

async function exportAs(filter: HistoryFilter, format: HistoryFormat): Promise<void> {
  try {
    const { name, text, entries } = await rpc("export_history", { filter, format });
    const saved = await saveText(name, text);
    if (saved !== null) {
      toast(`Saved ${formatQuantity(entries, "entry", "entries")} to ${saved}`);
    }
  } catch (thrown) {
    const { message, hint } = asRpcError(thrown);
    errorToast(`${message}. ${hint}`);
  }
}
