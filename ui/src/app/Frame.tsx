import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useRpc } from "../api/queries";
import { useLifetimeAsked } from "../components/lifetime/asked";
import { LateBar } from "../features/lifetimes/LateBar";
import { useConnecting } from "../features/remote/connecting";
import { useNewProjectAsked } from "../features/workspace/newProject";
import { Shell } from "./shell/Shell";

// None of these is part of the first picture.
const RefusedScreen = lazy(() => import("../features/workspace/RefusedScreen"));
const NoAnswerScreen = lazy(() => import("../features/workspace/NoAnswerScreen"));
const LifetimeHost = lazy(() => import("../features/lifetimes/LifetimeHost"));
const ClockBar = lazy(() => import("../features/timeline/ClockBar"));
const ConnectDialog = lazy(() => import("../features/remote/ConnectDialog"));
const Welcome = lazy(() => import("./Welcome"));
const NewProjectDialog = lazy(() => import("../features/workspace/NewProjectDialog"));

/** The window: the shell around a screen, or what keeps the workspace from opening. */
export function Frame() {
  const isMakingProject = useNewProjectAsked();
  const lifetimeAsked = useLifetimeAsked();
  const connecting = useConnecting();
  return (
    <>
      <Inside />
      {lifetimeAsked && (
        <Suspense>
          <LifetimeHost asked={lifetimeAsked} />
        </Suspense>
      )}
      {connecting !== "closed" && (
        <Suspense>
          <ConnectDialog again={connecting === "new" ? null : connecting} />
        </Suspense>
      )}
      {isMakingProject && (
        <Suspense>
          <NewProjectDialog />
        </Suspense>
      )}
    </>
  );
}

function Inside() {
  const status = useRpc("workspace_status", {});

  if (status.data?.state === "open") {
    return (
      // Another project is another window: nothing of the one before stays on screen.
      <Shell key={status.data.path} workspace={status.data}>
        <Suspense>
          <ClockBar />
        </Suspense>
        <LateBar />
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
  if (status.data?.state === "welcome") {
    return (
      <Suspense>
        <Welcome />
      </Suspense>
    );
  }
  if (status.error) {
    return (
      <Suspense>
        <NoAnswerScreen
          error={status.error}
          onRetry={() => void status.refetch()}
          isRetrying={status.isFetching}
        />
      </Suspense>
    );
  }
  return null;
}
