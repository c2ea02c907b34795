import { Ban, Check, Clock3, Contrast, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "../../lib/classes";
import styles from "./Chip.module.css";

export type ChipTone = "neutral" | "allow" | "forbid" | "conditional" | "timed" | "struck";

export interface ChipProps {
  tone?: ChipTone;
  /** Null leaves the tone's own icon out, where a word says the same. */
  icon?: LucideIcon | null;
  /** Shown on hover, such as the full instant. */
  title?: string | undefined;
  mono?: boolean;
  children: ReactNode;
  className?: string | undefined;
}

const ICONS: Record<ChipTone, LucideIcon | null> = {
  neutral: null,
  allow: Check,
  forbid: Ban,
  conditional: Contrast,
  timed: Clock3,
  struck: Clock3,
};

/** A word with a meaning. Colour never stands alone: an icon or the word itself says it too. */
export function Chip({
  tone = "neutral",
  icon = ICONS[tone],
  title,
  mono = false,
  children,
  className,
}: ChipProps) {
  const Icon = icon;
  return (
    <span className={classes(styles.chip, styles[tone], mono && "mono", className)} title={title}>
      {Icon && <Icon size={12} strokeWidth={tone === "allow" ? 2.5 : 2} aria-hidden="true" />}
      <span className={styles.text}>{children}</span>
      {tone === "struck" && <span className="visually-hidden"> (ended)</span>}
    </span>
  );
}
