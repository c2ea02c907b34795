import { CircleSlash2, Infinity as Forever } from "lucide-react";
import { Timed } from "../timed/Timed";
import styles from "./Standing.module.css";

/** How long access counts. */
export type StandingState =
  { state: "permanent" } | { state: "active" | "ended"; end: string } | { state: "neverActive" };

/** Whether access counts for good, until when, or no more. Counts down. */
export function Standing({ standing }: { standing: StandingState }) {
  switch (standing.state) {
    case "permanent":
      return (
        <span className={styles.word}>
          <Forever size={13} aria-hidden="true" />
          permanent
        </span>
      );
    case "neverActive":
      return (
        <span className={styles.word} title="It was stored with an end but never began to count">
          <CircleSlash2 size={12} aria-hidden="true" />
          never counted
        </span>
      );
    case "active":
    case "ended":
      return <Timed end={standing.end} />;
  }
}
