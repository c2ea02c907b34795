import { Search, X } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { findMembers } from "../../../api/findMembers";
import type { Kind } from "../../../api/generated/commands";
import { Avatar } from "../../../components/avatar/Avatar";
import { ComboBox } from "../../../components/combobox/ComboBox";
import { memberOption } from "../../../components/combobox/memberOption";
import type { SearchOptions } from "../../../components/combobox/useOptions";
import type { Option } from "../../../components/list/Option";
import { classes } from "../../../lib/classes";
import styles from "./edit.module.css";

/** Enough of a member to show it. */
export interface Person {
  id: string;
  name: string;
  kind: Kind;
}

export interface PeopleFieldProps {
  label: string;
  value: readonly Person[];
  onChange: (people: Person[]) => void;
  /** The group whose members are not offered again. */
  notIn?: string;
  description?: string;
  error?: ReactNode;
  autoFocus?: boolean;
}

/** Several users and machine identities, found by typing; each that was chosen can be taken out. */
export function PeopleField({ value, onChange, notIn, ...field }: PeopleFieldProps) {
  const [found] = useState(() => new Map<string, Person>());
  const chosen = value.map(({ id }) => id).join(" ");
  const search = useCallback<SearchOptions<string>>(
    async (text) => {
      const people = await findPeople(text, new Set(chosen.split(" ")), notIn);
      for (const { person } of people) found.set(person.id, person);
      return people.map(({ option }) => option);
    },
    [chosen, notIn, found],
  );
  return (
    <div className={styles.people} data-field="members">
      <ComboBox
        {...field}
        icon={Search}
        placeholder="Search users and identities…"
        emptyText="Nobody else is called so"
        search={search}
        value={null}
        onChange={(option) => {
          const person = option && found.get(option.id);
          if (person) onChange([...value, person]);
        }}
      />
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label={`${field.label}: chosen`}>
          {value.map((person) => (
            <li key={person.id} className={styles.person}>
              <Avatar name={person.name} kind={person.kind} />
              <span className="truncate" title={person.name}>
                {person.name}
              </span>
              <AriaButton
                className={classes(styles.takeOut)}
                aria-label={`Take out ${person.name}`}
                onPress={() => onChange(value.filter(({ id }) => id !== person.id))}
              >
                <X size={12} aria-hidden="true" />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Users and identities that are neither chosen nor in the group. */
async function findPeople(
  text: string,
  chosen: ReadonlySet<string>,
  notIn: string | undefined,
): Promise<{ person: Person; option: Option }[]> {
  const rows = await findMembers(text, { order: "kind" });
  return rows
    .filter(
      ({ id, kind, groups }) =>
        kind !== "group" && !chosen.has(id) && groups.every((group) => group.id !== notIn),
    )
    .map((row) => ({
      person: { id: row.id, name: row.name, kind: row.kind },
      option: memberOption(row, row.detail),
    }));
}
