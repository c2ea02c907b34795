import { useRouter } from "@tanstack/react-router";
import { useEffect, type RefObject } from "react";

/**
 * When another page is reached the focus goes to its heading, or to the row of a list that one comes
 * back to, so that the keyboard and screen readers go on from there. A change of filters is no
 * change of page. The window's title follows the heading.
 */
export function useFocusOnArrival(main: RefObject<HTMLElement | null>, project: string): void {
  const router = useRouter();
  useEffect(() => {
    const entitle = () => {
      const heading = main.current?.querySelector("h1")?.textContent;
      document.title = heading ? `${heading} · ${project} · Reeve` : `${project} · Reeve`;
    };
    entitle();
    return router.subscribe("onRendered", ({ fromLocation, toLocation }) => {
      entitle();
      if (!fromLocation || fromLocation.pathname === toLocation.pathname) return;
      const place =
        main.current?.querySelector<HTMLElement>("[data-returned] [role=row][tabindex='0']") ??
        main.current?.querySelector<HTMLElement>("h1") ??
        main.current;
      place?.focus({ preventScroll: true });
    });
  }, [router, main, project]);
}
