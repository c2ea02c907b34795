import { Check, ChevronRight, CircleHelp, Contrast, Minus } from "lucide-react";
import { useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import type { AccessMapAnswer, MapCell, MapRegion } from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { AnchoredPopover } from "../../components/popover/AnchoredPopover";
import { classes } from "../../lib/classes";
import { MapDrill, type Opened } from "./MapDrill";
import {
  cellWords,
  CERTAINTY,
  certaintyOf,
  doubtsOf,
  entriesOf,
  EVERYTHING,
  isInDoubt,
  lookOf,
  nowOf,
  regionNames,
  type CellLook,
  type RegionName,
} from "./mapWords";
import styles from "./map.module.css";

export interface MapTableProps {
  map: AccessMapAnswer;
  /** The action that is shown; all if it is empty. */
  action: string;
}

/** A cell, and the button that opened it. */
type OpenedBy = Opened & { button: Element };

/** Environments across, parts of the folders down. A cell opens to its names and tags. */
export function MapTable({ map, action }: MapTableProps) {
  const [opened, setOpened] = useState<OpenedBy | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const grid = useRef<HTMLDivElement>(null);
  const names = regionNames(map.regions);
  const columns = map.environments.length;
  const inDoubt = isInDoubt(map, action);
  const unfold = (region: MapRegion) => {
    const next = new Set(unfolded);
    if (!next.delete(region.example)) next.add(region.example);
    setUnfolded(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [row, column] = at;
    const last = map.regions.length - 1;
    const moves: Record<string, readonly [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: event.ctrlKey ? [0, 0] : [row, 0],
      End: event.ctrlKey ? [last, columns] : [row, columns],
      PageUp: [Math.max(0, row - 10), column],
      PageDown: [Math.min(last, row + 10), column],
    };
    const to = moves[event.key];
    if (!to) return;
    event.preventDefault();
    const next = [clamp(to[0], last), clamp(to[1], columns)] as const;
    setAt(next);
    const cell = grid.current?.querySelector(`[data-at="${next.join(" ")}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const place = (row: number, column: number) => ({
    "data-at": `${row} ${column}`,
    tabIndex: at[0] === row && at[1] === column ? 0 : -1,
    onFocus: () => setAt([row, column]),
  });
  return (
    <Card>
      <div className={styles.mapScroll}>
        <div
          ref={grid}
          role="grid"
          aria-label="Access by place"
          aria-rowcount={map.regions.length + 1}
          aria-colcount={columns + 1}
          tabIndex={-1}
          className={classes(styles.map, inDoubt && styles.inDoubt)}
          style={{ "--columns": columns } as CSSProperties}
          onKeyDown={onKeyDown}
        >
          <div role="row" className={styles.mapHead}>
            <span role="columnheader">Path</span>
            {map.environments.map((environment) => (
              <span key={environment ?? ""} role="columnheader">
                {environment === null ? (
                  <span className="faint">any other</span>
                ) : (
                  <span className="mono">{environment}</span>
                )}
              </span>
            ))}
          </div>
          {map.regions.map((region, row) => {
            const name = names[row] ?? { path: region.example, rest: "" };
            return (
              <RegionRows
                key={region.example}
                region={region}
                name={name}
                isUnfolded={unfolded.has(region.example)}
                onUnfold={() => unfold(region)}
                columns={columns}
                place={place(row, 0)}
              >
                {region.cells.map((cell, index) => {
                  const environment = map.environments[index] ?? null;
                  return (
                    <span key={index} role="gridcell">
                      <Cell
                        map={map}
                        action={action}
                        cell={cell}
                        name={`${environment ?? "any other environment"}, ${spoken(name)}`}
                        place={place(row, index + 1)}
                        onOpen={(button) => setOpened({ name, environment, cell, button })}
                      />
                    </span>
                  );
                })}
              </RegionRows>
            );
          })}
        </div>
      </div>
      {inDoubt && (
        <p className={styles.legend}>
          <CircleHelp size={13} className={styles.doubt} aria-hidden="true" /> Not certain: what
          could not be pulled could change it, for all or for some names and tags. A check there
          answers “unknown”.
        </p>
      )}
      <AnchoredPopover
        label={opened ? `Access in ${opened.environment ?? "any other"}` : "Access"}
        anchor={opened?.button ?? null}
        onClose={() => setOpened(null)}
      >
        {opened && <MapDrill map={map} action={action} opened={opened} />}
      </AnchoredPopover>
    </Card>
  );
}

/** Where a control stands in the grid. */
interface Place {
  "data-at": string;
  tabIndex: number;
  onFocus: () => void;
}

interface RegionRowsProps {
  region: MapRegion;
  name: RegionName;
  isUnfolded: boolean;
  onUnfold: () => void;
  columns: number;
  place: Place;
  children: ReactNode;
}

/** A region, and below it the folders in it where somebody wants to see them. */
function RegionRows({
  region,
  name,
  isUnfolded,
  onUnfold,
  columns,
  place,
  children,
}: RegionRowsProps) {
  const hasMore = region.count > 1;
  return (
    <>
      <div role="row" className={styles.mapRow}>
        <span role="rowheader">
          <button
            type="button"
            className={styles.regionName}
            aria-expanded={hasMore ? isUnfolded : undefined}
            onClick={() => hasMore && onUnfold()}
            {...place}
          >
            <ChevronRight
              size={14}
              className={classes(styles.arrow, !hasMore && styles.noArrow)}
              aria-hidden="true"
            />
            <span className="mono">{name.path}</span>
            {name.rest !== "" && <span className={styles.regionRest}>{name.rest}</span>}
          </button>
        </span>
        {children}
      </div>
      {isUnfolded && (
        <div role="row" className={styles.foldersRow}>
          <div role="gridcell" aria-colspan={columns + 1}>
            <ul className={styles.folders}>
              {region.folders.map((folder) => (
                <li key={folder}>{folder}</li>
              ))}
              {region.count > region.folders.length && (
                <li>and {region.count - region.folders.length} more</li>
              )}
            </ul>
          </div>
        </div>
      )}
    </>
  );
}

const ICONS: Record<CellLook, typeof Check> = {
  all: Check,
  some: Check,
  conditional: Contrast,
  none: Minus,
};

interface CellProps {
  map: AccessMapAnswer;
  action: string;
  cell: MapCell;
  name: string;
  place: Place;
  onOpen: (button: Element) => void;
}

function Cell({ map, action, cell, name, place, onOpen }: CellProps) {
  const actions = action === EVERYTHING ? map.actions.length : 1;
  const entries = entriesOf(cell.entries, action);
  const look = lookOf(entries, actions);
  const words = cellWords(entries, actions);
  const certainty = certaintyOf(doubtsOf(cell.doubts, action), actions);
  const now = nowOf(cell, action);
  const before = now && cellWords(now.entries, actions);
  const isUnsureNow = now !== null && now.doubts.length > 0;
  const Icon = certainty === "uncertain" ? CircleHelp : ICONS[look];
  return (
    <button
      type="button"
      className={classes(
        styles.cell,
        styles[certainty === "uncertain" ? "uncertain" : look],
        now && styles.changedCell,
      )}
      aria-label={[
        `${name}: ${words}`,
        ...(certainty === "certain" ? [] : [CERTAINTY[certainty]]),
        ...(look === "conditional" && actions > 1 ? ["some only partly"] : []),
        ...(before === null ? [] : [`now ${before}${isUnsureNow ? ", not certain" : ""}`]),
      ].join(", ")}
      onClick={({ currentTarget }) => onOpen(currentTarget)}
      {...place}
    >
      <Icon size={13} strokeWidth={2.25} aria-hidden="true" />
      <span className="truncate">
        {before !== null && (
          <s>
            {before}
            {isUnsureNow && " (?)"}
          </s>
        )}{" "}
        {words}
      </span>
      {certainty === "partly" && (
        <CircleHelp size={12} strokeWidth={2.25} className={styles.partly} aria-hidden="true" />
      )}
    </button>
  );
}

function spoken({ path, rest }: RegionName): string {
  return rest === "" ? path : `${path} ${rest}`;
}

function clamp(value: number, last: number): number {
  return Math.min(last, Math.max(0, value));
}
