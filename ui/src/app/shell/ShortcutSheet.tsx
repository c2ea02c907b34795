import { Dialog } from "../../components/dialog/Dialog";
import { Kbd } from "../../components/kbd/Kbd";
import { useBoundShortcuts, type Shortcut } from "../../components/shortcut/shortcuts";
import { shortcutKeys } from "../../lib/keys";
import styles from "./ShortcutSheet.module.css";

export interface ShortcutSheetProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** What the keyboard can do here and now. */
export default function ShortcutSheet({ isOpen, onOpenChange }: ShortcutSheetProps) {
  const bound = useBoundShortcuts().filter(({ label }) => label !== "");
  const groups = Map.groupBy([...bound, ...IN_TABLES], ({ group }) => group);
  return (
    <Dialog title="Shortcuts" isOpen={isOpen} onOpenChange={onOpenChange} width="wide">
      <div className={styles.groups}>
        {[...groups].map(([group, shortcuts]) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.heading}>{group}</h3>
            <dl className={styles.list}>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys + label} className={styles.line}>
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                    <span className="visually-hidden">{shortcutKeys(keys).join(" ")}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** Tables bind these themselves, wherever one has the focus. */
const IN_TABLES: Pick<Shortcut, "keys" | "label" | "group">[] = [
  { keys: "ArrowDown", label: "Next row" },
  { keys: "ArrowUp", label: "Row before; from the first, the header" },
  { keys: "ArrowRight", label: "Into the row's cells" },
  { keys: "PageDown", label: "A page on" },
  { keys: "Home", label: "First row" },
  { keys: "End", label: "Last row" },
  { keys: "Enter", label: "Open; in the header, sort" },
  { keys: "Shift+F10", label: "What can be done with the row" },
].map((line) => ({ ...line, group: "In tables" }));
