/** Light, dark, or as the system has it. The choice is this machine's, not the project's. */
import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "./storage";

export type Theme = "system" | "light" | "dark";

/** public/theme.js reads the same key before the first paint. */
const KEY = "reeve.theme";
const watchers = new Set<() => void>();

export function setTheme(theme: Theme): void {
  writeStored(KEY, theme === "system" ? null : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  watchers.forEach((watcher) => watcher());
}

export function useTheme(): Theme {
  return useSyncExternalStore(watch, currentTheme);
}

function currentTheme(): Theme {
  const stored = readStored(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
