import { FlaskConical } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { savePicture } from "../../api/files";
import { useRpc } from "../../api/queries";
import type { AccessMapAnswer, AccessMapRequest, FieldProblem } from "../../api/generated/commands";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { Select } from "../../components/select/Select";
import { SkeletonRows } from "../../components/state/Skeleton";
import { UnseenNote } from "../../components/state/UnseenNote";
import { errorToast, toast } from "../../components/toast/toasts";
import { focusField } from "../../lib/fields";
import { formatInstant } from "../../lib/time";
import { useSettled } from "../../lib/useSettled";
import type { TabProps } from "./CheckTab";
import { ExportMenu } from "./ExportMenu";
import { Incomplete } from "./Incomplete";
import { MapTable } from "./MapTable";
import { EVERYTHING, isInDoubt, mapTable, titleOf } from "./mapWords";
import { drawMap } from "./picture";
import { ABOUT_NOBODY, requestOf, type Question } from "./search";
import { HolderFields } from "./HolderFields";
import styles from "./screen.module.css";

/** Subjects whose rules look at places. */
const PLACED = ["environment", "secretPath"];

/** What somebody may do in every part of every environment. */
export function MapTab(props: TabProps) {
  const { question, catalogue } = props;
  const form = useRef<HTMLDivElement>(null);
  const [subject, setSubject] = useState("secrets");
  const subjects = useMemo(
    () =>
      (catalogue?.subjects ?? []).filter(({ properties }) =>
        PLACED.every((name) => properties.some(({ property }) => property === name)),
      ),
    [catalogue],
  );
  const actions = subjects.find((it) => it.subject === subject)?.actions ?? [];
  const [action, setAction] = useState<string>("readValue");
  // Another subject has other actions; then the first one is shown.
  const shown =
    action === EVERYTHING || actions.some((it) => it.action === action)
      ? action
      : (actions[0]?.action ?? EVERYTHING);
  const settled = useSettled(question);
  const request = useMemo(() => mapRequest(settled, subject), [settled, subject]);
  const map = useRpc("access_map", request ?? NOTHING, {
    enabled: request !== null,
    keepPrevious: true,
  });
  const data = request ? map.data : undefined;
  const problems: readonly FieldProblem[] = data?.problems ?? [];
  const goTo = (field: string) => focusField(form.current, field);

  return (
    <div className={styles.split}>
      <div ref={form} className={styles.question} role="region" aria-label="Question">
        <HolderFields {...props} problems={problems}>
          <Select
            label="What"
            options={subjects.map(({ subject: id, title }) => ({ id, label: title, slug: id }))}
            value={subject}
            onChange={setSubject}
          />
          <Select
            label="Action"
            options={[
              { id: EVERYTHING, label: "All actions" },
              ...actions.map(({ action: id, title }) => ({ id, label: title, slug: id })),
            ]}
            value={shown}
            onChange={setAction}
          />
        </HolderFields>
      </div>
      <section className={styles.answer} aria-label="Access map" aria-busy={map.isFetching}>
        {!request ? (
          <div className={styles.alone}>
            <EmptyState icon={FlaskConical} title="Whose access?">
              Choose who it is about: the map shows every environment and every part of the folders.
            </EmptyState>
          </div>
        ) : map.error ? (
          <ErrorState
            message={map.error.message}
            hint={map.error.hint}
            onRetry={() => void map.refetch()}
          />
        ) : !data ? (
          <SkeletonRows label="the map" rows={8} />
        ) : problems.length > 0 ? (
          <Incomplete problems={problems} onGoTo={goTo} />
        ) : (
          <Mapped map={data} action={shown} subject={subject} />
        )}
      </section>
    </div>
  );
}

interface MappedProps {
  map: AccessMapAnswer;
  action: string;
  subject: string;
}

function Mapped({ map, action, subject }: MappedProps) {
  const what = action === EVERYTHING ? subject : titleOf(map, action);
  const inDoubt = isInDoubt(map, action);
  const differs = map.regions.some(({ cells }) => cells.some(({ now }) => now !== null));
  const save = async () => {
    try {
      const picture = await drawMap(map, action, what);
      const saved = await savePicture(`access-${map.name}.png`, picture);
      if (saved !== null) toast(`Saved ${saved}`);
    } catch (error) {
      errorToast(error instanceof Error ? error.message : "The picture was not written");
    }
  };
  return (
    <>
      {inDoubt && <UnseenNote unseen={map.unseen} />}
      <div className={styles.whoHead}>
        <p className={styles.whoSentence} role="status">
          {action === EVERYTHING ? (
            <>
              What <b className="strong">{map.name}</b> may do with{" "}
              <span className="mono">{subject}</span>
            </>
          ) : (
            <>
              Where <b className="strong">{map.name}</b> may:{" "}
              <b className="strong">{titleOf(map, action)}</b>
            </>
          )}
          {map.at !== null && map.besideNow && (
            <>
              {" "}
              at {formatInstant(Date.parse(map.at))}
              {differs ? "; what is so now is struck through" : "; the same as now"}
            </>
          )}
          {inDoubt && <span className="muted">; not certain where it is marked</span>}
        </p>
        <ExportMenu
          name={`access-${map.name}`}
          rows={() => mapTable(map, action)}
          more={[{ id: "png", label: "Save as PNG…", onAction: () => void save() }]}
        />
      </div>
      {map.limits.length > 0 && (
        <p className={styles.wrong}>
          Not every request could be looked at: {map.limits.join("; ")}
        </p>
      )}
      <MapTable map={map} action={action} />
    </>
  );
}

function mapRequest(question: Question, subject: string): AccessMapRequest | null {
  const asked = requestOf({ ...question, what: { kind: "operation", operation: "" } }, []);
  return asked && { question: asked, subject };
}

const NOTHING: AccessMapRequest = { subject: "", question: ABOUT_NOBODY };
