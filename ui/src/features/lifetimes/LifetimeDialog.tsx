import { useEffect, useState, type KeyboardEvent } from "react";
import type { ChangeLifetimeRequest, LifetimePreview } from "../../api/generated/commands";
import { useDeed, useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { Dialog } from "../../components/dialog/Dialog";
import { DurationPicker } from "../../components/duration/DurationPicker";
import { TextField } from "../../components/field/TextField";
import type { LifetimeAsked } from "../../components/lifetime/asked";
import { ErrorState } from "../../components/state/ErrorState";
import { Skeleton } from "../../components/state/Skeleton";
import { matches } from "../../lib/keys";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { localTimeZone } from "../../lib/time";
import { useSettled } from "../../lib/useSettled";
import { actTitle, actVerb, endModes, requestOf, startingForm, type LifetimeForm } from "./acts";
import { ManyGrants, OneGrant } from "./PreviewRows";
import { sayDone } from "./saying";
import styles from "./lifetimes.module.css";

/** Ends move on while they are looked at, and what was seen is only good for a while. Milliseconds. */
const LOOK_AGAIN = 20_000;

export interface LifetimeDialogProps {
  asked: LifetimeAsked;
  onClose: () => void;
}

/** What shall be done, and beside it what that comes to: for one grant or for many. */
export function LifetimeDialog({ asked, onClose }: LifetimeDialogProps) {
  const [form, setForm] = useState<LifetimeForm>(() => startingForm(asked));
  const request = requestOf(asked, form);
  const preview = usePreview(request);
  const change = useDeed("change_lifetime");
  const [hasMoved, setMoved] = useState(false);
  const { answer, isCurrent } = preview;
  const problem = answer?.problems[0]?.message;
  const many = asked.targets.kind === "members" || asked.targets.grants.length > 1;
  const canDo = isCurrent && problem === undefined && (answer?.changed ?? 0) > 0;

  const submit = () => {
    if (!canDo || !answer || change.isPending) return;
    change.mutate(
      { ...request, seen: answer.seen },
      {
        onSuccess: (outcome) => {
          if (outcome.outcome !== "done") {
            setMoved(true);
            preview.retry();
            return;
          }
          onClose();
          asked.onDone?.();
          sayDone(outcome.done);
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!matches("Ctrl+Enter", event)) return;
    event.preventDefault();
    submit();
  };
  const modes = endModes(asked);

  return (
    <Dialog
      title={actTitle(asked)}
      description={`Times are in ${localTimeZone()}.`}
      isOpen
      onOpenChange={onClose}
      width={many ? "wide" : "medium"}
      footer={
        <>
          <Summary answer={answer} many={many} />
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant={asked.act === "remove" || asked.act === "endNow" ? "danger" : "primary"}
            kbd="Ctrl+Enter"
            isDisabled={!canDo}
            isPending={change.isPending}
            onPress={submit}
          >
            {actVerb(asked)}
            {many && canDo && ` ${formatCount(answer?.changed ?? 0)}`}
          </Button>
        </>
      }
    >
      <div role="presentation" className={styles.body} onKeyDown={onKeyDown}>
        <Failures
          hasMoved={hasMoved}
          error={change.error ?? preview.error}
          onRetry={change.error ? submit : preview.retry}
        />
        {modes.length > 0 && (
          <DurationPicker
            label="New end"
            hideLabel
            modes={modes}
            value={form.end}
            onChange={(end) => setForm({ ...form, end })}
            problem={problem}
            note={form.end.mode !== "at" && "One number and one unit: 30m, 1.5h, 3d, 1w"}
          />
        )}
        {asked.targets.kind === "members" && (
          <div className={styles.kinds} role="group" aria-label="What is meant">
            <Checkbox
              isSelected={form.privileges}
              onChange={(privileges) => setForm({ ...form, privileges })}
            >
              Additional Privileges
            </Checkbox>
            <Checkbox isSelected={form.roles} onChange={(roles) => setForm({ ...form, roles })}>
              Roles
            </Checkbox>
          </div>
        )}
        {answer ? (
          <Rows answer={answer} many={many} title={asked.title} />
        ) : (
          <Skeleton width="60%" />
        )}
        <TextField
          label="Reason (kept in history)"
          value={form.reason}
          onChange={(reason) => setForm({ ...form, reason })}
        />
      </div>
    </Dialog>
  );
}

interface RowsProps {
  answer: LifetimePreview;
  many: boolean;
  title: string;
}

function Rows({ answer, many, title }: RowsProps) {
  const [one] = answer.rows;
  if (many) return <ManyGrants preview={answer} />;
  if (answer.problems.length > 0) return <div className={styles.untold} />;
  if (!one) {
    return (
      <ErrorState
        look="bar"
        message={`${title} does not exist any more`}
        hint="It was removed meanwhile, so there is nothing to change."
      />
    );
  }
  return <OneGrant row={one} />;
}

interface SummaryProps {
  answer: LifetimePreview | undefined;
  many: boolean;
}

function Summary({ answer, many }: SummaryProps) {
  if (!many || !answer) return <span className={styles.summary} />;
  const { changed, members, passedOver, gone } = answer;
  const stay = passedOver.reduce((sum, { count }) => sum + count, 0) + gone;
  return (
    <p className={styles.summary} role="status">
      {changed === 0
        ? "Nothing would change"
        : `${formatQuantity(changed, "grant")} of ${formatQuantity(members, "member")} would change`}
      {stay > 0 && <span className="muted">, {formatCount(stay)} passed over</span>}
    </p>
  );
}

interface FailuresProps {
  hasMoved: boolean;
  error: { message: string; hint: string; retry: boolean } | null;
  onRetry: () => void;
}

function Failures({ hasMoved, error, onRetry }: FailuresProps) {
  if (error) {
    return (
      <ErrorState
        look="bar"
        message={error.message}
        hint={error.hint}
        onRetry={error.retry ? onRetry : undefined}
      />
    );
  }
  if (!hasMoved) return null;
  return (
    <ErrorState
      look="bar"
      message="It changed while this was open, so nothing was done"
      hint="Below is how it stands now. Look at it, then decide again."
    />
  );
}

function usePreview(request: ChangeLifetimeRequest) {
  const text = JSON.stringify(request);
  const settled = useSettled(text);
  const { data, error, isPlaceholderData, refetch } = useRpc(
    "preview_change_lifetime",
    JSON.parse(settled) as ChangeLifetimeRequest,
    { keepPrevious: true },
  );
  useEffect(() => {
    const timer = setInterval(() => void refetch(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [refetch]);
  return {
    answer: data,
    error,
    isCurrent: settled === text && !isPlaceholderData,
    retry: () => void refetch(),
  };
}
