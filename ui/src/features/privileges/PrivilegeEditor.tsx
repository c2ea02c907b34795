import { Link } from "@tanstack/react-router";
import {
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from "react";
import { cardCatalogue } from "../../api/cardCatalogue";
import type { CatalogueView, Places } from "../../api/generated/commands";
import { findActors, tryPattern } from "../../api/patterns";
import { useRpc } from "../../api/queries";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button } from "../../components/button/Button";
import type { DurationValue } from "../../components/duration/DurationPicker";
import { Chip } from "../../components/chip/Chip";
import type { Option } from "../../components/list/Option";
import { OverlapBar } from "../../components/overlap/OverlapBar";
import { Page, PageHeader, SplitPage } from "../../components/page/PageHeader";
import { RuleNotesContext, RulesContext, type RuleNotes } from "../../components/rules/context";
import { subjectNamed } from "../../components/rules/offer";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { ErrorState } from "../../components/state/ErrorState";
import { fieldOf, focusField } from "../../lib/fields";
import { matches } from "../../lib/keys";
import { usePointerHeld } from "../../lib/pointer";
import { PrivilegeFormContext, type FormContext } from "./context";
import { DurationField, StartField } from "./DurationField";
import {
  draftOf,
  edited,
  isWritten,
  type DraftContext,
  type Lasting,
  type PrivilegeForm,
} from "./draft";
import { EffectPane } from "./EffectPane";
import { holderId, holderName, takenNames, type Holder, type Stored } from "./holder";
import { LeaveDialog } from "./LeaveDialog";
import { PART_NAMES, withPart, type Part } from "./merge";
import { NameField } from "./NameField";
import { clashesOf } from "./overlapWords";
import { PolicyList } from "./PolicyList";
import { ReasonFields } from "./ReasonFields";
import type { Remark } from "./remarks";
import { useLeaving } from "./useLeaving";
import { useOverlap, type Overlap } from "./useOverlap";
import { usePreview } from "./usePreview";
import { useSaving, type Saving } from "./useSaving";
import styles from "./privileges.module.css";

const KIND_WORD = { user: "user", identity: "machine identity", group: "group" };

export interface PrivilegeEditorProps {
  holder: Holder;
  catalogue: CatalogueView;
  places: Places;
  title: string;
  /** What the form starts with. */
  initial: PrivilegeForm;
  /** What stands on the form in place of that, as if it had been typed. */
  written?: PrivilegeForm | undefined;
  /** What is being edited; absent for something new. */
  stored?: Stored | undefined;
}

