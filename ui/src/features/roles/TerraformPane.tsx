import { useRpc } from "../../api/queries";
import { CopyButton } from "../../components/copy/CopyButton";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { classes } from "../../lib/classes";
import { useSettled } from "../../lib/useSettled";
import styles from "./roles.module.css";

/** The role as Terraform configuration, as it is edited. For reading and copying. */
export default function TerraformPane({ role, rules }: { role: string; rules: string }) {
  const settled = useSettled(rules);
  const answer = useRpc("role_terraform", { role, rules: settled }, { keepPrevious: true });
  const text = answer.data?.text;
  if (answer.error && !answer.data) {
    return <ErrorState message={answer.error.message} hint={answer.error.hint} />;
  }
  if (text === undefined) return <SkeletonRows label="the configuration" rows={8} />;
  const isStale = answer.isPlaceholderData || settled !== rules;
  return (
    <div className={styles.jsonPane}>
      <div className={styles.paneHead}>
        <p className="muted">
          For <span className="mono">infisical_project_role</span>, with unsaved edits.
        </p>
        <CopyButton text={text ?? ""} what="configuration" />
      </div>
      {/* A text longer than its place is scrolled by the keyboard too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes("mono", styles.terraform, isStale && styles.stale)} tabIndex={0}>
        {text ?? "The text holds no rules."}
      </pre>
    </div>
  );
}
