import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { ListBox, type Selection } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import { Button } from "../button/Button";
import { useOptions, type SearchOptions } from "../combobox/useOptions";
import listStyles from "../list/list.module.css";
import { ListSearchField } from "../list/ListSearchField";
import { OptionItem, type Option } from "../list/Option";
import styles from "./filter.module.css";

export interface FilterMenuProps<Id extends string> {
  /** What is filtered by: "Role". */
  label: string;
  /** All there is to choose from; or `search` finds it. */
  options?: readonly Option<Id>[];
  search?: SearchOptions<Id>;
  chosen: readonly Id[];
  /** Called at once, with every tick. */
  onChange: (chosen: Id[]) => void;
  /** `one` closes when it is chosen; choosing it again takes it back. */
  mode: "one" | "several";
  /** What the field above a long list says; without it there is none. */
  searchLabel?: string;
  emptyText?: string;
}

/** A button with the choices of one filter behind it. What is chosen counts at once. */
export function FilterMenu<Id extends string>({ label, chosen, ...list }: FilterMenuProps<Id>) {
  const [isOpen, setOpen] = useState(false);
  const { mode, onChange } = list;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        variant="ghost"
        endIcon={ChevronDown}
        className={classes(styles.menuButton, chosen.length > 0 && styles.used)}
      >
        {label}
        {chosen.length > 0 && (
          <span className={styles.chosenCount}>
            <span aria-hidden="true">{chosen.length}</span>
            <span className="visually-hidden">, {chosen.length} chosen</span>
          </span>
        )}
      </Button>
      <Popover
        className={classes(listStyles.popover, styles.popover)}
        placement="bottom start"
        offset={4}
      >
        <Dialog aria-label={label} className={classes(listStyles.dialog)}>
          {/* Esc closes at once, even while something is typed. */}
          <div
            role="presentation"
            className={listStyles.keys}
            onKeyDownCapture={(event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              setOpen(false);
            }}
          >
            <Choices
              {...list}
              label={label}
              chosen={chosen}
              onChange={(next) => {
                onChange(next);
                if (mode === "one") setOpen(false);
              }}
            />
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Choices<Id extends string>({
  label,
  options: all,
  search,
  chosen,
  onChange,
  mode,
  searchLabel,
  emptyText = "Nothing matches",
}: FilterMenuProps<Id>) {
  const [text, setText] = useState("");
  const { options, state } = useOptions(text, all, search);
  const choose = (keys: Selection) => {
    if (keys === "all") return;
    const shown = options.map(({ id }) => id);
    // What the search hides stays chosen.
    const hidden = mode === "one" ? [] : chosen.filter((id) => !shown.includes(id));
    onChange([...hidden, ...shown.filter((id) => keys.has(id))]);
  };
  const note =
    state === "searching" ? "Searching…" : state === "failed" ? "The search failed" : emptyText;
  const list = (
    <ListBox
      aria-label={label}
      className={classes(listStyles.list)}
      items={options}
      {...(searchLabel === undefined && { autoFocus: true })}
      selectionMode={mode === "one" ? "single" : "multiple"}
      selectedKeys={chosen}
      onSelectionChange={choose}
      renderEmptyState={() => <div className={listStyles.note}>{note}</div>}
    >
      {(option) => <OptionItem option={option} mark={mode === "one" ? "tick" : "box"} />}
    </ListBox>
  );
  if (searchLabel === undefined) return list;
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <ListSearchField label={searchLabel} />
      {list}
    </Autocomplete>
  );
}
