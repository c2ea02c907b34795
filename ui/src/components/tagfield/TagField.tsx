import { TriangleAlert, X } from "lucide-react";
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Tag, TagGroup, TagList } from "react-aria-components/TagGroup";
import { classes } from "../../lib/classes";
import { OptionsPopover } from "../combobox/OptionsPopover";
import { useOptions } from "../combobox/useOptions";
import type { FieldFrame } from "../field/FieldParts";
import fieldStyles from "../field/field.module.css";
import type { Option } from "../list/Option";
import styles from "./TagField.module.css";

export interface TagFieldProps extends FieldFrame {
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What the project has. Any other text is allowed too. */
  options?: readonly Option[];
  /** A soft doubt about one value, such as that the project does not have it. */
  doubt?: (value: string) => string | undefined;
  placeholder?: string;
  mono?: boolean;
  isDisabled?: boolean;
  /** An element elsewhere that says more about the values. */
  "aria-describedby"?: string;
}

/**
 * A list of texts, each a chip. Enter or a comma adds what was typed; pasted text is split at commas
 * and line breaks. Backspace at the start goes to the last chip, and there it removes it.
 */
export function TagField({
  label,
  hideLabel,
  description,
  error,
  isInvalid = Boolean(error),
  className,
  values,
  onChange,
  options = [],
  doubt,
  placeholder = "",
  mono = true,
  isDisabled = false,
  "aria-describedby": describedBy,
}: TagFieldProps) {
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [labelId, inputId, notesId] = [useId(), useId(), useId()];

  const unused = options.filter(({ id }) => !values.includes(id));
  const { options: shown } = useOptions(typed, unused, undefined);

  const add = (texts: readonly string[]) => {
    const wanted = texts.map((text) => text.trim()).filter(Boolean);
    const fresh = [...new Set(wanted)].filter((text) => !values.includes(text));
    if (fresh.length > 0) onChange([...values, ...fresh]);
    setNote(fresh.length === 0 && wanted[0] ? `${wanted[0]} is in the list already` : "");
    setTyped("");
  };

  const remove = (value: string) => {
    const rest = values.filter((other) => other !== value);
    onChange(rest);
    if (rest.length === 0) input.current?.focus();
  };

  const focusLastTag = () =>
    list.current?.querySelector<HTMLElement>("[role=row]:last-of-type")?.focus();

  const onKeyDown = (event: KeyboardEvent) => {
    const field = input.current;
    if (!field || event.target !== field) return;
    const choosing = field.hasAttribute("aria-activedescendant");
    if (event.key === "Enter" && !choosing && typed.trim()) {
      add([typed]);
    } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
      focusLastTag();
    } else if (event.key === "ArrowLeft" && field.selectionStart === 0 && typed === "") {
      focusLastTag();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[,\r\n]/.test(text)) return;
    event.preventDefault();
    add((typed + text).split(/[,\r\n]+/));
  };

  return (
    <div className={classes(fieldStyles.field, className)}>
      <label
        id={labelId}
        htmlFor={inputId}
        className={hideLabel ? "visually-hidden" : fieldStyles.label}
      >
        {label}
      </label>
      <div
        role="presentation"
        className={classes(fieldStyles.box, styles.box)}
        data-invalid={isInvalid ? "" : undefined}
        data-disabled={isDisabled ? "" : undefined}
        onClick={({ target, currentTarget }) => {
          if (target === currentTarget) input.current?.focus();
        }}
        onKeyDownCapture={onKeyDown}
      >
        {values.length > 0 && (
          <TagGroup
            aria-label={`${label}: chosen`}
            className={classes(styles.tags)}
            selectionMode="none"
            onRemove={(keys) => {
              for (const key of keys) remove(String(key));
            }}
          >
            <TagList ref={list} className={classes(styles.tags)}>
              {values.map((value) => (
                <ValueTag key={value} value={value} mono={mono} doubt={doubt?.(value)} />
              ))}
            </TagList>
          </TagGroup>
        )}
        <ComboBox
          id={inputId}
          aria-labelledby={labelId}
          aria-describedby={[notesId, describedBy].filter(Boolean).join(" ")}
          items={shown}
          value={null}
          onChange={(key) => {
            if (key !== null) add([String(key)]);
          }}
          inputValue={typed}
          onInputChange={(text) => {
            setNote("");
            if (text.includes(",")) add(text.split(","));
            else setTyped(text);
          }}
          onBlur={() => {
            if (typed.trim()) add([typed]);
          }}
          allowsCustomValue
          menuTrigger="focus"
          isDisabled={isDisabled}
          isInvalid={isInvalid}
          className={classes(styles.entry)}
        >
          <Input
            ref={input}
            placeholder={values.length === 0 ? placeholder : ""}
            spellCheck="false"
            onPaste={onPaste}
            className={classes(fieldStyles.input, styles.input, mono && fieldStyles.mono)}
          />
          <OptionsPopover state="ready" emptyText="" />
        </ComboBox>
      </div>
      <div id={notesId} className={error ? fieldStyles.error : fieldStyles.description}>
        {error ?? description}
      </div>
      <span role="status" className="visually-hidden">
        {note}
      </span>
    </div>
  );
}

function ValueTag({
  value,
  mono,
  doubt,
}: {
  value: string;
  mono: boolean;
  doubt: string | undefined;
}) {
  return (
    <Tag
      id={value}
      textValue={doubt ? `${value}, ${doubt}` : value}
      className={classes(styles.tag, doubt && styles.doubted)}
    >
      {doubt && <TriangleAlert size={11} />}
      <span className={classes(styles.text, mono && "mono")} title={doubt}>
        {value}
      </span>
      <Button slot="remove" className={classes(styles.remove)}>
        <X size={11} strokeWidth={2.5} />
      </Button>
    </Tag>
  );
}
