import { useRouter } from "@tanstack/react-router";
import { useEffect, type RefObject } from "react";

/** A page that takes longer than this to show its heading keeps the focus where it is. */
const PATIENCE = 5_000;

/**
 * When another page is reached the focus goes to its heading, or to the row of a list that one comes
 * back to, so that the keyboard and screen readers go on from there. A change of filters is no
 * change of page. The window's title follows the heading.
 */
export function useFocusOnArrival(main: RefObject<HTMLElement | null>, project: string): void {
  const router = useRouter();
  useEffect(() => {
    const place = main.current;
    if (!place) return;
    let giveUp = whenHeaded(place, (heading) => entitle(heading, project));
    const stop = router.subscribe("onRendered", ({ fromLocation, toLocation }) => {
      const arrived = fromLocation && fromLocation.pathname !== toLocation.pathname;
      // Until the page shows its heading, the focus waits on the room it will stand in.
      if (arrived) place.focus({ preventScroll: true });
      giveUp();
      giveUp = whenHeaded(place, (heading) => {
        entitle(heading, project);
        if (arrived && document.activeElement === place) focusWithin(place, heading);
      });
    });
    return () => {
      stop();
      giveUp();
    };
  }, [router, main, project]);
}

function focusWithin(place: HTMLElement, heading: HTMLElement): void {
  const row = place.querySelector<HTMLElement>("[data-returned] [role=row][tabindex='0']");
  (row ?? heading).focus({ preventScroll: true });
}

function entitle(heading: HTMLElement, project: string): void {
  document.title = `${heading.textContent} · ${project} · Reeve`;
}

/** Runs `run` as soon as there is a heading in `place`. The returned function calls it off. */
function whenHeaded(place: HTMLElement, run: (heading: HTMLElement) => void): () => void {
  const heading = place.querySelector("h1");
  if (heading) {
    run(heading);
    return () => undefined;
  }
  const watch = new MutationObserver(() => {
    const late = place.querySelector("h1");
    if (!late) return;
    stop();
    run(late);
  });
  const timer = setTimeout(() => stop(), PATIENCE);
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
  };
  watch.observe(place, { childList: true, subtree: true });
  return stop;
}
