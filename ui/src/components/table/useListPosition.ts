import { useCallback, useState } from "react";
import type { ListPosition } from "./types";

/** Lives as long as the window: coming back to a list shows it as it was left. */
const positions = new Map<string, ListPosition>();

/** Remembers where the reader was in the list called `key`: its address with its filters. */
export function useListPosition(key: string) {
  // Read once: later positions come from the list itself.
  const [initial] = useState(() => ({ key, position: positions.get(key) }));
  const position = initial.key === key ? initial.position : positions.get(key);
  const onPositionChange = useCallback(
    (next: ListPosition) => void positions.set(key, next),
    [key],
  );
  return { position, onPositionChange };
}
