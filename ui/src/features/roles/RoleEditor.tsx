import { Link } from "@tanstack/react-router";
import { Ellipsis, Redo2, Undo2 } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { cardCatalogue } from "../../api/cardCatalogue";
import type { CatalogueView, Places, RoleDetail } from "../../api/generated/commands";
import { policyGroups } from "../../api/policyMenu";
import { useRpc } from "../../api/queries";
import { useIsLocal } from "../../api/useIsLocal";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Chip } from "../../components/chip/Chip";
import { SearchField } from "../../components/field/SearchField";
import type { Option } from "../../components/list/Option";
import { Kbd } from "../../components/kbd/Kbd";
import { Menu } from "../../components/menu/Menu";
import { MultiSelectMenu } from "../../components/multiselect/MultiSelectMenu";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { classes } from "../../lib/classes";
import { focusField } from "../../lib/fields";
import { formatQuantity } from "../../lib/numbers";
import type { Json } from "../../lib/json";
import { listOf, readRules } from "../../lib/rules/edits";
import { subjectsOf } from "../../lib/rules/rule";
import { Legend } from "../../components/permissions/CellMark";
import { EditorBars } from "./EditorBars";
import { PermissionTable } from "./PermissionTable";
import { roleActs } from "./roleActs";
import { RoleDialogs, type RoleDialog } from "./RoleDialogs";
import { RuleCards } from "./RuleCards";
import { cardNotes, keptNotes } from "./ruleForm";
import { SidePane, type PaneTab } from "./SidePane";
import { bySubject, keptRows, NO_SUBJECT, rowMatches, tableRows, type TableRow } from "./tableRows";
import { useKept } from "./useKept";
import { useReview } from "./useReview";
import { useRoleEditing } from "./useRoleEditing";
import { useTableActs } from "./useTableActs";
import styles from "./roles.module.css";

const SHOWN = [
  { id: "all", label: "All" },
  { id: "granted", label: "Granted" },
  { id: "changed", label: "Changed" },
] as const;
type Shown = (typeof SHOWN)[number]["id"];

/** At most so many open rules have their folders looked up. */
const REACHED = 60;

export interface RoleEditorProps {
  role: RoleDetail;
  catalogue: CatalogueView;
  places: Places;
  goBack: () => void;
}

