import { FileWarning } from "lucide-react";
import type { ReactNode } from "react";
import type { RefusalReason, WorkspaceRefusal } from "../../api/generated/commands";
import styles from "./RefusedScreen.module.css";
import { Threshold } from "./Threshold";
import { useWorkspaceDeeds } from "./useWorkspaceDeeds";

const TITLES: Record<RefusalReason, string> = {
  notFound: "The workspace is not there",
  alreadyExists: "There is such a file already",
  notAWorkspace: "This file is not a workspace",
  corrupt: "The workspace is damaged",
  newerSchema: "Another version of Reeve made this workspace",
  readOnly: "The workspace cannot be written",
  diskFull: "The disk is full",
  locked: "The workspace is open elsewhere",
  io: "The workspace did not open",
};

/** What keeps the workspace from opening, and the ways on. Its file was not touched. */
export default function RefusedScreen({ refusal }: { refusal: WorkspaceRefusal }) {
  const deeds = useWorkspaceDeeds(refusal);
  const { reason, sentence, hint, path } = refusal;
  return (
    <Threshold icon={FileWarning} title={TITLES[reason]} ways={deeds}>
      <p role="alert" className={styles.sentence}>
        {inSpans(sentence)}
      </p>
      {hint !== "" && <p className="muted">{inSpans(hint)}</p>}
      {!sentence.includes(path) && <p className={`mono faint ${styles.sentence ?? ""}`}>{path}</p>}
    </Threshold>
  );
}

/** Sets what stands between backticks as code, and ends with a full stop. */
function inSpans(text: string): ReactNode {
  const parts = (/[.?]$/.test(text) ? text : `${text}.`).split("`");
  return parts.map((part, place) =>
    place % 2 === 1 ? (
      <code key={place} className={styles.code}>
        {part}
      </code>
    ) : (
      part
    ),
  );
}
