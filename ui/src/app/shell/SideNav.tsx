import { lazy, Suspense } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { Keyboard, PanelLeft } from "lucide-react";
import type { Counts } from "../../api/generated/commands";
import { IconButton } from "../../components/button/IconButton";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { ariaShortcut } from "../../lib/keys";
import { formatCount } from "../../lib/numbers";
import { navigation, type NavigationItem } from "../navigation";
import styles from "./Shell.module.css";

const ThemeMenu = lazy(() => import("./ThemeMenu"));

export interface SideNavProps {
  counts: Counts;
  narrow: boolean;
  onToggle: () => void;
  onShortcuts: () => void;
}

const items = navigation.flat();

/** The way to every screen. Narrow, it shows icons only; the names stay for screen readers. */
export function SideNav({ counts, narrow, onToggle, onShortcuts }: SideNavProps) {
  const beside = narrow ? "right" : "top";
  return (
    <nav className={styles.nav} aria-label="Screens">
      {navigation.map((group, index) => (
        <ul key={index} className={styles.group}>
          {group.map((item) => (
            <li key={item.to}>
              <NavLink
                item={item}
                place={items.indexOf(item) + 1}
                counts={counts}
                narrow={narrow}
              />
            </li>
          ))}
        </ul>
      ))}
      <div className={styles.foot}>
        <IconButton
          icon={PanelLeft}
          label={narrow ? "Unfold the navigation" : "Fold the navigation"}
          kbd="Ctrl+B"
          tooltipPlacement={beside}
          onPress={onToggle}
        />
        <Suspense fallback={<span className={styles.blank} />}>
          <ThemeMenu tooltipPlacement={beside} />
        </Suspense>
        <IconButton
          icon={Keyboard}
          label="Shortcuts"
          kbd="Ctrl+/"
          tooltipPlacement={beside}
          onPress={onShortcuts}
        />
      </div>
    </nav>
  );
}

interface NavLinkProps {
  item: NavigationItem;
  /** Its digit with Alt, from 1. */
  place: number;
  counts: Counts;
  narrow: boolean;
}

function NavLink({ item, place, counts, narrow }: NavLinkProps) {
  const navigate = useNavigate();
  const keys = `Alt+${place}`;
  useShortcut(keys, () => void navigate({ to: item.to }), {
    label: item.label,
    group: "Go to",
    isDisabled: place > 9,
  });
  const { icon: Icon, badge: Badge } = item;
  const count = item.count?.(counts);
  return (
    <Link
      to={item.to}
      activeOptions={{ exact: item.exact ?? item.to === "/", includeSearch: false }}
      className={styles.link}
      aria-keyshortcuts={ariaShortcut(keys)}
      {...(narrow ? { title: item.label } : {})}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className={narrow ? "visually-hidden" : "truncate"}>{item.label}</span>
      {Badge && !narrow && (
        <span className={styles.count}>
          <Badge />
        </span>
      )}
      {count !== undefined && !narrow && <span className={styles.count}>{formatCount(count)}</span>}
    </Link>
  );
}