/** The form and, beside it, what it would do. What was typed stays until it is saved or given up. */
export function PrivilegeEditor(props: PrivilegeEditorProps) {
  const { holder, catalogue: offered, places, title, initial, written, stored } = props;
  const catalogue = useMemo(() => cardCatalogue(offered), [offered]);
  const templates = useRpc("value_templates", {}).data?.templates ?? NO_TEMPLATES;
  const [actor, setActor] = useState(() => actorOf(holder));
  const [form, edit] = useReducer(edited, written ?? initial);
  const [isOvertaken, setOvertaken] = useState(false);
  const overlap = useOverlap(
    stored,
    form,
    (next) => edit({ kind: "replace", form: next }),
    isOvertaken,
  );
  const [isNew, setNew] = useState(stored === undefined);
  const { base } = overlap;
  const draftContext = useMemo<DraftContext>(
    () => ({
      member: holderId(holder),
      subjects: catalogue.subjects,
      edited: !isNew && base ? { grant: base.grant, revision: base.opened.revision } : undefined,
    }),
    [holder, catalogue, isNew, base],
  );
  const preview = usePreview(form, draftContext);
  const overtaken = preview.answer?.overtaken ?? false;
  if (overtaken !== isOvertaken) setOvertaken(overtaken);
  const leaving = useLeaving(holderId(holder), isWritten(form, initial));
  const saving = useSaving({
    holder,
    form,
    onSaved: leaving.leave,
    onOvertaken: overlap.meet,
  });
  const root = useRef<HTMLDivElement>(null);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [left, setLeft] = useState<readonly string[]>([]);
  const isClicking = usePointerHeld();
  const focusNext = useFocusNext(root);

  const problems = saving.refusals(form) ?? preview.problems;
  const titleOf = (subject: string) => subjectNamed(catalogue.subjects, subject)?.title ?? subject;

  const save = () => {
    saving.attempt();
    const first = preview.isCurrent ? preview.problems[0] : undefined;
    if (first) focusField(root.current, first.field);
    else {
      // What is saved lasts as long as was shown, not longer.
      const shownAt = preview.isCurrent ? (preview.answer?.countedFrom ?? null) : null;
      saving.save({ ...draftOf(form, draftContext), shownAt }, (refused) =>
        focusField(root.current, refused.field),
      );
    }
  };
  const saveAsNew = () => {
    setNew(true);
    if (form.duration.mode === "kept") edit({ kind: "duration", duration: asNew(form.duration) });
  };
  // Caught before the control that has the focus, which may take Enter for itself.
  const onKeyDown = (event: KeyboardEvent) => {
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isHere || !matches("Ctrl+Enter", event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!saving.isSaving) save();
  };
  useShortcut("Ctrl+Enter", save, { label: "Save the privilege", isDisabled: saving.isSaving });
  useShortcut("Escape", leaving.cancel, { label: "Cancel" });

  // A remark is made when the field was left, or when saving was tried.
  const said = (remarks: readonly Remark[], field: string) =>
    saving.wasTried || visited.has(field)
      ? remarks.find((remark) => remark.field === field)?.message
      : undefined;
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    const field = fieldOf(target);
    // The list of policies is no field to be left: opening its menu takes the focus away.
    if (field === undefined || field === "policies" || visited.has(field)) return;
    if (relatedTarget instanceof Element && fieldOf(relatedTarget) === field) return;
    setLeft([...left, field]);
  };
  // What was known of a field before its last letters would be wrong; and a line that comes between
  // the press and the release of a button pushes it away.
  if (left.length > 0 && preview.isCurrent && !isClicking) {
    setVisited(new Set([...visited, ...left]));
    setLeft([]);
  }
  const problem = (field: string) => said(problems, field);
  const rulesText = preview.isCurrent ? preview.answer?.written : undefined;
  const context: FormContext = { catalogue, edit, problem, focusNext, rulesText };
  const rules: RulesContext = {
    catalogue,
    places,
    edit,
    nextConditionKey: () => form.nextKey,
    focusNext,
    templates,
    testing: { tryPattern, findActors, actor, onActor: setActor },
  };
  const notes: RuleNotes = {
    problem,
    warning: (field) => said(preview.warnings, field),
    reach: (field) => preview.reaches.find((reach) => reach.field === field),
  };
  const taken = useMemo(() => takenNames(holder, stored), [holder, stored]);

  return (
    <PrivilegeFormContext value={context}>
      <RulesContext value={rules}>
        <RuleNotesContext value={notes}>
          <div role="presentation" className={styles.whole} onKeyDownCapture={onKeyDown}>
            <Page>
              <PageHeader
                ruled
                above={<Way holder={holder} />}
                title={title}
                actions={
                  <>
                    <Button variant="ghost" kbd="Escape" onPress={leaving.cancel}>
                      Cancel
                    </Button>
                    <Button
                      variant="primary"
                      kbd="Ctrl+Enter"
                      isPending={saving.isSaving}
                      onPress={save}
                    >
                      {holder.kind === "many" ? "Save for all" : "Save privilege"}
                    </Button>
                  </>
                }
              />
              <SplitPage
                sideLabel="What this grants"
                side={
                  <EffectPane
                    holder={holder}
                    draft={draftOf(form, draftContext)}
                    form={form}
                    preview={preview}
                    problems={problems}
                    wasTried={saving.wasTried}
                    titleOf={titleOf}
                    onGoTo={(field) => focusField(root.current, field)}
                  />
                }
              >
                <Notices
                  saving={saving}
                  overlap={overlap}
                  form={form}
                  isGone={overlap.isGone && !isNew}
                  onRetry={save}
                  onSaveAsNew={saveAsNew}
                  onChoose={(part, from) =>
                    edit({ kind: "replace", form: withPart(form, part, from) })
                  }
                />
                <div ref={root} role="presentation" className={styles.form} onBlur={onBlur}>
                  <div className={styles.top}>
                    <div className={styles.lead}>
                      <NameField form={form} taken={taken} />
                      {(isNew || stored?.grant.kind === "scheduled") && (
                        <StartField form={form} canBeNow={isNew} />
                      )}
                    </div>
                    <DurationField
                      form={form}
                      endsAt={preview.answer?.endsAt ?? null}
                      isEdited={!isNew}
                    />
                  </div>
                  <PolicyList form={form} />
                  <ReasonFields form={form} />
                </div>
              </SplitPage>
            </Page>
          </div>
        </RuleNotesContext>
      </RulesContext>
      <LeaveDialog leaving={leaving} name={holderName(holder)} />
    </PrivilegeFormContext>
  );
}

