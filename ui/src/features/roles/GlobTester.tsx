import { Check, FlaskConical, X } from "lucide-react";
import { useState } from "react";
import type { GlobTrialView, TriedText } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { IconButton } from "../../components/button/IconButton";
import { ComboBox } from "../../components/combobox/ComboBox";
import { TextField } from "../../components/field/TextField";
import type { Option } from "../../components/list/Option";
import { Popover } from "../../components/popover/Popover";
import { CodeText } from "../../components/text/CodeText";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import { useSettled } from "../../lib/useSettled";
import { searchMembers } from "./searchMembers";
import styles from "./roles.module.css";

export interface GlobTesterProps {
  pattern: string;
  /** Whether the pattern is about folders. */
  isPath: boolean;
  /** For whom templates are filled in. */
  member: Option | null;
  onMember: (member: Option | null) => void;
}

/** Tries a pattern on the project's folders and on a text of one's own. */
export function GlobTester(props: GlobTesterProps) {
  return (
    <Popover
      label="Try the pattern"
      width={420}
      placement="bottom end"
      trigger={<IconButton icon={FlaskConical} size="small" label="Try the pattern" />}
    >
      <Trial {...props} />
    </Popover>
  );
}

function Trial({ pattern, isPath, member, onMember }: GlobTesterProps) {
  const [text, setText] = useState("");
  const texts = useSettled(text);
  const trial = useRpc(
    "try_glob",
    { pattern, member: member?.id ?? null, texts: texts === "" ? [] : [texts] },
    { keepPrevious: true, enabled: pattern !== "" },
  );
  const { data } = trial;
  return (
    <div className={styles.trial}>
      <p className={styles.pattern}>
        <span className="mono">{pattern === "" ? "no pattern yet" : pattern}</span>
        {data && data.pattern !== pattern && (
          <>
            <span className="faint"> becomes </span>
            <span className="mono">{data.pattern}</span>
          </>
        )}
      </p>
      {pattern.includes("{{") && (
        <ComboBox
          label="Fill in for"
          placeholder="Search users and identities…"
          search={searchMembers}
          value={member}
          onChange={onMember}
        />
      )}
      <TextField
        label="Try a text"
        mono
        placeholder={isPath ? "/app/eu" : "any value"}
        value={text}
        onChange={setText}
        description={data?.tried[0] && <Outcome tried={data.tried[0]} />}
      />
      {data && isPath && <Folders trial={data} />}
      {data && data.pitfalls.length > 0 && (
        <ul className={styles.pitfalls}>
          {data.pitfalls.map((pitfall) => (
            <li key={pitfall}>
              <CodeText text={pitfall} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Folders({ trial }: { trial: GlobTrialView }) {
  const { folders, matching, matches, nearMisses, around, unknown } = trial;
  return (
    <>
      {around.length > 0 && (
        <ul className={styles.around} aria-label="Around the pattern">
          {around.map((tried) => (
            <li key={tried.text}>
              <Outcome tried={tried} />
            </li>
          ))}
        </ul>
      )}
      {unknown !== null ? (
        <p className={styles.doubtful}>Which folders it matches cannot be told: {unknown}</p>
      ) : (
        <div className={styles.folders}>
          <section>
            <h3 className={styles.small}>
              Matches {formatCount(matching)} of {formatCount(folders)} folders
            </h3>
            <ul className={styles.paths}>
              {matches.map((path) => (
                <li key={path} className="mono">
                  {path}
                </li>
              ))}
              {matching > matches.length && (
                <li className="faint">and {formatCount(matching - matches.length)} more</li>
              )}
            </ul>
          </section>
          {nearMisses.length > 0 && (
            <section>
              <h3 className={styles.small}>Just misses</h3>
              <ul className={styles.paths}>
                {nearMisses.map(({ path, why }) => (
                  <li key={path}>
                    <span className="mono">{path}</span>
                    <span className={styles.why}>
                      <CodeText text={why} />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </>
  );
}

function Outcome({ tried: { text, matches } }: { tried: TriedText }) {
  const Icon = matches === true ? Check : X;
  return (
    <span className={classes(styles.outcome, matches === true ? styles.hit : styles.miss)}>
      {matches !== null && <Icon size={12} strokeWidth={2.5} aria-hidden="true" />}
      <span className="mono">{text}</span>
      <span className="visually-hidden">
        {matches === null ? "cannot be told" : matches ? "matches" : "does not match"}
      </span>
    </span>
  );
}
