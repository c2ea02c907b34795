import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { IconButton } from "../../components/button/IconButton";
import type { TooltipPlacement } from "../../components/tooltip/Tooltip";
import { Menu } from "../../components/menu/Menu";
import { setTheme, useTheme, type Theme } from "../theme";

export const THEMES: readonly { id: Theme; label: string; icon: LucideIcon }[] = [
  { id: "system", label: "As the system", icon: Monitor },
  { id: "light", label: "Light", icon: Sun },
  { id: "dark", label: "Dark", icon: Moon },
];

/** Chooses the theme. */
export function ThemeMenu({ tooltipPlacement }: { tooltipPlacement: TooltipPlacement }) {
  const theme = useTheme();
  const icon = THEMES.find(({ id }) => id === theme)?.icon ?? Monitor;
  return (
    <Menu
      label="Theme"
      placement="top start"
      trigger={<IconButton icon={icon} label="Theme" tooltipPlacement={tooltipPlacement} />}
      entries={THEMES.map(({ id, label, icon: themeIcon }) => ({
        id,
        label,
        icon: themeIcon,
        isChecked: id === theme,
        onAction: () => setTheme(id),
      }))}
    />
  );
}
