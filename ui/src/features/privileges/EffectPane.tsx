import { CalendarClock, CircleAlert, Infinity as Forever, TriangleAlert } from "lucide-react";
import type { PrivilegeDraft, RuleView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Chip } from "../../components/chip/Chip";
import { ErrorState } from "../../components/state/ErrorState";
import { Skeleton } from "../../components/state/Skeleton";
import { CodeText } from "../../components/text/CodeText";
import { Timed } from "../../components/timed/Timed";
import { classes } from "../../lib/classes";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { formatInstant, formatZone, localTimeZone, MINUTE } from "../../lib/time";
import { useSettled } from "../../lib/useSettled";
import type { PrivilegeForm } from "./draft";
import { Effect } from "./Effect";
import type { Holder } from "./holder";
import { fieldName, type Remark } from "./remarks";
import { RuleSentence } from "./RuleSentence";
import type { Preview } from "./usePreview";
import styles from "./privileges.module.css";

export interface EffectPaneProps {
  holder: Holder;
  draft: PrivilegeDraft;
  form: PrivilegeForm;
  preview: Preview;
  problems: readonly Remark[];
  wasTried: boolean;
  titleOf: (subject: string) => string;
  onGoTo: (field: string) => void;
}

/** How often the effect of the same draft is looked at again. Milliseconds. */
const AGAIN = 5 * MINUTE;

/** What the privilege would do, said before it is saved. */
export function EffectPane(props: EffectPaneProps) {
  const { holder, form, preview, problems, wasTried } = props;
  const { answer } = preview;
  // What else the member has may end meanwhile, so the effect is looked at again now and then.
  const turn = Math.floor(Date.parse(answer?.countedFrom ?? "") / AGAIN) || 0;
  if (!answer) {
    return preview.error ? (
      <PreviewError preview={preview} />
    ) : (
      <>
        <h2 className={styles.heading}>What this grants</h2>
        <Skeleton width="80%" />
        <Skeleton width="55%" />
      </>
    );
  }
  const toDo = problems.length > 0 && (
    <section className={styles.paneSection}>
      <h2 className={styles.heading}>Before it can be saved</h2>
      <Links {...props} remarks={problems} tone={wasTried ? "wrong" : "open"} />
    </section>
  );
  return (
    <>
      {wasTried && toDo}
      {holder.kind === "one" && answer.rules.length > 0 && (
        <Effect draft={props.draft} name={holder.member.name} turn={turn} />
      )}
      <section className={styles.paneSection}>
        <h2 className={styles.heading}>What this grants</h2>
        <Rules rules={answer.rules} />
      </section>
      {holder.kind === "many" && <WhoGets holder={holder} draft={props.draft} />}
      <section className={styles.paneSection}>
        <h2 className={styles.heading}>
          {answer.startsAt === null ? "When it ends" : "When it begins and ends"}
        </h2>
        {answer.startsAt !== null && (
          <p className={styles.end}>
            <CalendarClock size={14} aria-hidden="true" />
            Begins {formatInstant(Date.parse(answer.startsAt))}
          </p>
        )}
        <End form={form} endsAt={answer.endsAt} />
      </section>
      {preview.warnings.length > 0 && (
        <section className={styles.paneSection}>
          <h2 className={styles.heading}>Worth a look</h2>
          <Links {...props} remarks={preview.warnings} tone="doubt" />
        </section>
      )}
      {!wasTried && toDo}
      {preview.error && <PreviewError preview={preview} />}
    </>
  );
}

function Rules({ rules }: { rules: readonly RuleView[] }) {
  if (rules.length === 0) return <p className="muted">Nothing yet.</p>;
  return (
    <ul className={styles.sentences}>
      {rules.map((rule, index) => (
        <li key={index} className={styles.sentence}>
          <Chip tone={rule.inverted ? "forbid" : "allow"}>
            {rule.inverted ? "Forbid" : "Allow"}
          </Chip>
          <p>
            <RuleSentence rule={rule} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function End({ form, endsAt }: { form: PrivilegeForm; endsAt: string | null }) {
  const { mode, end } = form.duration;
  if (mode === "permanent" || (mode === "kept" && endsAt === null)) {
    return (
      <p className={styles.end}>
        <Forever size={14} aria-hidden="true" />
        Permanent: it counts until somebody removes it.
      </p>
    );
  }
  if (endsAt === null) return <p className="muted">The duration cannot be read yet.</p>;
  if (mode === "kept" && end === "") {
    return (
      <p className="muted">
        It ended {formatInstant(Date.parse(endsAt))}, so nothing above counts until it is renewed or
        given another duration.
      </p>
    );
  }
  return (
    <>
      <p className={styles.end}>
        Ends <Timed key={endsAt} end={endsAt} />
      </p>
      <p className="muted">
        {formatInstant(Date.parse(endsAt))}
        {formatZone(Date.parse(endsAt)) !== localTimeZone() && ` (${localTimeZone()})`}. Then
        nothing above counts any more.
      </p>
    </>
  );
}

/** Who of several would get it, and who is passed over. */
function WhoGets({ holder, draft }: { holder: Holder & { kind: "many" }; draft: PrivilegeDraft }) {
  const act = { kind: "attachPrivilege", draft: useSettled(draft) } as const;
  const { data } = useRpc(
    "preview_members_act",
    { selection: holder.selection, act },
    { keepPrevious: true },
  );
  return (
    <section className={styles.paneSection}>
      <h2 className={styles.heading}>Who gets it</h2>
      <p role="status">
        {data?.problems.length === 0
          ? `${formatQuantity(data.affected, "member")} of ${formatCount(data.chosen)}`
          : formatQuantity(holder.count, "member")}
      </p>
      <ul className={styles.passedOver}>
        {data?.passedOver.map(({ reason, count, members }) => (
          <li key={reason}>
            {formatCount(count)} passed over: {members.map(({ name }) => name).join(", ")}
            {count > members.length && ` and ${formatCount(count - members.length)} more`}
            <span className="muted"> — {reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LinksProps extends EffectPaneProps {
  remarks: readonly Remark[];
  tone: "doubt" | "wrong" | "open";
}

/** Remarks as ways to their fields. */
function Links({ remarks, tone, form, titleOf, onGoTo }: LinksProps) {
  const Icon = tone === "doubt" ? TriangleAlert : CircleAlert;
  return (
    <ul className={classes(styles.links, styles[`${tone}Links`])}>
      {remarks.map(({ field, message }) => (
        <li key={field + message}>
          <button type="button" className={styles.link} onClick={() => onGoTo(field)}>
            <Icon size={14} aria-hidden="true" />
            <span>
              <b>{fieldName(field, form, titleOf)}.</b> <CodeText text={message} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function PreviewError({ preview }: { preview: Preview }) {
  return (
    <ErrorState
      message="What this would do cannot be told"
      hint={preview.error?.message}
      onRetry={preview.retry}
    />
  );
}
