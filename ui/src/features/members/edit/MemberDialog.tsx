import { useMemo, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { Kind, MemberCheck, MemberDetail, MemberDraft } from "../../../api/generated/commands";
import { useDeed, useRpc } from "../../../api/queries";
import { Button } from "../../../components/button/Button";
import { Dialog } from "../../../components/dialog/Dialog";
import { OverlapBar, type OverlapSide } from "../../../components/overlap/OverlapBar";
import { ErrorState } from "../../../components/state/ErrorState";
import { CodeText } from "../../../components/text/CodeText";
import { toast } from "../../../components/toast/toasts";
import { focusField } from "../../../lib/fields";
import { useSettled } from "../../../lib/useSettled";
import { KIND_WORD } from "../kinds";
import { sayDone } from "../sayDone";
import styles from "./edit.module.css";
import {
  draftOf,
  isChanged,
  newMember,
  overlapOf,
  type MemberEdits,
  type MemberField,
} from "./memberDraft";
import { MemberFields } from "./MemberFields";

const FORM = "member-fields";

export interface MemberDialogProps {
  /** What is added, or the kind of what is changed. */
  kind: Kind;
  /** The member that is changed, as it stands now; absent if one is added. */
  member?: MemberDetail | undefined;
  /** Whether the member has been removed while the dialog was open. */
  isGone?: boolean;
  /** Called when the core says that it is not any more as it is shown here. */
  onOvertaken?: () => void;
  onClose: () => void;
  /** Called with the id once it is saved. */
  onSaved: (member: string) => void;
}

/** Adds a member, or changes what one is. It is looked at while it is typed. */
export function MemberDialog({
  kind,
  member,
  isGone = false,
  onOvertaken,
  onClose,
  onSaved,
}: MemberDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const [edits, setEdits] = useState<MemberEdits>({});
  // What was typed and given up for what another window says; it can be taken back.
  const [dropped, setDropped] = useState<MemberEdits>({});
  const [asNew, setAsNew] = useState(false);
  const [asksToLeave, setAsking] = useState(false);
  const base = useMemo(() => startOf(kind, member, asNew), [kind, member, asNew]);
  const [opened] = useState(base);
  const [seen, setSeen] = useState(base);
  const draft = useMemo<MemberDraft>(() => ({ ...base, ...edits }), [base, edits]);
  const write = useDeed("write_member");
  const looked = useLook(draft, edits, write.data?.outcome === "refused");
  const isNew = draft.member === null;
  const dirty = isChanged(edits, base);
  const gone = !isNew && (isGone || isMissing(looked.error) || isMissing(write.error));
  const overlap = isNew || gone ? null : overlapOf(edits, dropped, seen, base);
  const error = gone ? null : (write.error ?? looked.error);

  const change = (next: MemberEdits) => {
    setEdits({ ...edits, ...next });
    setDropped(without(dropped, Object.keys(next)));
    setAsking(false);
    if (write.isError) write.reset();
  };
  const choose = (field: MemberField, side: OverlapSide) => {
    if (side === "mine") {
      change({ [field]: dropped[field] });
    } else {
      setDropped({ ...dropped, [field]: edits[field] });
      setEdits(without(edits, [field]));
    }
  };
  const leave = () => {
    if (dirty && !asksToLeave) setAsking(true);
    else onClose();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (write.isPending || gone) return;
    write.mutate(draft, {
      onSuccess: (answer) => {
        if (answer.outcome === "overtaken") {
          onOvertaken?.();
          return;
        }
        if (answer.outcome === "refused") {
          const field = answer.check.problems[0]?.field;
          looked.showAll();
          if (field !== undefined) focusField(form.current, field);
          return;
        }
        if (answer.done) sayDone(answer.done);
        else toast("Nothing was different");
        onClose();
        onSaved(answer.member);
      },
    });
  };

  return (
    <Dialog
      title={isNew ? `Add a ${KIND_WORD[kind]}` : `Edit ${opened.name}`}
      isOpen
      onOpenChange={leave}
      footer={
        asksToLeave ? (
          <LeaveQuestion onStay={() => setAsking(false)} onLeave={onClose} />
        ) : (
          <>
            <Button variant="ghost" onPress={leave}>
              Cancel
            </Button>
            <Button
              type="submit"
              form={FORM}
              variant="primary"
              isDisabled={gone}
              isPending={write.isPending}
            >
              {isNew ? "Add" : "Save"}
            </Button>
          </>
        )
      }
    >
      <form id={FORM} ref={form} noValidate className={styles.form} onSubmit={submit}>
        {gone && <Gone name={member?.name} onAdd={() => setAsNew(true)} />}
        {error && (
          <ErrorState
            look="bar"
            message={error.message}
            hint={error.hint}
            onRetry={error.retry ? looked.retry : undefined}
          />
        )}
        {overlap && (
          <OverlapBar
            {...overlap}
            onChoose={choose}
            onClose={() => {
              setSeen(base);
              setDropped({});
            }}
          />
        )}
        <MemberFields
          draft={draft}
          problem={looked.problem}
          warning={looked.warning}
          onChange={change}
          onLeave={looked.leave}
        />
      </form>
    </Dialog>
  );
}

function startOf(kind: Kind, member: MemberDetail | undefined, asNew: boolean): MemberDraft {
  if (!member) return newMember(kind);
  return asNew ? { ...draftOf(member), member: null } : draftOf(member);
}

function isMissing(error: { code: string } | null): boolean {
  return error?.code === "notFound";
}

function without(edits: MemberEdits, fields: readonly string[]): MemberEdits {
  return Object.fromEntries(Object.entries(edits).filter(([field]) => !fields.includes(field)));
}

/** What the core says of the draft, kept back for fields that nobody has finished yet. */
function useLook(draft: MemberDraft, edits: MemberEdits, wasRefused: boolean) {
  const settled = useSettled(draft);
  const look = useRpc("check_member", settled, { keepPrevious: true });
  const [all, setAll] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const said = (list: keyof MemberCheck) => (field: string) => {
    const [top = ""] = field.split(".");
    // An address is none until it is whole; everything else can be told at once.
    const isDue = left.has(top) || (top in edits && top !== "handle") || draft.kind === "group";
    if (!all && !wasRefused && !(isDue && top in edits)) return undefined;
    const message = look.data?.[list].find((it) => it.field === field)?.message;
    return message === undefined ? undefined : <CodeText text={message} />;
  };
  return {
    problem: said("problems"),
    warning: said("warnings"),
    error: look.error,
    retry: () => void look.refetch(),
    leave: (field: string) => {
      if (!left.has(field)) setLeft(new Set([...left, field]));
    },
    showAll: () => setAll(true),
  };
}

function Gone({ name = "This member", onAdd }: { name?: string | undefined; onAdd: () => void }) {
  return (
    <>
      <ErrorState
        look="bar"
        message={`${name} was removed from the project meanwhile`}
        hint="What you typed is still here. It can be added as a new member, or taken back in the history."
      />
      <span>
        <Button size="small" onPress={onAdd}>
          Add as a new member instead
        </Button>
      </span>
    </>
  );
}

function LeaveQuestion({
  onStay,
  onLeave,
}: {
  onStay: () => void;
  onLeave: () => void;
}): ReactNode {
  return (
    <>
      <span className={styles.leave} role="alert">
        Give up what you typed?
      </span>
      <Button variant="ghost" autoFocus onPress={onStay}>
        Keep editing
      </Button>
      <Button variant="danger" onPress={onLeave}>
        Give up
      </Button>
    </>
  );
}
