import { useMemo, useState } from "react";
import type {
  DurationDraft,
  FieldProblem,
  MemberRef,
  MembersAct,
  MemberSelection,
} from "../../../api/generated/commands";
import { useDeed, useRpc } from "../../../api/queries";
import { InstantField } from "../../../components/datetime/InstantField";
import { FormDialog } from "../../../components/dialog/FormDialog";
import {
  DurationPicker,
  type DurationMode,
  type DurationValue,
} from "../../../components/duration/DurationPicker";
import { TextField } from "../../../components/field/TextField";
import type { Option } from "../../../components/list/Option";
import { SegmentedControl } from "../../../components/segmented/SegmentedControl";
import { CodeText } from "../../../components/text/CodeText";
import { HOUR } from "../../../lib/time";
import { useSettled } from "../../../lib/useSettled";
import { RoleField } from "../bulk/RoleField";
import { sayDone } from "../sayDone";
import styles from "./edit.module.css";

type Lasting = "permanent" | "timed" | "until";

const MODES: readonly DurationMode<Lasting>[] = [
  { id: "permanent", label: "Permanent", takes: "nothing" },
  { id: "timed", label: "Timed", takes: "range" },
  { id: "until", label: "Until", takes: "instant" },
];

const BEGINS = [
  { id: "now", label: "At once" },
  { id: "later", label: "Later" },
] as const;

/** Gives one member a role: at once or later, for good or for a while. */
export function GiveRoleDialog({ member, onClose }: { member: MemberRef; onClose: () => void }) {
  const [role, setRole] = useState<Option | null>(null);
  const [lasting, setLasting] = useState<DurationValue<Lasting>>({
    mode: "permanent",
    range: "8h",
    end: "",
  });
  const [start, setStart] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const giving = useGiving(member, { role, lasting, start, reason }, onClose);
  const { problem, error } = giving;

  return (
    <FormDialog
      title={`Add a role to ${member.name}`}
      submitLabel={start === null ? "Add role" : "Schedule role"}
      onSubmit={giving.submit}
      onClose={onClose}
      isPending={giving.isPending}
      isDisabled={role === null}
      error={error}
    >
      <RoleField value={role} onChange={setRole} error={problem("role")} />
      <DurationPicker
        label="Duration"
        modes={MODES}
        value={lasting}
        onChange={setLasting}
        problem={problem("duration")}
        note={<CodeText text="One number and one unit: `30m`, `1.5h`, `3d`, `1w`" />}
      />
      {lasting.mode === "permanent" && problem("duration") !== undefined && (
        <p className={styles.wrong} role="alert">
          <CodeText text={problem("duration") ?? ""} />
        </p>
      )}
      <div className={styles.begins} role="group" aria-label="Begins">
        <span className={styles.label}>Begins</span>
        <div className={styles.beginsLine}>
          <SegmentedControl
            label="Begins"
            segments={BEGINS}
            value={start === null ? "now" : "later"}
            onChange={(id) => setStart(id === "now" ? null : nextHour())}
          />
          {start !== null && (
            <InstantField
              label="Start"
              hideLabel
              value={start}
              onChange={setStart}
              isInvalid={problem("start") !== undefined}
            />
          )}
        </div>
        {problem("start") !== undefined && (
          <p className={styles.wrong} role="alert">
            <CodeText text={problem("start") ?? ""} />
          </p>
        )}
        {start !== null && (
          <p className={styles.hint}>
            A server would give it at once, so Reeve keeps it and gives it at its start while it
            runs.
          </p>
        )}
      </div>
      {start !== null && (
        <TextField label="Reason (kept in history)" value={reason} onChange={setReason} />
      )}
    </FormDialog>
  );
}

interface RoleForm {
  role: Option | null;
  lasting: DurationValue<Lasting>;
  start: string | null;
  reason: string;
}

/** Looks at the form while it is filled in, and gives what it asks for. */
function useGiving(member: MemberRef, form: RoleForm, onDone: () => void) {
  const { role, lasting, start, reason } = form;
  const { mode, range, end } = lasting;
  const act = useMemo(() => {
    const duration: DurationDraft =
      mode === "permanent"
        ? { kind: "permanent" }
        : mode === "timed"
          ? { kind: "timed", range }
          : { kind: "until", end };
    return role && ({ kind: "addRole", role: role.id, duration } satisfies MembersAct);
  }, [role, mode, range, end]);
  const settled = useSettled(act);
  const selection = useMemo<MemberSelection>(
    () => ({ kind: "members", members: [member.id] }),
    [member.id],
  );
  const asked = useRpc(
    "preview_members_act",
    { selection, act: settled ?? { kind: "remove" } },
    { enabled: settled !== null, keepPrevious: true },
  );
  const give = useDeed("act_on_members");
  const schedule = useDeed("schedule_role");
  // What was refused is said until something is changed.
  const isSame =
    schedule.variables?.start === start && schedule.variables.duration === act?.duration;
  const refused: readonly FieldProblem[] =
    schedule.data?.outcome === "refused" && isSame ? schedule.data.problems : [];
  const preview = settled === null ? undefined : asked.data;
  // Who would be passed over is this one member.
  const passedOver = preview?.passedOver[0]?.reason;
  const isGone = preview?.chosen === 0;

  const problem = (field: "role" | "duration" | "start"): string | undefined =>
    refused.find((it) => it.field === field)?.message ??
    preview?.problems.find((it) => it.field === field)?.message ??
    (field === "role" ? passedOver : undefined);
  const submit = () => {
    if (!act || give.isPending || schedule.isPending) return;
    if (start === null) {
      give.mutate(
        { selection, act },
        {
          onSuccess: (answer) => {
            if (answer.outcome === "nothing") {
              void asked.refetch();
              return;
            }
            sayDone(answer.done);
            onDone();
          },
        },
      );
      return;
    }
    schedule.mutate(
      { member: member.id, role: act.role, start, duration: act.duration, reason },
      {
        onSuccess: (answer) => {
          if (answer.outcome === "refused") return;
          sayDone(answer);
          onDone();
        },
      },
    );
  };
  const gone = isGone
    ? {
        message: `${member.name} was removed from the project meanwhile`,
        hint: "It can be brought back in the history.",
      }
    : null;
  return {
    problem,
    error: gone ?? give.error ?? schedule.error ?? asked.error,
    isPending: give.isPending || schedule.isPending,
    submit,
  };
}

/** The next full hour that is not about to come. */
function nextHour(): string {
  return new Date(Math.ceil((Date.now() + HOUR / 4) / HOUR) * HOUR).toISOString();
}
