import { focusFirst } from "../../lib/fields";
import {
  startTransition,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
} from "react";

export interface WhenNearProps {
  as?: "li" | "div";
  /** It is shown wherever it is, and at once. */
  isWanted: boolean;
  /** It is shown before all others that wait. */
  isNext: boolean;
  /** What stands there while it is far. */
  standIn: ReactNode;
  /** How high it is thought to be until it was shown once. Pixels. */
  height: number;
  children: () => ReactNode;
}

/** How far out of view something is shown already. */
const MARGIN = "500px 0px";

/**
 * Shows what is in view or near it, and a stand-in of the same height for all else, so that a list of
 * thousands of forms costs what a few of them cost. What has the focus is kept. While it waits, it
 * bears `data-waiting`; a focus that it is given then goes on to the first control once that is there.
 */
export function WhenNear({
  as: Element = "div",
  isWanted,
  isNext,
  standIn,
  height,
  children,
}: WhenNearProps) {
  const place = useRef<HTMLLIElement & HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const [measured, setMeasured] = useState<number | null>(null);
  const isNextNow = useRef(isNext);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isAsked = false;
    // Not at once: whoever types or scrolls goes first.
    const show = () => {
      isAsked = true;
      startTransition(() => setNear(true));
    };
    if (isNextNow.current) inTurn(element, show, "first");
    return watch(element, (near) => {
      if (near) {
        if (!isAsked) inTurn(element, show, "last");
        return;
      }
      // It may be far again before it was drawn: the next one goes on.
      shown(element);
      if (!isAsked || element.contains(document.activeElement)) return;
      isAsked = false;
      setMeasured(element.offsetHeight);
      setNear(false);
    });
  }, []);
  useEffect(() => {
    if (isNear) shown(place.current);
  }, [isNear]);

  const isShown = isNear || isWanted;
  useLayoutEffect(() => {
    const element = place.current;
    if (isShown && element && element === document.activeElement) focusFirst(element);
  }, [isShown]);
  const style: CSSProperties = isShown
    ? {}
    : { height: measured ?? height, overflow: "hidden", contain: "strict" };
  return (
    <Element ref={place} style={style} tabIndex={-1} data-waiting={isShown ? undefined : ""}>
      {isShown ? children() : standIn}
    </Element>
  );
}

/** What waits to be shown: one after another, so that none of them holds up the page. */
const waiting = new Map<Element, () => void>();
let current: Element | null = null;

function inTurn(element: Element, show: () => void, place: "first" | "last"): void {
  const others = place === "first" ? [...waiting] : [];
  if (place === "first") waiting.clear();
  waiting.set(element, show);
  for (const [other, showOther] of others) waiting.set(other, showOther);
  if (!current) nextTurn();
}

/** The element is there, or will never be. */
function shown(element: Element | null): void {
  if (element) waiting.delete(element);
  if (element === current) nextTurn();
}

function nextTurn(): void {
  const [first] = waiting;
  current = first?.[0] ?? null;
  if (!first) return;
  const [element, show] = first;
  waiting.delete(element);
  setTimeout(() => {
    // It may have gone meanwhile.
    if (current === element) show();
  });
}

interface Watcher {
  observer: IntersectionObserver;
  tellers: Map<Element, (isNear: boolean) => void>;
}

/** One watcher for each thing that scrolls. */
const watchers = new WeakMap<Element, Watcher>();

function watch(element: Element, tell: (isNear: boolean) => void): () => void {
  const root = scrollerOf(element);
  const { observer, tellers } = watchers.get(root) ?? newWatcher(root);
  tellers.set(element, tell);
  observer.observe(element);
  return () => {
    observer.unobserve(element);
    tellers.delete(element);
    shown(element);
  };
}

function newWatcher(root: Element): Watcher {
  const tellers: Watcher["tellers"] = new Map();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) tellers.get(target)?.(isIntersecting);
    },
    { root, rootMargin: MARGIN },
  );
  const watcher = { observer, tellers };
  watchers.set(root, watcher);
  return watcher;
}

/** What scrolls the children of an element. Looking it up makes the browser work out all styles. */
const scrollers = new WeakMap<Element, Element>();

function scrollerOf({ parentElement: parent }: Element): Element {
  const known = parent && scrollers.get(parent);
  if (known?.isConnected) return known;
  for (let at = parent; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) {
      if (parent) scrollers.set(parent, at);
      return at;
    }
  }
  return document.documentElement;
}
