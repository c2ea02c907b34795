import { ChevronDown, type LucideIcon } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "../field/FieldParts";
import fieldStyles from "../field/field.module.css";
import type { Option } from "../list/Option";
import { OptionsPopover } from "./OptionsPopover";
import { useOptions, type SearchOptions } from "./useOptions";

export interface ComboBoxProps<Id extends string> extends FieldFrame {
  value: Option<Id> | null;
  onChange: (option: Option<Id> | null) => void;
  /** All there is to choose from; typing filters it. Or give `search`. */
  options?: readonly Option<Id>[];
  /** Finds options elsewhere, page by page of a list too long to hold. Keep it stable. */
  search?: SearchOptions<Id>;
  placeholder?: string;
  icon?: LucideIcon;
  /** Said when nothing matches. */
  emptyText?: string;
  isDisabled?: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
}

/** One of a long list, found by typing. Only what is in the list can be chosen. */
export function ComboBox<Id extends string>({
  label,
  hideLabel,
  description,
  error,
  className,
  value,
  onChange,
  options: all,
  search,
  placeholder = "Type to search…",
  icon: Icon,
  emptyText = "Nothing matches",
  ...rest
}: ComboBoxProps<Id>) {
  // Null while nothing is being typed: then the field shows the chosen option.
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value?.label ?? "";
  const { options, state } = useOptions(typed ?? "", all, search);
  const shown = withChosen(options, value);

  const choose = (id: string | null) => {
    setTyped(null);
    onChange(shown.find((option) => option.id === id) ?? null);
  };
  // The text that Enter was pressed on while it was still being searched for.
  const entered = useRef<string | null>(null);
  const takeBest = useEffectEvent(() => {
    const best = options[0];
    if (best && typed && entered.current === typed) choose(best.id);
    entered.current = null;
  });
  useEffect(() => {
    if (state === "ready") takeBest();
  }, [state]);
  /** Enter takes the best match; nobody needs to press the arrow first, or to wait for it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !typed) return;
    if (event.currentTarget.querySelector("input[aria-activedescendant]")) return;
    const best = options[0];
    if (state === "ready" && !best) return;
    event.preventDefault();
    event.stopPropagation();
    if (state === "searching") entered.current = typed;
    else if (best) choose(best.id);
  };

  return (
    <AriaComboBox
      {...rest}
      items={shown}
      value={value?.id ?? null}
      onChange={(key) => choose(key === null ? null : String(key))}
      inputValue={text}
      onInputChange={(next) => setTyped(next === value?.label ? null : next)}
      onBlur={() => setTyped(null)}
      menuTrigger="focus"
      allowsEmptyCollection
      isInvalid={Boolean(error)}
      className={classes(fieldStyles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group
        className={classes(fieldStyles.box)}
        isInvalid={Boolean(error)}
        onKeyDownCapture={onKeyDown}
      >
        {typed === null && value?.picture
          ? value.picture
          : Icon && <Icon size={14} className={fieldStyles.icon} />}
        <Input
          placeholder={placeholder}
          className={classes(fieldStyles.input, value?.mono && fieldStyles.mono)}
        />
        <Button className={classes(fieldStyles.clear)}>
          <ChevronDown size={14} />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
      <OptionsPopover state={state} emptyText={emptyText} />
    </AriaComboBox>
  );
}

/**
 * The chosen option must be among the items, or its choice would be dropped. It stands last where
 * the typed text does not find it.
 */
function withChosen<Id extends string>(options: readonly Option<Id>[], value: Option<Id> | null) {
  if (!value || options.some(({ id }) => id === value.id)) return options;
  return [...options, value];
}