const NO_TEMPLATES: readonly string[] = [];

/** For whom templates are filled in to begin with: whoever gets the privilege. */
function actorOf(holder: Holder): Option | null {
  if (holder.kind !== "one" || holder.member.kind === "group") return null;
  return { id: holder.member.id, label: holder.member.name };
}

/** The way to the page: the list, and the member if it is about one. */
function Way({ holder }: { holder: Holder }) {
  return (
    <Breadcrumb>
      <Link to="/members">Members</Link>
      <span className={styles.who}>
        {holder.kind === "one" ? (
          <>
            <Link to="/members/$member" params={{ member: holder.member.id }} className="truncate">
              {holder.member.name}
            </Link>
            <Chip>{KIND_WORD[holder.member.kind]}</Chip>
          </>
        ) : (
          holderName(holder)
        )}
      </span>
    </Breadcrumb>
  );
}

interface NoticesProps {
  saving: Saving;
  overlap: Overlap;
  form: PrivilegeForm;
  isGone: boolean;
  onRetry: () => void;
  onSaveAsNew: () => void;
  onChoose: (part: Part, from: PrivilegeForm) => void;
}

/** What happened elsewhere, and what kept the form from being saved. */
function Notices(props: NoticesProps) {
  const { saving, overlap, form, isGone, onRetry, onSaveAsNew, onChoose } = props;
  const { met } = overlap;
  if (!saving.error && !met && !isGone) return null;
  return (
    <div className={styles.failure}>
      {isGone && (
        <div className={styles.gone} role="alert">
          <p>
            <b>It was removed elsewhere.</b> What you wrote is still here.
          </p>
          <Button size="small" onPress={onSaveAsNew}>
            Make it a new privilege
          </Button>
        </div>
      )}
      {met && !isGone && (
        <OverlapBar
          taken={met.taken.map((part) => PART_NAMES[part])}
          clashes={clashesOf(met.conflicts, form, met.mine, met.theirs)}
          onChoose={(part, side) => onChoose(part, met[side])}
          onClose={overlap.close}
        />
      )}
      {saving.error && !isGone && (
        <ErrorState
          look="bar"
          message={`Not saved: ${saving.error.message}`}
          hint={saving.error.hint}
          onRetry={saving.error.retry ? onRetry : undefined}
          isRetrying={saving.isSaving}
        />
      )}
    </div>
  );
}

/** The duration of something new in place of one that was to stay as it is. */
function asNew(duration: DurationValue<Lasting>): DurationValue<Lasting> {
  const isAhead = duration.end !== "" && Date.parse(duration.end) > Date.now();
  return { ...duration, mode: isAhead ? "until" : "timed" };
}

/** Gives the focus to a field that the next rendering brings. */
function useFocusNext(root: RefObject<HTMLElement | null>) {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const field = wanted.current;
    wanted.current = null;
    focusField(root.current, field);
  });
  return (field: string) => {
    wanted.current = field;
  };
}
