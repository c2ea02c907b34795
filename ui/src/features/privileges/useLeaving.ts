import { useBlocker, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";

export interface Leaving {
  /** Goes back to where the privilege is seen; asks first if something would be lost. */
  cancel: () => void;
  /** Goes back without asking. */
  leave: () => void;
  /** Whether the question is open. */
  isAsking: boolean;
  discard: () => void;
  stay: () => void;
}

/**
 * Guards what was written: no way out of the page loses it without a question. The way out leads to
 * the member, or to the list if it is about several.
 */
export function useLeaving(member: string | null, isWritten: boolean): Leaving {
  const router = useRouter();
  const navigate = useNavigate();
  const openedFrom = useRouterState({ select: ({ location }) => location.state.openedFrom });
  const blocker = useBlocker({
    shouldBlockFn: () => isWritten,
    enableBeforeUnload: isWritten,
    withResolver: true,
  });

  const goBack = (ignoreBlocker: boolean) => {
    const home = member === null ? "/members" : `/members/${member}`;
    // The page before is the member's own: its tab and place are as they were.
    if (openedFrom === home) router.history.back({ ignoreBlocker });
    else if (member === null) void navigate({ to: "/members", replace: true, ignoreBlocker });
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
