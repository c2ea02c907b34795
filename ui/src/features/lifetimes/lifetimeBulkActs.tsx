import {
  CalendarMinus,
  CalendarPlus,
  Infinity as Forever,
  RotateCcw,
  Square,
  Trash2,
} from "lucide-react";
import type { BulkAct, BulkDialogProps } from "../../api/bulkActs";
import type { LifetimeActKind, LifetimeAsked } from "../../components/lifetime/asked";
import { formatQuantity } from "../../lib/numbers";
import { LifetimeDialog } from "./LifetimeDialog";

/** What can be done about how long the timed access of ticked members counts. */
export const lifetimeBulkActs: readonly BulkAct[] = [
  { id: "extend", label: "Extend", icon: CalendarPlus, Dialog: dialogOf("extend") },
  { id: "endNow", label: "End now", icon: Square, Dialog: dialogOf("endNow") },
  {
    id: "shorten",
    label: "Shorten",
    icon: CalendarMinus,
    secondary: true,
    Dialog: dialogOf("shorten"),
  },
  {
    id: "restart",
    label: "Restart",
    icon: RotateCcw,
    secondary: true,
    Dialog: dialogOf("restart"),
  },
  {
    id: "makePermanent",
    label: "Make permanent",
    icon: Forever,
    secondary: true,
    Dialog: dialogOf("makePermanent"),
  },
  {
    id: "renew",
    label: "Renew ended access",
    icon: RotateCcw,
    secondary: true,
    Dialog: dialogOf("renew"),
  },
  {
    id: "removeEnded",
    label: "Remove ended access",
    icon: Trash2,
    tone: "danger",
    secondary: true,
    Dialog: dialogOf("remove"),
  },
];

function dialogOf(act: LifetimeActKind) {
  return function BulkLifetimeDialog({ selection, count, only, onClose, onDone }: BulkDialogProps) {
    const asked: LifetimeAsked = {
      act,
      targets: { kind: "members", selection, privileges: true, roles: true },
      title: only ? only.name : formatQuantity(count, "member"),
      onDone,
    };
    return <LifetimeDialog asked={asked} onClose={onClose} />;
  };
}
