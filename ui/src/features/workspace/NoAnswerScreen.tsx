import { RotateCw, Unplug } from "lucide-react";
import type { RpcError } from "../../api/error";
import { Threshold } from "./Threshold";
import { useWorkspaceDeeds } from "./useWorkspaceDeeds";

export interface NoAnswerScreenProps {
  error: RpcError;
  onRetry: () => void;
  isRetrying: boolean;
}

/** Shown when nobody can say which workspace is open: the core is silent, or in trouble itself. */
export default function NoAnswerScreen({ error, onRetry, isRetrying }: NoAnswerScreenProps) {
  const deeds = useWorkspaceDeeds();
  const again = { id: "again", label: "Try again", icon: RotateCw, onAction: onRetry };
  if (error.code === "unreachable") {
    return (
      <Threshold
        icon={Unplug}
        title="Reeve’s core does not answer"
        ways={[{ ...again, isPending: isRetrying }]}
      >
        <p role="alert">This window is here, but the part of Reeve that reads workspaces is not.</p>
        <p className="muted">
          Nothing was changed. If trying again does not help, close Reeve and start it again.
        </p>
        {error.hint !== "" && <p className="mono faint">{error.hint}</p>}
      </Threshold>
    );
  }
  return (
    <Threshold
      icon={Unplug}
      title="No project can be shown"
      ways={[{ ...again, isPending: isRetrying }, ...deeds]}
    >
      <p role="alert">{error.message}</p>
      {error.hint !== "" && <p className="muted">{error.hint}</p>}
    </Threshold>
  );
}
