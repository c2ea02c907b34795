import { useLocation } from "@tanstack/react-router";
import { ChevronsDownUp, ChevronsUpDown, Users } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { usePages } from "../../api/pages";
import type { Section, Shown, WhoCanRow } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/state/EmptyState";
import { SkeletonRows } from "../../components/state/Skeleton";
import type { Headings } from "../../components/table/types";
import { useListPosition } from "../../components/table/useListPosition";
import { VirtualTable } from "../../components/table/VirtualTable";
import { formatCount } from "../../lib/numbers";
import { sectionRows, type SectionRows } from "./sectionRows";
import { whoCanColumns } from "./whoCanColumns";
import type { WhoCanFilter } from "./WhoCanTab";
import styles from "./whoCan.module.css";

export interface WhoTableProps {
  request: WhoCanFilter;
  onAsk: (member: string) => void;
  /** How many folders the project has. */
  folders: number;
}

const NO_SECTIONS: readonly Section[] = [];

/** Who has the answer: those who may, under the role that decides for them; the others in one list. */
export function WhoTable({ request, onAsk, folders }: WhoTableProps) {
  const { href } = useLocation();
  const { show } = request;
  const [closed, setClosed] = useState<readonly string[]>([]);
  const asked = useMemo(() => ({ ...request, closed: [...closed] }), [request, closed]);
  const pages = usePages("who_can", asked);
  const place = useListPosition(`${href} ${show}`);
  const columns = useMemo(() => whoCanColumns(folders, show), [folders, show]);
  const sections = pages.answer?.sections ?? NO_SECTIONS;
  const rows = useMemo(() => sectionRows(sections), [sections]);
  const { onRangeChange } = pages;
  const onSectionRange = useCallback(
    (first: number, last: number) =>
      onRangeChange(rows.membersBefore(first), rows.membersBefore(last)),
    [onRangeChange, rows],
  );
  if (pages.total === undefined) return <SkeletonRows label="members" rows={12} />;
  const hasSections = sections.length > 0;
  const headings = hasSections ? headingsOf(sections, rows, setClosed) : undefined;
  return (
    <>
      {sections.length > 1 && <Sections sections={sections} onChange={setClosed} />}
      <VirtualTable<WhoCanRow>
        label="Who can?"
        listKey={JSON.stringify(request)}
        columns={columns}
        rowCount={hasSections ? rows.count : pages.total}
        rowAt={(index) => {
          if (!hasSections) return pages.rowAt(index);
          return headings?.at(index) ? undefined : pages.rowAt(rows.membersBefore(index));
        }}
        rowKey={({ member }) => member.id}
        headings={headings}
        onRangeChange={hasSections ? onSectionRange : onRangeChange}
        typeAheadText={({ member }) => member.name}
        onOpen={({ member }) => onAsk(member.id)}
        {...place}
        empty={
          <EmptyState icon={Users} title={NOBODY[show]}>
            {request.search !== "" || request.source !== null
              ? "Nobody matches the filter."
              : "The other answers are beside this one."}
          </EmptyState>
        }
      />
    </>
  );
}

const NOBODY: Record<Shown, string> = {
  allowed: "Nobody may",
  denied: "Everybody may",
  open: "Nothing is open",
  all: "There is nobody",
};

type SetClosed = (change: (closed: readonly string[]) => readonly string[]) => void;

interface SectionsProps {
  sections: readonly Section[];
  onChange: SetClosed;
}

/** Says what the sections are, and opens or closes all of them. */
function Sections({ sections, onChange }: SectionsProps) {
  const isOpen = sections.some(({ closed }) => !closed);
  return (
    <div className={styles.sections}>
      <p className="muted">Each stands once, under the role that decides.</p>
      <Button
        size="small"
        variant="ghost"
        icon={isOpen ? ChevronsDownUp : ChevronsUpDown}
        onPress={() => onChange(() => (isOpen ? sections.map(({ key }) => key) : []))}
      >
        {isOpen ? "Collapse all" : "Expand all"}
      </Button>
    </div>
  );
}

function headingsOf(
  sections: readonly Section[],
  { sectionAt, headingOf }: SectionRows,
  setClosed: SetClosed,
): Headings {
  return {
    at: (index) => {
      const number = sectionAt(index);
      const section = sections[number];
      if (!section || headingOf(number) !== index) return undefined;
      const { key, name, members, closed } = section;
      return {
        key,
        isOpen: !closed,
        title: (
          <>
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className={styles.sectionCount}>{formatCount(members)}</span>
          </>
        ),
      };
    },
    above: (index) => headingOf(sectionAt(index)),
    toggle: (key) =>
      setClosed((closed) =>
        closed.includes(key) ? closed.filter((it) => it !== key) : [...closed, key],
      ),
  };
}
