import { Search } from "lucide-react";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { classes } from "../../lib/classes";
import fieldStyles from "../field/field.module.css";
import styles from "./list.module.css";

/** The field above a list in a popover: typing narrows the list, the arrows move in it. */
export function ListSearchField({ label }: { label: string }) {
  return (
    <SearchField aria-label={label} autoFocus className={classes(styles.search)}>
      <Search size={14} className={fieldStyles.icon} />
      <Input
        role="combobox"
        aria-expanded="true"
        aria-haspopup="listbox"
        placeholder={label}
        className={classes(fieldStyles.input)}
      />
    </SearchField>
  );
}
