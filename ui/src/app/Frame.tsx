import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useRpc } from "../api/queries";
import { ErrorState } from "../components/state/ErrorState";
import { Shell } from "./shell/Shell";

const RefusedScreen = lazy(() => import("../features/workspace/RefusedScreen"));

/** The window: the shell around a screen, or what keeps the workspace from opening. */
export function Frame() {
  const status = useRpc("workspace_status", {});

  if (status.data?.state === "open") {
    return (
      <Shell workspace={status.data}>
        <Outlet />
      </Shell>
    );
  }
  if (status.data?.state === "refused") {
    return (
      <Suspense>
        <RefusedScreen refusal={status.data} />
      </Suspense>
    );
  }
  if (status.error) {
    return (
      <ErrorState
        message={status.error.message}
        hint={status.error.hint}
        onRetry={() => void status.refetch()}
        isRetrying={status.isFetching}
      />
    );
  }
  return null;
}
