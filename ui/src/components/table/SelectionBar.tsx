import { Ellipsis, type LucideIcon } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { Button } from "../button/Button";
import { Menu } from "../menu/Menu";
import styles from "./SelectionBar.module.css";

export interface SelectionAct {
  id: string;
  label: string;
  icon: LucideIcon;
  tone?: "danger";
  /** Stands behind "More". */
  secondary?: boolean;
  onAction: () => void;
}

export interface SelectionBarProps {
  /** How many rows are ticked. The bar is there while there is one. */
  count: number;
  /** How many rows the list has. */
  total: number;
  totalIsExact?: boolean;
  /** Whether everything in the list is ticked. */
  isAll: boolean;
  onTickAll: () => void;
  onClear: () => void;
  acts: readonly SelectionAct[];
}

/** What can be done with the ticked rows, below their table. */
export function SelectionBar({
  count,
  total,
  totalIsExact = true,
  isAll,
  onTickAll,
  onClear,
  acts,
}: SelectionBarProps) {
  const shown = acts.filter(({ secondary }) => !secondary);
  const more = acts.filter(({ secondary }) => secondary);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Acts on the ticked rows">
      <span className={styles.count} role="status">
        {formatCount(count)} {isAll && !totalIsExact && "or more "}selected
      </span>
      {!isAll && (
        <Button variant="ghost" size="small" onPress={onTickAll} kbd="Ctrl+A">
          {totalIsExact ? `Select all ${formatCount(total)}` : "Select all that match"}
        </Button>
      )}
      <Button variant="ghost" size="small" onPress={onClear} kbd="Escape">
        Clear
      </Button>
      <div className={styles.acts}>
        {shown.map(({ id, label, icon, tone, onAction }) => (
          <Button
            key={id}
            size="small"
            icon={icon}
            variant={tone === "danger" ? "ghost" : "secondary"}
            onPress={onAction}
          >
            {label}
          </Button>
        ))}
        {more.length > 0 && (
          <Menu
            label="More acts"
            placement="top end"
            trigger={
              <Button size="small" icon={Ellipsis}>
                More
              </Button>
            }
            entries={more.map(({ id, label, icon, tone, onAction }) => ({
              id,
              label,
              icon,
              onAction,
              ...(tone && { tone }),
            }))}
          />
        )}
      </div>
    </div>
  );
}
