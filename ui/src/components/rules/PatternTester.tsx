import { Check, FlaskConical, X } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Avatar } from "../avatar/Avatar";
import { IconButton } from "../button/IconButton";
import { ComboBox } from "../combobox/ComboBox";
import { TextField } from "../field/TextField";
import type { Option } from "../list/Option";
import { Popover } from "../popover/Popover";
import { CodeText } from "../text/CodeText";
import { classes } from "../../lib/classes";
import { formatCount } from "../../lib/numbers";
import { useSettled } from "../../lib/useSettled";
import styles from "./PatternTester.module.css";
import type { FoundActor, PatternMiss, PatternTesting, PatternTrial, TriedText } from "./types";

export interface PatternTesterProps {
  pattern: string;
  /** The property that it is about. */
  property: string;
  testing: PatternTesting;
}

const EXAMPLES: Record<string, string> = { secretPath: "/app/eu", secretName: "STRIPE_KEY" };

/** Tries a pattern on what the project has and on a text of one's own. */
export function PatternTester(props: PatternTesterProps) {
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

function Trial({ pattern, property, testing }: PatternTesterProps) {
  const { actor, onActor, findActors } = testing;
  const [text, setText] = useState("");
  const { trial, error } = useTrial(pattern, property, useSettled(text), testing);
  const search = useCallback(
    async (typed: string) => (await findActors(typed)).map(actorOption),
    [findActors],
  );
  return (
    <div className={styles.trial}>
      <p className={styles.pattern}>
        <span className="mono">{pattern === "" ? "no pattern yet" : pattern}</span>
        {trial && trial.pattern !== pattern && (
          <>
            <span className="faint"> becomes </span>
            <span className="mono">{trial.pattern}</span>
          </>
        )}
      </p>
      {pattern.includes("{{") && (
        <ComboBox
          label="Fill in for"
          placeholder="Search users and identities…"
          search={search}
          value={actor}
          onChange={onActor}
        />
      )}
      <TextField
        label="Try a text"
        mono
        placeholder={EXAMPLES[property] ?? "any value"}
        value={text}
        onChange={setText}
        description={trial?.tried[0] && <Outcome tried={trial.tried[0]} />}
      />
      {error !== null && <p className={styles.doubtful}>{error}</p>}
      {trial && property === "secretPath" && <Folders trial={trial} />}
      {trial?.secrets && trial.unknown === null && <Secrets trial={trial.secrets} />}
      {trial && trial.pitfalls.length > 0 && (
        <ul className={styles.pitfalls}>
          {trial.pitfalls.map((pitfall) => (
            <li key={pitfall}>
              <CodeText text={pitfall} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function actorOption({ id, name, kind, detail }: FoundActor): Option {
  return { id, label: name, description: detail, picture: <Avatar name={name} kind={kind} /> };
}

/** The last trial; it stays while a newer one is under way. */
function useTrial(
  pattern: string,
  property: string,
  text: string,
  { tryPattern, actor }: PatternTesting,
) {
  const [trial, setTrial] = useState<PatternTrial>();
  const [error, setError] = useState<string | null>(null);
  const member = actor?.id ?? null;
  useEffect(() => {
    if (pattern === "") return;
    let isWanted = true;
    tryPattern({ pattern, property, member, texts: text === "" ? [] : [text] }).then(
      (answer) => {
        if (!isWanted) return;
        setTrial(answer);
        setError(null);
      },
      (thrown: unknown) => {
        if (isWanted) setError(thrown instanceof Error ? thrown.message : String(thrown));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [tryPattern, pattern, property, member, text]);
  return { trial: pattern === "" ? undefined : trial, error };
}

function Folders({ trial }: { trial: PatternTrial }) {
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
          <NearMisses misses={nearMisses} />
        </div>
      )}
    </>
  );
}

function Secrets({ trial }: { trial: NonNullable<PatternTrial["secrets"]> }) {
  const { secrets, matching, matches, nearMisses } = trial;
  return (
    <div className={styles.folders}>
      <section>
        <h3 className={styles.small}>
          Matches {formatCount(matching)} of {formatCount(secrets)} secrets
        </h3>
        <ul className={styles.paths}>
          {matches.map(({ environment, path, name }) => (
            <li key={`${environment}:${path}/${name}`} className="mono">
              {name}{" "}
              <span className="faint">
                {environment}:{path}
              </span>
            </li>
          ))}
          {matching > matches.length && (
            <li className="faint">and {formatCount(matching - matches.length)} more</li>
          )}
        </ul>
      </section>
      <NearMisses misses={nearMisses} />
    </div>
  );
}

function NearMisses({ misses }: { misses: readonly PatternMiss[] }) {
  if (misses.length === 0) return null;
  return (
    <section>
      <h3 className={styles.small}>Just misses</h3>
      <ul className={styles.paths}>
        {misses.map(({ path, why }) => (
          <li key={path}>
            <span className="mono">{path}</span>
            <span className={styles.why}>
              <CodeText text={why} />
            </span>
          </li>
        ))}
      </ul>
    </section>
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
