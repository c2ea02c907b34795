import { useState } from "react";
import type { BulkAct, BulkDialogProps } from "../../../api/bulkActs";
import { SelectionBar } from "../../../components/table/SelectionBar";
import type { UsedTicks } from "../../../components/table/useTicked";

export interface MembersBarProps extends Pick<BulkDialogProps, "selection" | "only"> {
  acts: readonly BulkAct[];
  ticks: UsedTicks;
  total: number;
  totalIsExact: boolean;
}

/** The bar below the list while members are ticked, and the dialog of the act that was chosen. */
export function MembersBar({ acts, ticks, total, totalIsExact, ...about }: MembersBarProps) {
  const [chosen, setChosen] = useState<BulkAct | null>(null);
  const { count, selection } = ticks;
  if (count === 0) return null;
  return (
    <>
      <SelectionBar
        count={count}
        total={total}
        totalIsExact={totalIsExact}
        isAll={selection.extent === "all"}
        onTickAll={selection.tickAll}
        onClear={selection.clear}
        acts={acts.map((act) => ({ ...act, onAction: () => setChosen(act) }))}
      />
      {chosen && (
        <chosen.Dialog
          {...about}
          count={count}
          onClose={() => setChosen(null)}
          onDone={() => {
            setChosen(null);
            selection.clear();
          }}
        />
      )}
    </>
  );
}
