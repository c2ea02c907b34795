import { RotateCw, TriangleAlert, X } from "lucide-react";
import { classes } from "../../lib/classes";
import { Button } from "../button/Button";
import { IconButton } from "../button/IconButton";
import { CodeText } from "../text/CodeText";
import styles from "./state.module.css";

export interface ErrorStateProps {
  message: string;
  /** What to do about it. */
  hint?: string | null | undefined;
  /** Absent where trying again cannot help. */
  onRetry?: (() => void) | undefined;
  isRetrying?: boolean;
  /** Puts it away, where it would stand for long. */
  onDismiss?: (() => void) | undefined;
  /** `bar` is one line above what is still shown; `page` stands in its place. */
  look?: "page" | "bar";
}

/** Says in place what could not be done, and offers to try again. */
export function ErrorState({
  message,
  hint,
  onRetry,
  isRetrying = false,
  onDismiss,
  look = "page",
}: ErrorStateProps) {
  return (
    <div className={classes(look === "page" ? styles.state : styles.bar)} role="alert">
      <TriangleAlert
        size={look === "page" ? 22 : 15}
        strokeWidth={look === "page" ? 1.5 : 2}
        className={styles.alarm}
        aria-hidden="true"
      />
      <div className={styles.words}>
        <p className={styles.title}>
          <CodeText text={message} />
        </p>
        {hint && (
          <p className={styles.line}>
            <CodeText text={hint} />
          </p>
        )}
      </div>
      {onRetry && (
        <Button
          icon={RotateCw}
          size={look === "bar" ? "small" : "medium"}
          onPress={onRetry}
          isPending={isRetrying}
        >
          Retry
        </Button>
      )}
      {onDismiss && <IconButton icon={X} label="Dismiss" size="small" onPress={onDismiss} />}
    </div>
  );
}
