import { CircleHelp } from "lucide-react";
import type { AccessMapAnswer, MapCell, MapDoubt, MapEntry } from "../../api/generated/commands";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import { caseWords, doubtsOf, doubtWords, EVERYTHING, nowOf, type RegionName } from "./mapWords";
import styles from "./map.module.css";

/** A cell with its place. */
export interface Opened {
  name: RegionName;
  environment: string | null;
  cell: MapCell;
}

interface MapDrillProps {
  map: AccessMapAnswer;
  action: string;
  opened: Opened;
}

/** One cell by action, with the names and tags for which it is so. */
export function MapDrill({ map, action, opened }: MapDrillProps) {
  const { name, environment, cell } = opened;
  const actions = map.actions.filter((it) => action === EVERYTHING || it.action === action);
  return (
    <div className={styles.drill}>
      <p>
        <span className="mono">
          {environment ?? "any other"}:{name.path}
        </span>
        {name.rest !== "" && <span className="faint"> {name.rest}</span>}
        {!cell.exists && environment !== null && name.rest !== "no folder yet" && (
          <span className="faint"> · no such folder there yet</span>
        )}
      </p>
      <dl>
        {actions.map(({ action: named, title }) => {
          const find = (entries: readonly MapEntry[]) => entries.find((it) => it.action === named);
          const [doubt] = doubtsOf(cell.doubts, named);
          const now = nowOf(cell, named);
          return (
            <div key={named} className={styles.drillRow}>
              <dt>{title}</dt>
              <dd>
                <Entry entry={find(cell.entries)} />
                {doubt && <Doubt doubt={doubt} />}
                {now && (
                  <div className={styles.drillNow}>
                    now: <Entry entry={now.entries[0]} />
                    {now.doubts.map((it) => (
                      <Doubt key={it.action} doubt={it} />
                    ))}
                  </div>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Entry({ entry }: { entry: MapEntry | undefined }) {
  if (!entry) return "denied";
  if (entry.always) return "allowed for every name and tag";
  return (
    <>
      {entry.cases.map((it, index) => (
        <span key={index} className={styles.drillCase}>
          <CodeText text={caseWords(it)} />
        </span>
      ))}
      <span className={classes(styles.drillCase, "faint")}>otherwise denied</span>
    </>
  );
}

/** For which names and tags the answer is not certain. */
function Doubt({ doubt }: { doubt: MapDoubt }) {
  return (
    <span className={styles.drillDoubt}>
      <CircleHelp size={12} className={styles.doubt} aria-hidden="true" />
      <span>
        <CodeText text={doubtWords(doubt)} />
      </span>
    </span>
  );
}
