import { ListBox } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { classes } from "../../lib/classes";
import listStyles from "../list/list.module.css";
import { OptionItem, type Option } from "../list/Option";
import type { FoundOptions } from "./useOptions";

/** The list below a combo box. Its items come from the combo box around it. */
export function OptionsPopover({
  state,
  emptyText,
}: {
  state: FoundOptions<string>["state"];
  emptyText: string;
}) {
  const note =
    state === "searching" ? "Searching…" : state === "failed" ? "The search failed" : emptyText;
  return (
    <Popover className={classes(listStyles.popover)} offset={4}>
      <ListBox<Option>
        className={classes(listStyles.list)}
        renderEmptyState={() => <div className={listStyles.note}>{note}</div>}
      >
        {(option) => <OptionItem option={option} />}
      </ListBox>
    </Popover>
  );
}
