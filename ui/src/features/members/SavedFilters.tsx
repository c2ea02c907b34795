import { defaultParseSearch, defaultStringifySearch } from "@tanstack/react-router";
import { Bookmark, Check, Pencil, Trash2 } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import type { SavedFilter } from "../../api/generated/commands";
import { useDeed, useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { TextField } from "../../components/field/TextField";
import { Popover } from "../../components/popover/Popover";
import { CodeText } from "../../components/text/CodeText";
import { errorToast, toast } from "../../components/toast/toasts";
import styles from "./members.module.css";
import { compact, type MembersSearch } from "./search";

/** Opens a kept filter, and renames or forgets it. */
export function SavedFilters({
  search,
  onOpen,
}: {
  search: MembersSearch;
  onOpen: (asked: MembersSearch) => void;
}) {
  const filters = useRpc("saved_filters", {}).data?.filters ?? [];
  const [renamed, setRenamed] = useState<string | null>(null);
  const now = asText(search);
  const current = filters.find(({ asked }) => asText(readAsked(asked)) === now);
  return (
    <Popover
      label="Saved filters"
      placement="bottom end"
      width={300}
      onOpenChange={() => setRenamed(null)}
      trigger={
        <Button variant="ghost" icon={Bookmark} className={styles.savedButton}>
          {current?.name ?? "Saved filters"}
        </Button>
      }
    >
      {(close) =>
        filters.length === 0 ? (
          <p className="muted">
            No filter is saved yet. Set one, then choose <em>Save filter</em> beside it.
          </p>
        ) : (
          <ul className={styles.saved}>
            {filters.map((filter) => (
              <li key={filter.id}>
                {renamed === filter.id ? (
                  <NameForm
                    filter={filter}
                    verb="Rename"
                    onCancel={() => setRenamed(null)}
                    onSaved={() => setRenamed(null)}
                  />
                ) : (
                  <SavedLine
                    filter={filter}
                    isCurrent={filter === current}
                    onOpen={() => {
                      close();
                      onOpen(readAsked(filter.asked));
                    }}
                    onRename={() => setRenamed(filter.id)}
                  />
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Popover>
  );
}

interface SavedLineProps {
  filter: SavedFilter;
  isCurrent: boolean;
  onOpen: () => void;
  onRename: () => void;
}

function SavedLine({ filter, isCurrent, onOpen, onRename }: SavedLineProps) {
  const forget = useDeed("forget_filter");
  const keep = useDeed("save_filter");
  const { id, name } = filter;
  return (
    <div className={styles.savedLine}>
      <Button
        variant="ghost"
        className={styles.savedName}
        {...(isCurrent && { "aria-current": true })}
        onPress={onOpen}
      >
        <span className="truncate" title={name}>
          {name}
        </span>
        {isCurrent && <Check size={14} aria-hidden="true" />}
      </Button>
      <IconButton icon={Pencil} label={`Rename ${name}`} size="small" onPress={onRename} />
      <IconButton
        icon={Trash2}
        label={`Forget ${name}`}
        size="small"
        onPress={() =>
          forget.mutate(
            { id },
            {
              onSuccess: () =>
                toast(`Forgot the filter ${name}`, { undo: () => keep.mutate(filter) }),
              onError: ({ message, hint }) => errorToast(`${message}. ${hint}`),
            },
          )
        }
      />
    </div>
  );
}

/** Keeps the filter that is set, under a name. */
export function SaveFilter({ search }: { search: MembersSearch }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Save filter"
      width={300}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="small" icon={Bookmark}>
          Save filter
        </Button>
      }
    >
      <NameForm
        filter={{ id: null, name: "", asked: asText(search) }}
        verb="Save"
        onCancel={() => setOpen(false)}
        onSaved={({ name }) => {
          setOpen(false);
          toast(`Saved the filter ${name}`);
        }}
      />
    </Popover>
  );
}

interface NameFormProps {
  filter: { id: string | null; name: string; asked: string };
  verb: string;
  onCancel: () => void;
  onSaved: (filter: SavedFilter) => void;
}

function NameForm({ filter, verb, onCancel, onSaved }: NameFormProps) {
  const [name, setName] = useState(filter.name);
  const keep = useDeed("save_filter");
  const answer = keep.data;
  const problem = answer?.outcome === "refused" ? answer.problem.message : keep.error?.message;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (keep.isPending) return;
    keep.mutate(
      { ...filter, name },
      { onSuccess: (kept) => kept.outcome === "saved" && onSaved(kept.filter) },
    );
  };
  return (
    <form className={styles.nameForm} noValidate onSubmit={submit}>
      <TextField
        autoFocus
        label="Name of the filter"
        placeholder="Ends this week"
        value={name}
        onChange={(next) => {
          setName(next);
          keep.reset();
        }}
        error={problem && <CodeText text={problem} />}
      />
      <div className={styles.nameDeeds}>
        <Button variant="ghost" size="small" onPress={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" size="small" isPending={keep.isPending}>
          {verb}
        </Button>
      </div>
    </form>
  );
}

/** A filter as it is kept: its address, always in one order. */
function asText(search: MembersSearch): string {
  return defaultStringifySearch(compact({ ...search }));
}

function readAsked(asked: string): MembersSearch {
  return compact(defaultParseSearch(asked));
}
