import type {
  ComparedEnds,
  ComparedRule,
  DiffersIn,
  MismatchView,
} from "../../api/generated/commands";
import { Chip } from "../../components/chip/Chip";
import { CopyButton } from "../../components/copy/CopyButton";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { RuleInWords } from "../../components/rule/RuleInWords";
import { CodeText } from "../../components/text/CodeText";
import { layOut, readJson } from "../../lib/json";
import { formatCount } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import styles from "./mismatches.module.css";

/** Where the server and Reeve do not agree about a member, the rules of both sides in words. */
export function Mismatches({ mismatches }: { mismatches: readonly MismatchView[] }) {
  return (
    <ul className={styles.mismatches}>
      {mismatches.map((mismatch, place) => (
        <li key={place}>
          <Mismatch mismatch={mismatch} />
        </li>
      ))}
    </ul>
  );
}

function Mismatch({ mismatch }: { mismatch: MismatchView }) {
  const { differsIn, onlyOnServer, onlyHere, ends } = mismatch;
  const hasRules = onlyOnServer.length + onlyHere.length > 0;
  return (
    <>
      <MismatchLine mismatch={mismatch} />
      {ends && <Ends ends={ends} />}
      {hasRules && (
        <>
          <div className={styles.sides}>
            <Side
              title="Only on the server"
              rules={onlyOnServer}
              nothing={
                differsIn === "missingOnServer"
                  ? "The server does not count it"
                  : "Nothing that Reeve does not have"
              }
            />
            <Side
              title="Only in Reeve"
              rules={onlyHere}
              nothing={
                differsIn === "missingHere"
                  ? "Reeve does not have it"
                  : "Nothing that the server does not have"
              }
            />
          </div>
          <Disclosure className={styles.asJson} summary="As JSON">
            <div className={styles.json}>
              <Written
                title="Only on the server"
                what="rules only on the server"
                rules={onlyOnServer}
              />
              <Written title="Only in Reeve" what="rules only in Reeve" rules={onlyHere} />
            </div>
          </Disclosure>
        </>
      )}
    </>
  );
}

/** What differs, in a word and a sentence. */
export function MismatchLine({ mismatch: { differsIn, sentence } }: { mismatch: MismatchView }) {
  return (
    <p className={styles.sentence}>
      <Chip tone="conditional">{DIFFERS_IN[differsIn]}</Chip>{" "}
      <span>
        <CodeText text={sentence} />
      </span>
    </p>
  );
}

const DIFFERS_IN: Record<DiffersIn, string> = {
  missingHere: "Missing here",
  missingOnServer: "Missing on the server",
  rules: "Other rules",
  end: "Other end",
};

function Ends({ ends: { onServer, here } }: { ends: ComparedEnds }) {
  const words = (end: string | null) => (end === null ? "never" : formatInstant(Date.parse(end)));
  return (
    <dl className={styles.ends}>
      <dt>Ends on the server</dt>
      <dd>{words(onServer)}</dd>
      <dt>Ends in Reeve</dt>
      <dd>{words(here)}</dd>
    </dl>
  );
}

interface SideProps {
  title: string;
  rules: readonly ComparedRule[];
  /** What is said of a side without rules of its own. */
  nothing: string;
}

function Side({ title, rules, nothing }: SideProps) {
  return (
    <section className={styles.side} aria-label={title}>
      <h3 className={styles.title}>
        {title} <span className="faint num">{formatCount(rules.length)}</span>
      </h3>
      {rules.length === 0 ? (
        <p className={styles.nothing}>{nothing}</p>
      ) : (
        <ul className={styles.rules}>
          {rules.map((rule, place) => (
            <li key={place}>
              <Rule rule={rule} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What Reeve does not understand is shown as it is written, too. */
function Rule({ rule: { rule, understood, written } }: { rule: ComparedRule }) {
  return (
    <>
      {rule && <RuleInWords rule={rule} />}
      {!understood && (
        <>
          <p className={styles.notUnderstood}>
            {rule ? "Not understood in full. As it is written:" : "Not a rule. As it is written:"}
          </p>
          <pre className={styles.written}>{laidOut(written)}</pre>
        </>
      )}
    </>
  );
}

interface WrittenProps {
  title: string;
  /** What the button copies. */
  what: string;
  rules: readonly ComparedRule[];
}

function Written({ title, what, rules }: WrittenProps) {
  if (rules.length === 0) return null;
  const text = laidOut(`[${rules.map(({ written }) => written).join(",")}]`);
  return (
    <div className={styles.copied}>
      <p className={styles.title}>{title}</p>
      <CopyButton text={text} what={what} />
      <pre className={styles.written}>{text}</pre>
    </div>
  );
}

/** JSON for reading; what is none stays as it is. */
function laidOut(text: string): string {
  const reading = readJson(text);
  return "value" in reading ? layOut(reading.value) : text;
}
