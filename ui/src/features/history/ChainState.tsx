import { Link } from "@tanstack/react-router";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useHistoryCheck } from "../../api/history";
import type { HistoryBreak } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { CopyButton } from "../../components/copy/CopyButton";
import { Popover } from "../../components/popover/Popover";
import { Ago } from "../../components/timed/Timed";
import { formatQuantity } from "../../lib/numbers";
import { breakSentence } from "./chainWords";
import styles from "./Chain.module.css";

/** Whether the history is as it was written: behind a button, with a check of all of it. */
export function ChainState() {
  const { check, error, isChecking, checkAll } = useHistoryCheck();
  const isBroken = check !== undefined && check.breaks.length > 0;
  return (
    <Popover
      label="Is the history as it was written?"
      placement="bottom end"
      width={360}
      trigger={
        <Button variant="ghost" icon={isBroken ? ShieldAlert : ShieldCheck}>
          {isBroken ? "Changed by others" : "Verified"}
        </Button>
      }
    >
      <div className={styles.state}>
        <p>
          Each entry bears a fingerprint of itself and of all entries before it, so a change made by
          another program is seen.
        </p>
        {check && (
          <dl className={styles.facts}>
            <dt>Entries</dt>
            <dd>{formatQuantity(check.entries, "entry", "entries")}</dd>
            <dt>Checked</dt>
            <dd>
              <Ago at={check.checkedAt} />
            </dd>
            <dt>Last fingerprint</dt>
            <dd className={styles.fingerprint}>
              <code title={check.fingerprint}>{check.fingerprint.slice(0, 16)}…</code>
              <CopyButton text={check.fingerprint} what="fingerprint" />
            </dd>
          </dl>
        )}
        {isBroken && <Breaks breaks={check.breaks} />}
        {check && !isBroken && (
          <p className={styles.whole}>
            <ShieldCheck size={14} aria-hidden="true" /> Every entry is as it was written.
          </p>
        )}
        {error && <p role="alert">{`${error.message}. ${error.hint}`}</p>}
        <Button size="small" onPress={checkAll} isPending={isChecking}>
          Check all of it again
        </Button>
      </div>
    </Popover>
  );
}

/** Every place where the chain is broken; a changed entry is a link. */
export function Breaks({ breaks }: { breaks: readonly HistoryBreak[] }) {
  return (
    <ul className={styles.breaks} aria-label="What was changed">
      {breaks.map((found) => (
        <li key={found.kind === "changed" ? found.number : found.first}>
          {breakSentence(found)}{" "}
          {found.kind === "changed" && (
            <Link to="/history" search={{ entry: found.history }}>
              Show it
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
