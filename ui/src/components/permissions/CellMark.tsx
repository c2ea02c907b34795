import { Ban, Blend, Check, CircleHelp, Contrast, Minus, type LucideIcon } from "lucide-react";
import { classes } from "../../lib/classes";
import styles from "./table.module.css";

/** The access of a cell; `some` where the actions of one column differ. */
export type CellState = "none" | "allow" | "conditional" | "forbid" | "mixed" | "unknown" | "some";

const MARKS: Record<CellState, { icon: LucideIcon | null; word: string }> = {
  none: { icon: null, word: "not granted" },
  allow: { icon: Check, word: "allowed" },
  conditional: { icon: Contrast, word: "allowed under conditions" },
  forbid: { icon: Ban, word: "forbidden" },
  mixed: { icon: Blend, word: "allowed and forbidden in parts" },
  unknown: { icon: CircleHelp, word: "unknown" },
  some: { icon: Minus, word: "different for each action" },
};

/** What a state is called, for those who do not see it. */
export function stateWord(state: CellState): string {
  return MARKS[state].word;
}

/** The sign of a cell: an icon whose form says the state, and for a single action its name. */
export function CellMark({
  cell,
  look,
}: {
  cell: { title: string; state: CellState };
  look: "box" | "chip";
}) {
  const { icon: Icon } = MARKS[cell.state];
  return (
    <span className={classes(look === "box" ? styles.box : styles.chip, styles[cell.state])}>
      {look === "chip" && <span className="truncate">{cell.title}</span>}
      {Icon && <Icon size={look === "box" ? 13 : 12} strokeWidth={2.25} aria-hidden="true" />}
    </span>
  );
}

/** What the signs mean. */
export function Legend() {
  const states: CellState[] = ["allow", "conditional", "forbid", "mixed", "unknown"];
  const short: Partial<Record<CellState, string>> = {
    allow: "allow",
    conditional: "conditional",
    forbid: "forbid",
    mixed: "mixed",
    unknown: "unknown",
  };
  return (
    <ul className={styles.legend} aria-label="What the signs mean">
      {states.map((state) => {
        const { icon: Icon } = MARKS[state];
        return (
          <li key={state}>
            <span className={classes(styles.sign, styles[state])}>
              {Icon && <Icon size={11} strokeWidth={2.25} aria-hidden="true" />}
            </span>
            {short[state]}
          </li>
        );
      })}
    </ul>
  );
}
