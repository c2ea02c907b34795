import type { ProjectSummary } from "../../api/generated/commands";
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
      <span className={styles.clock}>
        <Clock />
      </span>
    </footer>
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
