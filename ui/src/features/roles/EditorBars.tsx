import type { ReactNode } from "react";
import type { RoleDetail } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { ErrorState } from "../../components/state/ErrorState";
import { CodeText } from "../../components/text/CodeText";
import { Ago } from "../../components/timed/Timed";
import { classes } from "../../lib/classes";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

export interface EditorBarsProps {
  role: RoleDetail;
  /** Whether roles are changed here. */
  isLocal: boolean;
  editing: RoleEditing;
  onJson: () => void;
}

/** What is to be known before editing goes on. */
export function EditorBars({ role, isLocal, editing, onJson }: EditorBarsProps) {
  const { state, act, save, error } = editing;
  return (
    <>
      {isLocal ? (
        role.predefined && (
          <Bar>The server defines this role. It can be read and duplicated, not changed.</Bar>
        )
      ) : (
        <Bar>
          This project is linked: its roles come from the server and are changed there. Duplicate
          the project as a local one to try changes out.
        </Bar>
      )}
      {error && (
        <ErrorState
          look="bar"
          message={`Not saved: ${error.message}`}
          hint={error.hint}
          onRetry={error.retry ? () => save() : undefined}
          isRetrying={editing.isSaving}
        />
      )}
      {state.restoredAt !== null && (
        <Bar
          acts={
            <Button size="small" onPress={() => act({ kind: "discard" })}>
              Discard them
            </Button>
          }
        >
          Edits from <Ago at={state.restoredAt} /> that were not saved are back.
        </Bar>
      )}
      {state.overtaken && (
        <Bar
          isAlarm
          acts={
            <>
              <Button size="small" onPress={() => act({ kind: "takeTheirs" })}>
                Take the saved rules
              </Button>
              <Button size="small" onPress={() => act({ kind: "keepMine" })}>
                Keep my edits
              </Button>
            </>
          }
        >
          This role was changed elsewhere after these edits began. Taking the saved rules can be
          undone; keeping yours replaces them when you save.
        </Bar>
      )}
      {state.written !== null && !role.predefined && (
        <Bar
          isAlarm
          acts={
            <>
              <Button size="small" onPress={onJson}>
                Go to the text
              </Button>
              <Button size="small" onPress={() => act({ kind: "written", text: null })}>
                Put it back
              </Button>
            </>
          }
        >
          The JSON is no list of rules yet. The table waits until it is.
        </Bar>
      )}
      {state.refused.length > 0 && (
        <Bar
          isAlarm
          acts={
            <Button size="small" onPress={() => save(true)}>
              Save all the same
            </Button>
          }
        >
          Not saved: a server would refuse{" "}
          {state.refused.length === 1 ? "this" : "these rules, first"}:{" "}
          <CodeText text={state.refused[0]?.message ?? ""} />
        </Bar>
      )}
    </>
  );
}

function Bar({
  children,
  acts,
  isAlarm = false,
}: {
  children: ReactNode;
  acts?: ReactNode;
  isAlarm?: boolean;
}) {
  return (
    <div className={classes(styles.bar, isAlarm && styles.alarm)} role="status">
      <p>{children}</p>
      {acts && <div className={styles.barActs}>{acts}</div>}
    </div>
  );
}