/** The editor of one role. What is edited is kept in the workspace until it is saved or discarded. */
export function RoleEditor({ role, catalogue: offered, places, goBack }: RoleEditorProps) {
  const catalogue = useMemo(() => cardCatalogue(offered), [offered]);
  const editing = useRoleEditing(role);
  const { state, rules, text, isEdited, act } = editing;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [tab, setTab] = useState<PaneTab>("effect");
  const [member, setMember] = useState<Option | null>(null);
  const [dialog, setDialog] = useState<RoleDialog | null>(null);
  const [added, setAdded] = useState<{ subject: string } | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const { focusNext, wanted } = useFocusNext(root);
  const templates = useRpc("value_templates", {}).data?.templates ?? NO_TEMPLATES;
  const isLocal = useIsLocal();
  const isReadOnly = role.predefined || !isLocal;
  const isFrozen = isReadOnly || state.written !== null;

  const openRules = useMemo(
    () =>
      rules.rules
        .flatMap(({ rule }, place) => (open.has(subjectKey(rule)) ? [place] : []))
        .slice(0, REACHED),
    [rules, open],
  );
  const review = useReview(text, openRules, member?.id ?? null);
  const saved = useMemo(() => {
    const reading = readRules(state.saved);
    return bySubject(listOf("rules" in reading ? reading.rules : []));
  }, [state.saved]);
  const cells = review.answer?.cells;
  const rows = useKept(
    useMemo(
      () => tableRows(catalogue.subjects, bySubject(rules), saved, cells ?? []),
      [catalogue, rules, saved, cells],
    ),
    keptRows,
  );
  const visible = rows.filter(
    (row) =>
      (shown === "all" || (shown === "granted" ? row.isGranted : row.isChanged)) &&
      (filter === "" || rowMatches(row, filter)),
  );
  const notes = useKept(
    useMemo(() => cardNotes(review.answer, rules), [review.answer, rules]),
    keptNotes,
  );
  const acts = useTableActs(editing, catalogue);
  const policyMenu = useMemo(() => policyGroups(catalogue), [catalogue]);

  const undo = () => act({ kind: "undo" });
  const redo = () => act({ kind: "redo" });
  const done = state.steps.done.at(-1);
  const undone = state.steps.undone[0];
  useShortcut("Ctrl+Z", undo, { label: "Undo", isDisabled: !done });
  useShortcut("Ctrl+Shift+Z", redo, { label: "Redo", isDisabled: !undone });
  useShortcut("Ctrl+S", editing.save, { label: "Save the role", isDisabled: isReadOnly });
  useShortcut("Ctrl+F", () => filterField.current?.select(), { label: "Filter the subjects" });
  useShortcut("Escape", goBack, { label: "Back to the roles" });

  const setRowOpen = (subject: string, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(subject);
    else next.delete(subject);
    setOpen(next);
  };
  /** Brings a rule into view, whatever is filtered. */
  const goToRule = (place: number, field: string) => {
    const rule = rules.rules[place]?.rule;
    if (rule === undefined) return;
    setFilter("");
    setShown("all");
    setRowOpen(subjectKey(rule), true);
    focusNext(field);
  };
  const addPolicies = (ids: readonly string[]) => {
    const subjects = acts.addPolicies(ids);
    setFilter("");
    if (shown === "granted") setShown("all");
    // One is opened to be written further; many are better seen in the table.
    const [first, ...others] = subjects;
    if (first === undefined) return;
    if (others.length === 0) setRowOpen(first, true);
    setAdded({ subject: first });
  };
  useEffect(() => {
    if (added === null) return;
    const row = root.current?.querySelector(`[data-row="${CSS.escape(added.subject)}"]`);
    row?.scrollIntoView({ block: "center" });
  }, [added]);
  const changes = rows.filter(({ isChanged }) => isChanged).length;

  return (
    <Page>
      <PageHeader
        ruled
        above={
          <Breadcrumb>
            <Link to="/roles">Roles</Link>
          </Breadcrumb>
        }
        title={role.name}
        aside={
          <>
            <span className={classes("mono", "truncate", styles.headSlug)}>{role.slug}</span>
            <Chip>{role.predefined ? "Default" : "Custom"}</Chip>
            <span className="truncate">{usedBy(role)}</span>
          </>
        }
        actions={
          <>
            {!isReadOnly && (
              <>
                <IconButton
                  icon={Undo2}
                  label={done ? `Undo: ${done.name}` : "Nothing to undo"}
                  kbd="Ctrl+Z"
                  isDisabled={!done}
                  onPress={undo}
                />
                <IconButton
                  icon={Redo2}
                  label={undone ? `Redo: ${undone.name}` : "Nothing to redo"}
                  kbd="Ctrl+Shift+Z"
                  isDisabled={!undone}
                  onPress={redo}
                />
              </>
            )}
            <Menu
              label={`Acts on ${role.name}`}
              trigger={<IconButton icon={Ellipsis} label="More acts" />}
              entries={roleActs(role, isLocal, setDialog)}
            />
            {!isLocal ? null : isReadOnly ? (
              <Button variant="primary" onPress={() => setDialog({ kind: "duplicate", role })}>
                Duplicate…
              </Button>
            ) : (
              <>
                <Button isDisabled={!isEdited} onPress={() => act({ kind: "discard" })}>
                  Discard
                </Button>
                <Button
                  variant="primary"
                  kbd="Ctrl+S"
                  isDisabled={!isEdited}
                  isPending={editing.isSaving}
                  onPress={() => editing.save()}
                >
                  Save
                </Button>
              </>
            )}
          </>
        }
      />
      <div className={styles.editor}>
        <div ref={root} className={styles.left}>
          <EditorBars
            role={role}
            isLocal={isLocal}
            editing={editing}
            onJson={() => setTab("json")}
          />
          <div className={styles.filters}>
            <SearchField
              label="Filter subjects and actions…"
              kbd="Ctrl+F"
              inputRef={filterField}
              value={filter}
              onChange={setFilter}
            />
            <SegmentedControl
              label="Which subjects"
              segments={SHOWN.map((segment) =>
                segment.id === "changed" ? { ...segment, count: changes } : segment,
              )}
              value={shown}
              onChange={setShown}
            />
            {!isFrozen && (
              <div className={styles.addPolicies}>
                <MultiSelectMenu
                  label="Add Policies"
                  searchLabel="Search policies and templates"
                  groups={policyMenu}
                  commitLabel={(count) => (count === 0 ? "Add" : `Add ${count}`)}
                  onCommit={addPolicies}
                />
              </div>
            )}
            <span role="status" className="visually-hidden">
              {filter !== "" && formatQuantity(visible.length, "subject")}
            </span>
          </div>
          {visible.length === 0 ? (
            <p className={styles.nothing} data-field="policies">
              {nothingShown(shown, filter)}
            </p>
          ) : (
            <PermissionTable
              label={`Permissions of ${role.name}`}
              rows={visible}
              open={open}
              isStale={!review.isCurrent}
              isReadOnly={isFrozen}
              onOpen={setRowOpen}
              onToggle={acts.toggle}
              onFill={acts.fill}
              onCopy={acts.copyRow}
              onPaste={acts.paste}
              detail={(row: TableRow) => (
                <RuleCards
                  row={row}
                  editing={editing}
                  catalogue={catalogue}
                  places={places}
                  notes={notes}
                  orderMatters={role.orderMatters}
                  isReadOnly={isFrozen}
                  member={member}
                  onMember={setMember}
                  templates={templates}
                  wanted={wanted}
                  focusNext={focusNext}
                  onPaste={() => acts.paste(row)}
                />
              )}
            />
          )}
          <footer className={styles.foot}>
            <span>
              <Kbd keys="Space" /> allows · <Kbd keys="Shift+Space" /> forbids ·{" "}
              <Kbd keys="Enter" /> opens the rules
            </span>
            <Legend />
          </footer>
        </div>
        <SidePane
          role={role}
          editing={editing}
          catalogue={offered}
          places={places}
          isReadOnly={isReadOnly}
          review={review}
          tab={tab}
          onTab={setTab}
          onGoTo={goToRule}
        />
      </div>
      <RoleDialogs dialog={dialog} onDialog={setDialog} onDeleted={goBack} />
    </Page>
  );
}

