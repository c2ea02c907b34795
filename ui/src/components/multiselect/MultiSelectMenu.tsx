import { ChevronDown, type LucideIcon } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { ListBox, ListBoxSection } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import { matches } from "../../lib/keys";
import { Button, type ButtonVariant } from "../button/Button";
import listStyles from "../list/list.module.css";
import { ListSearchField } from "../list/ListSearchField";
import { OptionItem, optionMatches, type Option } from "../list/Option";
import styles from "./MultiSelectMenu.module.css";

export interface OptionGroup<Id extends string> {
  /** The area: "Secrets", "Access control". */
  title: string;
  options: readonly Option<Id>[];
}

export interface MultiSelectMenuProps<Id extends string> {
  /** What the button says. */
  label: string;
  icon?: LucideIcon;
  variant?: ButtonVariant;
  groups: readonly OptionGroup<Id>[];
  /** Given the chosen ones in the order of the groups. */
  onCommit: (ids: Id[]) => void;
  /** What the deciding button says: "Add 3 policies". */
  commitLabel: (count: number) => string;
  searchLabel: string;
  isDisabled?: boolean;
}

/**
 * Choose several from a long list: type to filter, arrows to move, Enter to tick, Ctrl+Enter to add
 * all that is ticked. What is ticked stays ticked while the filter changes.
 */
export function MultiSelectMenu<Id extends string>({
  label,
  icon,
  variant = "secondary",
  groups,
  onCommit,
  commitLabel,
  searchLabel,
  isDisabled = false,
}: MultiSelectMenuProps<Id>) {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const ordered = groups.flatMap(({ options }) => options).map(({ id }) => id);

  const close = () => {
    setOpen(false);
    setChosen(new Set());
  };
  const commit = () => {
    if (chosen.size === 0) return;
    onCommit(ordered.filter((id) => chosen.has(id)));
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!matches("Ctrl+Enter", event)) return;
    event.preventDefault();
    event.stopPropagation();
    commit();
  };

  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
      <Button
        variant={variant}
        endIcon={ChevronDown}
        isDisabled={isDisabled}
        {...(icon ? { icon } : {})}
      >
        {label}
      </Button>
      <Popover
        className={classes(listStyles.popover, styles.popover)}
        placement="bottom end"
        offset={4}
      >
        <Dialog aria-label={label} className={classes(listStyles.dialog)}>
          {/* Ctrl+Enter must reach us before the list takes Enter for a tick. */}
          <div role="presentation" className={listStyles.keys} onKeyDownCapture={onKeyDown}>
            <Choices
              label={label}
              searchLabel={searchLabel}
              groups={groups}
              chosen={chosen}
              setChosen={setChosen}
            />
            <footer className={styles.footer}>
              <span className="faint small">
                {chosen.size === 0 ? "Enter ticks" : `${chosen.size} ticked`}
              </span>
              <Button
                variant="primary"
                size="small"
                kbd="Ctrl+Enter"
                isDisabled={chosen.size === 0}
                onPress={commit}
              >
                {commitLabel(chosen.size)}
              </Button>
            </footer>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ChoicesProps<Id extends string> {
  label: string;
  searchLabel: string;
  groups: readonly OptionGroup<Id>[];
  chosen: ReadonlySet<Id>;
  setChosen: (chosen: ReadonlySet<Id>) => void;
}

function Choices<Id extends string>({
  label,
  searchLabel,
  groups,
  chosen,
  setChosen,
}: ChoicesProps<Id>) {
  const [text, setText] = useState("");
  const shown = groups
    .map(({ title, options }) => ({
      title,
      options: options.filter((option) =>
        optionMatches({ ...option, description: undefined }, text),
      ),
    }))
    .filter(({ options }) => options.length > 0);

  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <ListSearchField label={searchLabel} />
      <ListBox
        aria-label={label}
        className={classes(listStyles.list, styles.list)}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => {
          if (keys === "all") return;
          // Ticks that the filter hides are kept.
          const inSight = new Set(shown.flatMap(({ options }) => options.map(({ id }) => id)));
          const hidden = [...chosen].filter((id) => !inSight.has(id));
          setChosen(new Set([...hidden, ...[...inSight].filter((id) => keys.has(id))]));
        }}
        renderEmptyState={() => <div className={listStyles.note}>Nothing matches “{text}”</div>}
      >
        {shown.map(({ title, options }) => (
          <ListBoxSection key={title} id={title}>
            <Header className={classes(listStyles.header)}>{title}</Header>
            {options.map((option) => (
              <OptionItem key={option.id} option={option} mark="box" />
            ))}
          </ListBoxSection>
        ))}
      </ListBox>
    </Autocomplete>
  );
}
