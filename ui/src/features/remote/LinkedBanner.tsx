import { Link, useNavigate } from "@tanstack/react-router";
import { Copy, KeyRound, RefreshCw } from "lucide-react";
import { useState } from "react";
import { asRpcError } from "../../api/error";
import type { EndedView, LinkView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { chooseWorkspaceFile } from "../../api/workspace";
import { Button } from "../../components/button/Button";
import { ErrorState } from "../../components/state/ErrorState";
import { errorToast, toast } from "../../components/toast/toasts";
import { Age } from "./Age";
import { askToConnect } from "./connecting";
import { useEnterLinked } from "./useEnterLinked";
import { useOperationEnd } from "./useOperationEnd";
import { doing, stepLine, withHint } from "./words";
import styles from "./remote.module.css";

/** Says above every screen that the project is a server's, how old it is, and the ways on. */
export default function LinkedBanner({ name }: { name: string }) {
  const status = useRpc("remote_status", {});
  const link = status.data?.link ?? null;
  const operation = status.data?.operation ?? null;
  const enter = useEnterLinked();
  if (!link) return null;
  const running = operation && !operation.ended ? operation : null;
  const failed = operation?.ended?.state === "failed" ? operation.ended : null;

  const mustSignIn = !link.signedIn || failed?.signIn === true;
  const again = operation?.work === "pull" && !mustSignIn ? () => void pull() : undefined;

  const duplicate = async () => {
    const path = await chooseWorkspaceFile("new");
    if (path === null) return;
    try {
      await rpc("duplicate_as_local", { path, name: `${name} (draft)` });
      await enter();
      toast("This is a local copy; the linked project is as it was");
    } catch (thrown) {
      errorToast(withHint(asRpcError(thrown)));
    }
  };

  return (
    <div role="region" aria-label="Linked project">
      <div className={styles.banner}>
        <span className="truncate">
          <strong>Read only.</strong> <Age link={link} />
        </span>
        <span className={`${styles.grow ?? ""} truncate muted`}>
          {running ? [doing(running), stepLine(running)].filter(Boolean).join(": ") : <Changed />}
        </span>
        <PullActs link={link} mustSignIn={mustSignIn} running={running?.id ?? null} />
        <Button size="small" icon={Copy} onPress={() => void duplicate()}>
          Duplicate as local project
        </Button>
      </div>
      {failed && (
        <div className={styles.failed}>
          <ErrorState
            look="bar"
            message={failed.message}
            hint={failed.remedy}
            onRetry={again}
            onDismiss={() => void rpc("dismiss_operation", { operation: operation?.id ?? "" })}
          />
        </div>
      )}
    </div>
  );
}

/** What the last pull found changed, with the way to the list. */
function Changed() {
  const changes = useRpc("pull_changes", {}).data?.changes;
  if (!changes || changes.lines.length === 0) return null;
  return <Link to="/settings/connections">{changes.summary}</Link>;
}

async function pull(): Promise<void> {
  try {
    await rpc("pull", { everything: false });
  } catch (thrown) {
    errorToast(withHint(asRpcError(thrown)));
  }
}

/** What was called off may have been done already. */
function sayCancelled(ended: EndedView) {
  if (ended.state === "cancelled") toast("Cancelled; everything is as it was");
}

interface PullActsProps {
  link: LinkView;
  mustSignIn: boolean;
  running: string | null;
}

function PullActs({ link, mustSignIn, running }: PullActsProps) {
  const navigate = useNavigate();
  const known = useRpc("connections", {}).data?.connections;
  const connection = known?.find(({ id }) => id === link.connection);
  const [cancelled, setCancelled] = useState<string | null>(null);
  useOperationEnd(cancelled, sayCancelled);
  if (running) {
    const cancel = () => {
      setCancelled(running);
      void rpc("cancel_operation", { operation: running });
    };
    return (
      <Button size="small" onPress={cancel}>
        Cancel
      </Button>
    );
  }
  if (mustSignIn) {
    const signIn = () =>
      connection ? askToConnect(connection) : void navigate({ to: "/settings/connections" });
    return (
      <Button size="small" icon={KeyRound} onPress={signIn}>
        Sign in…
      </Button>
    );
  }
  return (
    <Button size="small" icon={RefreshCw} onPress={() => void pull()}>
      Pull
    </Button>
  );
}