/** The row that shows the rule first. */
function subjectKey(rule: Json): string {
  return subjectsOf(rule)[0] ?? NO_SUBJECT;
}

function usedBy({ members, groups }: RoleDetail): string {
  if (members + groups === 0) return "used by nobody";
  const parts = [
    members > 0 ? formatQuantity(members, "member") : "",
    groups > 0 ? formatQuantity(groups, "group") : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function nothingShown(shown: Shown, filter: string): string {
  if (filter !== "") return `No subject or action matches “${filter}”.`;
  return shown === "granted"
    ? "This role has no rules: whoever has it can do nothing by it."
    : "Nothing differs from what is saved.";
}

const NO_TEMPLATES: readonly string[] = [];

/** Gives the focus to a field that a later rendering brings; `wanted` is the rule that it is on. */
function useFocusNext(root: RefObject<HTMLElement | null>) {
  const field = useRef<string | null>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => {
    const next = field.current;
    if (next === null || !root.current?.querySelector(`[data-field="${next}"]`)) return;
    field.current = null;
    focusField(root.current, next);
  });
  const focusNext = useCallback((next: string) => {
    field.current = next;
    const [place, key] = next.split(".");
    setWanted(place === "policies" && key !== undefined ? Number(key) : null);
  }, []);
  return { focusNext, wanted };
}
