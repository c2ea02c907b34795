import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { ListBox } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import {
  Select as AriaSelect,
  SelectValue,
  type SelectProps as AriaSelectProps,
} from "react-aria-components/Select";
import { classes } from "../../lib/classes";
import { FieldLabel, FieldNotes, type FieldFrame } from "../field/FieldParts";
import fieldStyles from "../field/field.module.css";
import listStyles from "../list/list.module.css";
import { OptionItem, type Option } from "../list/Option";

export interface SelectProps<Id extends string>
  extends
    FieldFrame,
    Pick<
      AriaSelectProps<Option<Id>>,
      "isDisabled" | "isRequired" | "autoFocus" | "isOpen" | "onOpenChange"
    > {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
}

/** One of a list that is too long to show. Typing jumps to an option. */
export function Select<Id extends string>({
  label,
  hideLabel,
  description,
  error,
  className,
  options,
  value,
  onChange,
  placeholder = "Choose…",
  ...rest
}: SelectProps<Id>) {
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key) => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
      placeholder={placeholder}
      isInvalid={Boolean(error)}
      className={classes(fieldStyles.field, className)}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Button className={classes(fieldStyles.box, fieldStyles.trigger)}>
        <SelectValue className={classes(fieldStyles.value)}>
          {({ defaultChildren, isPlaceholder }) => {
            const chosen = options.find(({ id }) => id === value);
            if (isPlaceholder || !chosen) return defaultChildren;
            const { icon: Icon } = chosen;
            return (
              <>
                {chosen.picture}
                {Icon && <Icon size={14} strokeWidth={1.75} className={fieldStyles.icon} />}
                <span className={classes("truncate", chosen.mono && "mono")}>{chosen.label}</span>
              </>
            );
          }}
        </SelectValue>
        <ChevronDown size={14} className={fieldStyles.arrow} />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className={classes(listStyles.popover)} offset={4}>
        <ListBox className={classes(listStyles.list)} items={options}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
