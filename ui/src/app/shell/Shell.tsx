import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import type { OpenWorkspace } from "../../api/generated/commands";
import { classes } from "../../lib/classes";
import { readStored, writeStored } from "../../lib/storage";
import { listenToKeyboard, useShortcut } from "../../components/shortcut/shortcuts";
import { SideNav } from "./SideNav";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";
import { useBackAndForward } from "./useBackAndForward";
import { useFocusOnArrival } from "./useFocusOnArrival";
import styles from "./Shell.module.css";

// What the first picture does not show is read just after it.
const Toasts = lazy(async () => {
  const { Toasts: default_ } = await import("../../components/toast/Toasts");
  return { default: default_ };
});
const ChainBanner = lazy(() => import("../../features/history/ChainBanner"));
const PaletteHost = lazy(() => import("../palette/PaletteHost"));
const LinkedBanner = lazy(() => import("../../features/remote/LinkedBanner"));
const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

const NARROW_KEY = "reeve.nav";

/** What stands around every screen. */
export function Shell({ workspace, children }: { workspace: OpenWorkspace; children: ReactNode }) {
  const [narrow, setNarrow] = useState(() => readStored(NARROW_KEY) === "narrow");
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const main = useRef<HTMLElement>(null);
  const navigate = useNavigate();

  const toggleNav = () => {
    writeStored(NARROW_KEY, narrow ? null : "narrow");
    setNarrow(!narrow);
  };

  useEffect(listenToKeyboard, []);
  useFocusOnArrival(main);
  useBackAndForward();
  useShortcut("Ctrl+K", () => setPalette(true), {
    label: "Search and commands",
    group: "Everywhere",
  });
  useShortcut("Ctrl+,", () => void navigate({ to: "/settings" }), {
    label: "Settings",
    group: "Everywhere",
  });
  useShortcut("Ctrl+/", () => setSheet(true), { label: "Shortcuts", group: "Everywhere" });
  useShortcut("Ctrl+B", toggleNav, { label: "Fold or unfold the navigation", group: "Everywhere" });

  return (
    <div className={classes(styles.shell, narrow && styles.narrow)}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <TopBar workspace={workspace} onSearch={() => setPalette(true)} />
      <SideNav
        counts={workspace.counts}
        narrow={narrow}
        onToggle={toggleNav}
        onShortcuts={() => setSheet(true)}
      />
      <main ref={main} className={styles.main} tabIndex={-1}>
        <Suspense>
          <ChainBanner />
        </Suspense>
        {workspace.project.kind === "linked" && (
          <Suspense>
            <LinkedBanner name={workspace.project.name} />
          </Suspense>
        )}
        {children}
      </main>
      <StatusBar project={workspace.project} />
      <Suspense>
        <PaletteHost
          isOpen={palette}
          onOpenChange={setPalette}
          onShortcuts={() => setSheet(true)}
          onToggleNav={toggleNav}
        />
        <ShortcutSheet isOpen={sheet} onOpenChange={setSheet} />
        <Toasts />
      </Suspense>
    </div>
  );
}
