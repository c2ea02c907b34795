/**
 * Acts on members that were ticked in a list. Each feature may offer some; the program puts them
 * together into the bar below the list.
 */
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Kind, MemberSelection } from "./generated/commands";

export interface BulkAct {
  id: string;
  /** A verb with its object: "Add role". */
  label: string;
  icon: LucideIcon;
  tone?: "danger";
  /** Stands behind "More" instead of in the bar. */
  secondary?: boolean;
  /** Asks for what is missing, shows what it would do, and does it. */
  Dialog: ComponentType<BulkDialogProps>;
}

export interface BulkDialogProps {
  selection: MemberSelection;
  /** How many members are ticked. */
  count: number;
  /** What is ticked, where that is one alone. */
  only?: { id: string; name: string; kind: Kind } | undefined;
  /** Closed; nothing was done. */
  onClose: () => void;
  /** It was done: the dialog goes, and the ticks with it. */
  onDone: () => void;
}
