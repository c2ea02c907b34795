import type { LucideIcon } from "lucide-react";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "../field/FieldParts";
import fieldStyles from "../field/field.module.css";
import type { Option } from "../list/Option";
import { useEcho } from "../../lib/useEcho";
import { OptionsPopover } from "./OptionsPopover";
import { useOptions, type SearchOptions } from "./useOptions";

export interface SuggestFieldProps extends FieldFrame {
  value: string;
  onChange: (text: string) => void;
  /** What the project has; choosing one writes its id. Any other text is allowed too. */
  options?: readonly Option[];
  search?: SearchOptions<string>;
  placeholder?: string;
  icon?: LucideIcon;
  mono?: boolean;
  isDisabled?: boolean;
  isRequired?: boolean;
  /** An element elsewhere that says more about the value. */
  "aria-describedby"?: string;
}

/** Free text with suggestions: environments, paths, tags. */
export function SuggestField({
  label,
  hideLabel,
  description,
  error,
  isInvalid = Boolean(error),
  className,
  value,
  onChange,
  options: all,
  search,
  placeholder = "",
  icon: Icon,
  mono = true,
  ...rest
}: SuggestFieldProps) {
  const { shown, change, settle } = useEcho(value, onChange);
  const { options, state } = useOptions(shown, all, search);
  // What is written already needs no suggestion.
  const isWritten = options.length === 1 && options[0]?.id === shown;
  return (
    <AriaComboBox
      {...rest}
      items={isWritten ? [] : options}
      value={null}
      onChange={(key) => {
        if (key !== null) change(String(key));
      }}
      inputValue={shown}
      onInputChange={change}
      onBlur={settle}
      allowsCustomValue
      menuTrigger="focus"
      isInvalid={isInvalid}
      className={classes(fieldStyles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Group className={classes(fieldStyles.box)} isInvalid={isInvalid}>
        {Icon && <Icon size={14} className={fieldStyles.icon} />}
        <Input
          placeholder={placeholder}
          spellCheck="false"
          className={classes(fieldStyles.input, mono && fieldStyles.mono)}
        />
      </Group>
      <FieldNotes description={description} error={error} />
      <OptionsPopover state={state} emptyText="Nothing matches" />
    </AriaComboBox>
  );
}
