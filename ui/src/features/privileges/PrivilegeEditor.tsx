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
import type { CatalogueView, MemberDetail, Places } from "../../api/generated/commands";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { Page, PageHeader, SplitPage } from "../../components/page/PageHeader";
import { RulesContext } from "../../components/rules/context";
import { subjectNamed } from "../../components/rules/offer";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { ErrorState } from "../../components/state/ErrorState";
import { fieldOf, focusField } from "../../lib/fields";
import { matches } from "../../lib/keys";
import { usePointerHeld } from "../../lib/pointer";
import { PrivilegeFormContext, type FormContext } from "./context";
import { DurationField } from "./DurationField";
import { draftOf, edited, emptyForm, isWritten } from "./draft";
import { EffectPane } from "./EffectPane";
import { LeaveDialog } from "./LeaveDialog";
import { NameField } from "./NameField";
import { PolicyList } from "./PolicyList";
import { ReasonFields } from "./ReasonFields";
import type { Remark } from "./remarks";
import { useLeaving } from "./useLeaving";
import { usePreview } from "./usePreview";
import { useSaving } from "./useSaving";
import styles from "./privileges.module.css";

const KIND_WORD = { user: "user", identity: "machine identity", group: "group" };

export interface PrivilegeEditorProps {
  member: MemberDetail;
  catalogue: CatalogueView;
  places: Places;
}

/** The form and, beside it, what it would do. What was typed stays until it is saved or given up. */
export function PrivilegeEditor({ member, catalogue, places }: PrivilegeEditorProps) {
  const [form, edit] = useReducer(edited, emptyForm);
  const preview = usePreview(form, member.id, catalogue.subjects);
  const leaving = useLeaving(member.id, isWritten(form));
  const saving = useSaving({ member, form, onSaved: leaving.leave });
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
      saving.save(draftOf(form, member.id, catalogue.subjects), (refused) =>
        focusField(root.current, refused.field),
      );
    }
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
  const context: FormContext = { catalogue, edit, problem, focusNext };
  const rules: RulesContext = {
    catalogue,
    places,
    edit,
    nextConditionKey: () => form.nextKey,
    problem,
    warning: (field) => said(preview.warnings, field),
    reach: (field) => preview.reaches.find((reach) => reach.field === field),
    focusNext,
  };
  const taken = useMemo(() => member.privileges.map(({ slug }) => slug), [member.privileges]);

  return (
    <PrivilegeFormContext value={context}>
      <RulesContext value={rules}>
        <div role="presentation" className={styles.whole} onKeyDownCapture={onKeyDown}>
          <Page>
            <PageHeader
              ruled
              above={
                <Breadcrumb>
                  <Link to="/members">Members</Link>
                  <span className={styles.who}>
                    <Link to="/members/$member" params={{ member: member.id }} className="truncate">
                      {member.name}
                    </Link>
                    <Chip>{KIND_WORD[member.kind]}</Chip>
                  </span>
                </Breadcrumb>
              }
              title="Add Additional Privileges"
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
                    Save privilege
                  </Button>
                </>
              }
            />
            <SplitPage
              sideLabel="What this grants"
              side={
                <EffectPane
                  form={form}
                  preview={preview}
                  problems={problems}
                  wasTried={saving.wasTried}
                  titleOf={titleOf}
                  onGoTo={(field) => focusField(root.current, field)}
                />
              }
            >
              {saving.error && (
                <div className={styles.failure}>
                  <ErrorState
                    look="bar"
                    message={`Not saved: ${saving.error.message}`}
                    hint={saving.error.hint}
                    onRetry={saving.error.retry ? save : undefined}
                    isRetrying={saving.isSaving}
                  />
                </div>
              )}
              <div ref={root} role="presentation" className={styles.form} onBlur={onBlur}>
                <div className={styles.top}>
                  <NameField form={form} taken={taken} />
                  <DurationField form={form} endsAt={preview.answer?.endsAt ?? null} />
                </div>
                <PolicyList form={form} />
                <ReasonFields form={form} />
              </div>
            </SplitPage>
          </Page>
        </div>
      </RulesContext>
      <LeaveDialog leaving={leaving} name={member.name} />
    </PrivilegeFormContext>
  );
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
