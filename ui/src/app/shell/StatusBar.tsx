import type { ProjectSummary } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { doing, skewLine, stepLine } from "../../features/remote/words";
import { useTimedText } from "../../components/timed/useTimedText";
import { formatInstant, localTimeZone, MINUTE } from "../../lib/time";
import styles from "./Shell.module.css";

const SEMANTICS: Record<ProjectSummary["semantics"], { text: string; meaning: string }> = {
  "forbid-wins": {
    text: "Forbid wins",
    meaning: "On this server a Forbid decides, wherever it stands among the rules",
  },
  "last-match": {
    text: "Last match wins",
    meaning: "On this server the last rule that matches decides, so their order matters",
  },
};

/** What holds for the whole project, and the time. */
export function StatusBar({ project }: { project: ProjectSummary }) {
  const semantics = SEMANTICS[project.semantics];
  return (
    <footer className={styles.status}>
      <span>{project.kind === "local" ? "Local project" : "Linked project"}</span>
      <span title={semantics.meaning}>{semantics.text}</span>
      <UnderWay />
      <span className={styles.clock}>
        <Clock />
      </span>
    </footer>
  );
}

/** What is going on with the server, and how wrong its clock is or ours. */
function UnderWay() {
  const status = useRpc("remote_status", {});
  const operation = status.data?.operation;
  const link = status.data?.link;
  const skew = link ? skewLine(link) : null;
  return (
    <>
      {operation && !operation.ended && (
        <span>{[doing(operation), stepLine(operation)].filter(Boolean).join(" · ")}</span>
      )}
      {skew && <span>{skew}</span>}
    </>
  );
}

/** The time with its zone's short name, and the zone's full name where that says more. */
function Clock() {
  return useTimedText((now) => {
    const text = formatInstant(now);
    const zone = localTimeZone();
    return {
      text: text.endsWith(` ${zone}`) ? text : `${text} · ${zone}`,
      changesAt: (Math.floor(now / MINUTE) + 1) * MINUTE,
    };
  });
}
