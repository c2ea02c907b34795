import { Plus, X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import type { MetadataDraft } from "../../../api/generated/commands";
import { Button } from "../../../components/button/Button";
import { IconButton } from "../../../components/button/IconButton";
import { TextField } from "../../../components/field/TextField";
import styles from "./edit.module.css";

export interface MetadataRowsProps {
  value: readonly MetadataDraft[];
  onChange: (rows: MetadataDraft[]) => void;
  /** What is wrong with a field of a row, by its path. */
  problem: (field: string) => ReactNode;
}

/** Keys and values, one pair a line. */
export function MetadataRows({ value, onChange, problem }: MetadataRowsProps) {
  const root = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    const place = wanted.current;
    if (place === null) return;
    wanted.current = null;
    const fields = root.current?.querySelectorAll<HTMLElement>("[data-row] input");
    const last = root.current?.querySelector<HTMLElement>("[data-add]");
    (fields?.[2 * place] ?? last)?.focus();
  }, [value]);

  const edit = (place: number, next: Partial<MetadataDraft>) =>
    onChange(value.map((row, at) => (at === place ? { ...row, ...next } : row)));
  const add = () => {
    wanted.current = value.length;
    onChange([...value, { key: "", value: "" }]);
  };
  return (
    <div ref={root} role="group" aria-label="Metadata" className={styles.metadata}>
      <span className={styles.label}>Metadata</span>
      <p className={styles.hint}>
        Policies can use it: <code>{"{{identity.metadata.team}}"}</code> becomes its value.
      </p>
      {value.map((row, place) => (
        // A line is its place: what is typed never moves to another one.
        <div key={place} data-row="" className={styles.metadataRow}>
          <TextField
            label={`Key ${place + 1}`}
            hideLabel
            mono
            placeholder="team"
            value={row.key}
            onChange={(key) => edit(place, { key })}
            error={problem(`metadata.${place}.key`)}
          />
          <TextField
            label={`Value of ${row.key === "" ? `key ${place + 1}` : row.key}`}
            hideLabel
            mono
            placeholder="payments"
            value={row.value}
            onChange={(text) => edit(place, { value: text })}
            error={problem(`metadata.${place}.value`)}
          />
          <IconButton
            icon={X}
            label={`Remove ${row.key === "" ? `line ${place + 1}` : row.key}`}
            onPress={() => {
              wanted.current = place;
              onChange(value.filter((_, at) => at !== place));
            }}
          />
        </div>
      ))}
      <span>
        <Button size="small" icon={Plus} data-add="" onPress={add}>
          Add metadata
        </Button>
      </span>
    </div>
  );
}
