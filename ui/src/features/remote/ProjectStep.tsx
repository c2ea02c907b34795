import { useCallback, useState } from "react";
import type { EndedView } from "../../api/generated/commands";
import { asRpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { useEnterLinked } from "./useEnterLinked";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { Select } from "../../components/select/Select";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Switch } from "../../components/switch/Switch";
import { CodeText } from "../../components/text/CodeText";
import { askToConnect } from "./connecting";
import { Steps } from "./Steps";
import { useOperationEnd } from "./useOperationEnd";
import { withHint } from "./words";
import styles from "./remote.module.css";

/** Chooses a project of the connection and pulls it into a workspace of its own. */
export function ProjectStep({ connection }: { connection: string }) {
  const projects = useRpc("remote_projects", { connection });
  const [chosen, setChosen] = useState<string | null>(null);
  const [secretNames, setSecretNames] = useState(true);
  const [operation, setOperation] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const enter = useEnterLinked();
  const list = projects.data?.projects ?? [];
  const project = chosen ?? (list.length === 1 ? (list[0]?.id ?? null) : null);

  const onEnd = useCallback(
    (ended: EndedView) => {
      setOperation(null);
      if (ended.state === "failed") setProblem(`${ended.message} ${ended.remedy}`);
      if (ended.state !== "done") return;
      askToConnect("closed");
      void enter();
    },
    [enter],
  );
  const running = useOperationEnd(operation, onEnd);

  const pull = async () => {
    if (project === null) return;
    setProblem(null);
    try {
      const begun = await rpc("link_project", { connection, project, path: null, secretNames });
      setOperation(begun.operation);
    } catch (thrown) {
      setProblem(withHint(asRpcError(thrown)));
    }
  };
  const close = () => {
    if (running) void rpc("cancel_operation", { operation: running.id });
    askToConnect("closed");
  };

  return (
    <Dialog
      title={running ? "Pulling the project" : "Choose a project"}
      description="It is pulled into a workspace file of its own, which can be read only. Nothing is sent to the server."
      isOpen
      onOpenChange={close}
      footer={
        <>
          <Button variant="ghost" onPress={close}>
            Cancel
          </Button>
          {!running && (
            <Button
              variant="primary"
              isDisabled={project === null}
              isPending={operation !== null}
              onPress={() => void pull()}
            >
              Pull
            </Button>
          )}
        </>
      }
    >
      {running ? (
        <Steps operation={running} />
      ) : (
        <div className={styles.form}>
          {projects.error && (
            <ErrorState
              look="bar"
              message={projects.error.message}
              hint={projects.error.hint}
              onRetry={() => void projects.refetch()}
            />
          )}
          {projects.isPending && <SkeletonRows label="the projects" rows={2} />}
          {projects.data && (
            <Select
              label="Project"
              autoFocus
              options={list.map(({ id, name, slug }) => ({ id, label: name, slug }))}
              value={project}
              onChange={setChosen}
              placeholder={list.length === 0 ? "You are in no project there" : "Choose…"}
            />
          )}
          <Switch
            isSelected={secretNames}
            onChange={setSecretNames}
            description="Names and tags only, never values. Each pull writes one line per environment to the server’s audit log."
          >
            Names of secrets
          </Switch>
          {problem && (
            <p role="alert" className={styles.trouble}>
              <CodeText text={problem} />
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}
