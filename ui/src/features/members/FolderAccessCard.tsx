import { CircleHelp, Folder } from "lucide-react";
import { Fragment } from "react";
import type { FolderGrantView } from "../../api/generated/commands";
import { Card, CardRow } from "../../components/card/Card";
import { Standing } from "../../components/standing/Standing";
import { classes } from "../../lib/classes";
import styles from "./MemberScreen.module.css";

/**
 * The folders on which the member has a role of its own. Nobody has any on most servers, and only
 * the server changes them.
 */
export function FolderAccessCard({ grants }: { grants: readonly FolderGrantView[] }) {
  if (grants.length === 0) return null;
  const unknown = [...new Set(grants.filter(({ known }) => !known).map(({ role }) => role))];
  return (
    <Card
      title="Folder Access"
      count={grants.length}
      aside="Takes precedence there over every role but Admin"
    >
      <ul className={styles.folders} aria-label="Folder Access">
        {grants.map((grant) => (
          <li key={grant.id} className={styles.folderItem}>
            <FolderLine grant={grant} />
          </li>
        ))}
      </ul>
      {unknown.length > 0 && (
        <p className={classes(styles.note, styles.unknown)}>
          This version does not know <Words words={unknown} />, so answers that it could change are
          unknown. A newer Reeve may know it.
        </p>
      )}
    </Card>
  );
}

function Words({ words }: { words: readonly string[] }) {
  return words.map((word, place) => (
    <Fragment key={word}>
      {place > 0 && ", "}
      <span className="mono">{word}</span>
    </Fragment>
  ));
}

function FolderLine({ grant }: { grant: FolderGrantView }) {
  const { environment, path, role, known, standing } = grant;
  const over = standing.state === "ended" || standing.state === "neverActive";
  return (
    <CardRow className={classes(styles.folder, over && styles.over)}>
      <Folder size={14} strokeWidth={1.75} className={styles.icon} aria-hidden="true" />
      <span className={classes("mono", "truncate", styles.title)} title={path}>
        {path}
      </span>
      <span className={classes("mono", "muted", "truncate")} title={`environment ${environment}`}>
        <span className="visually-hidden">in </span>
        {environment}
      </span>
      {known ? (
        <span className={styles.tier}>{role}</span>
      ) : (
        <span className={styles.tier} title={`This version does not know ${role}`}>
          <CircleHelp size={13} aria-hidden="true" />
          <span className="visually-hidden">unknown: </span>
          <span className="mono truncate">{role}</span>
        </span>
      )}
      <span className={styles.standing}>
        <Standing standing={standing} />
      </span>
    </CardRow>
  );
}
