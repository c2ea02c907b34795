import { useNavigate, useRouter, useRouterState, type LinkProps } from "@tanstack/react-router";
import { useShortcut } from "../shortcut/shortcuts";

declare module "@tanstack/history" {
  interface HistoryState {
    /** The path of the list that this page was opened from. */
    openedFrom?: string;
  }
}

/**
 * Goes back to the list at `to`, and binds Esc to it. If the page was opened from that list this is
 * the way back through the history, so that its filters, row and scroll position are as they were.
 */
export function useReturn(to: NonNullable<LinkProps["to"]>): () => void {
  const router = useRouter();
  const navigate = useNavigate();
  const openedFrom = useRouterState({ select: ({ location }) => location.state.openedFrom });

  const goBack = () => {
    if (openedFrom === to) router.history.back();
    else void navigate({ to });
  };
  useShortcut("Escape", goBack, { label: "Back to the list" });
  return goBack;
}
