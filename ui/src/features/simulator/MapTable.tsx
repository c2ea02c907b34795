import { Check, Contrast, Minus } from "lucide-react";
import { useState } from "react";
import type { AccessMapAnswer, MapCell, MapRegion } from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { AnchoredPopover } from "../../components/popover/AnchoredPopover";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import { formatQuantity } from "../../lib/numbers";
import { lookOf, regionName, titleOf, type CellLook } from "./mapWords";
import { outcomeWords } from "./words";
import styles from "./simulator.module.css";

export interface MapTableProps {
  map: AccessMapAnswer;
  /** Cells that differ from now, as `path environment`. */
  changed: ReadonlySet<string>;
}

interface Opened {
  region: MapRegion;
  environment: string | null;
  cell: MapCell;
  button: Element;
}

/** Environments across, parts of the folders down. A cell opens to its names and tags. */
export function MapTable({ map, changed }: MapTableProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <Card className={styles.mapCard}>
      <div className={styles.mapScroll}>
        <table className={styles.map}>
          <thead>
            <tr>
              <th scope="col">Path</th>
              {map.environments.map((environment) => (
                <th key={environment ?? ""} scope="col">
                  {environment === null ? (
                    <span className="faint">any other</span>
                  ) : (
                    <span className="mono">{environment}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {map.regions.map((region) => (
              <tr key={region.example}>
                <th scope="row">
                  <span className="mono">{regionName(region)}</span>
                  <span className={styles.regionNote} title={region.folders.join("\n")}>
                    {region.count === 0
                      ? "no folder yet"
                      : region.count === 1
                        ? ""
                        : formatQuantity(region.count, "folder")}
                  </span>
                </th>
                {region.cells.map((cell, index) => {
                  const environment = map.environments[index] ?? null;
                  const isChanged = changed.has(`${region.example} ${environment ?? ""}`);
                  return (
                    <td key={index}>
                      <Cell
                        map={map}
                        cell={cell}
                        isChanged={isChanged}
                        name={`${environment ?? "any other environment"} ${regionName(region)}`}
                        onOpen={(button) => setOpened({ region, environment, cell, button })}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AnchoredPopover
        label={opened ? `Access in ${opened.environment ?? "any other"}` : "Access"}
        anchor={opened?.button ?? null}
        onClose={() => setOpened(null)}
      >
        {opened && <Drill map={map} opened={opened} />}
      </AnchoredPopover>
    </Card>
  );
}

const LOOKS: Record<CellLook, { icon: typeof Check; word: string }> = {
  all: { icon: Check, word: "everything" },
  some: { icon: Check, word: "" },
  conditional: { icon: Contrast, word: "" },
  none: { icon: Minus, word: "nothing" },
};

interface CellProps {
  map: AccessMapAnswer;
  cell: MapCell;
  isChanged: boolean;
  name: string;
  onOpen: (button: Element) => void;
}

function Cell({ map, cell, isChanged, name, onOpen }: CellProps) {
  const look = lookOf(cell, map.actions.length);
  const { icon: Icon, word } = LOOKS[look];
  const titles = cell.entries.map(({ action, always }) =>
    always ? titleOf(map, action) : `${titleOf(map, action)} …`,
  );
  const words = word || titles.join(", ");
  return (
    <button
      type="button"
      className={classes(styles.cell, styles[look], isChanged && styles.changedCell)}
      aria-label={`${name}: ${words}${isChanged ? ", differs from now" : ""}`}
      title={words}
      onClick={({ currentTarget }) => onOpen(currentTarget)}
    >
      <Icon size={13} strokeWidth={2.25} aria-hidden="true" />
      <span className="truncate">{look === "none" ? "" : words}</span>
    </button>
  );
}

function Drill({ map, opened }: { map: AccessMapAnswer; opened: Opened }) {
  const { region, environment, cell } = opened;
  return (
    <div className={styles.drill}>
      <p>
        <span className="mono">
          {environment ?? "any other"}:{regionName(region)}
        </span>
        {region.count > 1 && (
          <span className="faint"> and {formatQuantity(region.count - 1, "more folder")}</span>
        )}
        {!cell.exists && <span className="faint"> · no such folder there yet</span>}
      </p>
      <dl>
        {map.actions.map(({ action, title }) => {
          const entry = cell.entries.find((it) => it.action === action);
          return (
            <div key={action} className={styles.drillRow}>
              <dt>{title}</dt>
              <dd>
                {!entry
                  ? "denied"
                  : entry.always
                    ? "allowed, whatever the name and the tags"
                    : entry.cases.map(({ outcome, words }, index) => (
                        <span key={index} className={styles.drillCase}>
                          {outcomeWords(outcome)} <CodeText text={words || "everything"} />
                        </span>
                      ))}
              </dd>
            </div>
          );
        })}
      </dl>
      {region.folders.length > 1 && (
        <p className={styles.drillFolders}>
          {region.folders.slice(0, 20).join("  ")}
          {region.count > 20 && ` and ${region.count - 20} more`}
        </p>
      )}
    </div>
  );
}
