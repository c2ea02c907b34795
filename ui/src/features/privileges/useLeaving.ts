import { useBlocker, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";

export interface Leaving {
  /** Goes back to the member; asks first if something would be lost. */
  cancel: () => void;
  /** Goes back to the member without asking. */
  leave: () => void;
  /** Whether the question is open. */
  isAsking: boolean;
  discard: () => void;
  stay: () => void;
}

/** Guards what was written: no way out of the page loses it without a question. */
export function useLeaving(member: string, isWritten: boolean): Leaving {
  const router = useRouter();
  const navigate = useNavigate();
  const openedFrom = useRouterState({ select: ({ location }) => location.state.openedFrom });
  const blocker = useBlocker({
    shouldBlockFn: () => isWritten,
    enableBeforeUnload: isWritten,
    withResolver: true,
  });

  const goBack = (ignoreBlocker: boolean) => {
    // The page before is the member's own: its tab and place are as they were.
    if (openedFrom === `/members/${member}`) router.history.back({ ignoreBlocker });
    else {
      void navigate({
        to: "/members/$member",
        params: { member },
        replace: true,
        ignoreBlocker,
      });
    }
  };
  return {
    cancel: () => goBack(false),
    leave: () => goBack(true),
    isAsking: blocker.status === "blocked",
    discard: () => blocker.proceed?.(),
    stay: () => blocker.reset?.(),
  };
}
