import { FlaskConical } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useRpc } from "../../api/queries";
import type {
  AccessMapAnswer,
  AccessMapRequest,
  FieldProblem,
  MapCell,
} from "../../api/generated/commands";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { Select } from "../../components/select/Select";
import { SkeletonRows } from "../../components/state/Skeleton";
import { focusField } from "../../lib/fields";
import { formatInstant } from "../../lib/time";
import { useSettled } from "../../lib/useSettled";
import type { TabProps } from "./CheckTab";
import { ExportMenu } from "./ExportMenu";
import { Incomplete } from "./Incomplete";
import { MapTable } from "./MapTable";
import { mapTable } from "./mapWords";
import { requestOf, type Question } from "./search";
import { savePicture } from "./picture";
import { HolderFields } from "./HolderFields";
import styles from "./simulator.module.css";

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
  const settled = useSettled(question);
  const request = useMemo(() => mapRequest(settled, subject), [settled, subject]);
  const map = useRpc("access_map", request ?? NOTHING, {
    enabled: request !== null,
    keepPrevious: true,
  });
  // Beside another instant stands what is so now, so that what changes can be marked.
  const now = useMemo(
    () => request && { ...request, question: { ...request.question, when: NOW } },
    [request],
  );
  const isNow = request === null || request.question.when.kind === "now";
  const before = useRpc("access_map", now ?? NOTHING, { enabled: !isNow });
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
          <Mapped map={data} now={isNow ? undefined : before.data} subject={subject} />
        )}
      </section>
    </div>
  );
}

interface MappedProps {
  map: AccessMapAnswer;
  /** The same now, where another instant is shown. */
  now: AccessMapAnswer | undefined;
  subject: string;
}

function Mapped({ map, now, subject }: MappedProps) {
  const changed = now ? changedCells(map, now) : null;
  return (
    <>
      <div className={styles.whoHead}>
        <p className={styles.whoSentence} role="status">
          What <b className="strong">{map.name}</b> may do with{" "}
          <span className="mono">{subject}</span>
          {map.at !== null && now && ` at ${formatInstant(Date.parse(map.at))}`}
          {changed &&
            (changed.size === 0 ? "; the same as now" : "; what differs from now is marked")}
        </p>
        <ExportMenu
          name={`access-${map.name}`}
          rows={() => mapTable(map)}
          more={[{ id: "png", label: "Save as PNG…", onAction: () => void savePicture(map) }]}
        />
      </div>
      {map.limits.length > 0 && (
        <p className={styles.wrong}>
          Not every request could be looked at: {map.limits.join("; ")}
        </p>
      )}
      <MapTable map={map} changed={changed ?? NONE} />
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();
const NOW = { kind: "now" } as const;

/** The cells that differ, as `path environment`. Regions are found by the folder that speaks. */
function changedCells(map: AccessMapAnswer, now: AccessMapAnswer): Set<string> {
  const key = (cell: MapCell | undefined) => JSON.stringify(cell?.entries ?? null);
  const changed = new Set<string>();
  for (const region of map.regions) {
    const other = now.regions.find(
      ({ example, folders }) => example === region.example || folders.includes(region.example),
    );
    region.cells.forEach((cell, index) => {
      if (key(cell) !== key(other?.cells[index])) {
        changed.add(`${region.example} ${map.environments[index] ?? ""}`);
      }
    });
  }
  return changed;
}

function mapRequest(question: Question, subject: string): AccessMapRequest | null {
  const asked = requestOf({ ...question, what: { kind: "operation", operation: "" } }, []);
  return asked && { question: asked, subject };
}

const NOTHING: AccessMapRequest = {
  subject: "",
  question: {
    who: { kind: "member", member: "" },
    what: { kind: "operation", operation: "" },
    place: {
      environment: null,
      secretPath: null,
      secretName: null,
      secretTags: null,
      secondEnvironment: null,
      secondPath: null,
      newName: null,
      newTags: null,
      metadata: null,
      newMetadata: null,
      connection: null,
      others: [],
      nothingElse: false,
    },
    when: NOW,
    semantics: null,
    unsaved: { roleDrafts: false, privilege: null },
  },
};
