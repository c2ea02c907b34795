import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Button } from "react-aria-components/Button";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
} from "react-aria-components/SearchField";
import { classes } from "../../lib/classes";
import { ariaShortcut } from "../../lib/keys";
import { Kbd } from "../kbd/Kbd";
import styles from "./field.module.css";

export interface SearchFieldProps extends Omit<
  AriaSearchFieldProps,
  "children" | "className" | "style"
> {
  /** Its name for a screen reader, and the placeholder unless that is given. */
  label: string;
  placeholder?: string;
  /** The shortcut that brings the focus here, shown while the field is empty. It is bound elsewhere. */
  kbd?: string | undefined;
  inputRef?: Ref<HTMLInputElement>;
  className?: string | undefined;
}

/** Filters what is on the page. Esc clears it first, and only then means "back". */
export function SearchField({
  label,
  placeholder = label,
  kbd,
  inputRef,
  className,
  ...rest
}: SearchFieldProps) {
  return (
    <AriaSearchField
      {...rest}
      aria-label={label}
      className={classes(styles.field, styles.search, className)}
    >
      {({ isEmpty }) => (
        <Group className={classes(styles.box)}>
          <Search size={14} className={styles.icon} />
          <Input
            {...(inputRef ? { ref: inputRef } : {})}
            {...(kbd ? { "aria-keyshortcuts": ariaShortcut(kbd) } : {})}
            placeholder={placeholder}
            className={classes(styles.input)}
          />
          {isEmpty ? (
            kbd && <Kbd keys={kbd} />
          ) : (
            <Button className={classes(styles.clear)}>
              <X size={14} />
            </Button>
          )}
        </Group>
      )}
    </AriaSearchField>
  );
}
