import { useRouter } from "@tanstack/react-router";
import { useEffect, type RefObject } from "react";

/** How long a page may take to show its heading for good. Milliseconds. */
const PATIENCE = 5_000;

/**
 * When another page is reached the focus goes to its heading, or to the row of a list that one comes
 * back to, so that the keyboard and screen readers go on from there. A change of filters is no
 * change of page.
 */
export function useFocusOnArrival(main: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    let stopWaiting: () => void = () => undefined;
    const stop = router.subscribe("onRendered", ({ fromLocation, toLocation }) => {
      const place = main.current;
      if (!place || !fromLocation || fromLocation.pathname === toLocation.pathname) return;
      stopWaiting();
      // Until the page shows its heading, the focus waits on the room it will stand in.
      place.focus({ preventScroll: true });
      arrive(place);
      stopWaiting = whileChanging(place, () => arrive(place));
    });
    return () => {
      stop();
      stopWaiting();
    };
  }, [router, main]);
}

/** Gives the focus to where the page begins, unless it is somewhere in it already. */
function arrive(place: HTMLElement): void {
  const { activeElement } = document;
  // A heading that was replaced, when what it names was read, leaves the focus on the body.
  const lost = activeElement === null || activeElement === document.body;
  const atDoor = activeElement === place;
  const row = place.querySelector<HTMLElement>("[data-returned] [role=row][tabindex='0']");
  const onHeading = activeElement?.tagName === "H1";
  if (!lost && !atDoor && !(onHeading && row)) return;
  (row ?? place.querySelector<HTMLElement>("h1"))?.focus({ preventScroll: true });
}

/** Runs `run` after each change of what is in `place`, for a while or until it is called off. */
function whileChanging(place: HTMLElement, run: () => void): () => void {
  const watch = new MutationObserver(run);
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    for (const event of USER_ACTS) window.removeEventListener(event, stop, true);
  };
  const timer = setTimeout(stop, PATIENCE);
  // Whoever acts has taken over.
  for (const event of USER_ACTS) window.addEventListener(event, stop, true);
  watch.observe(place, { childList: true, subtree: true });
  return stop;
}

const USER_ACTS = ["keydown", "pointerdown"] as const;
