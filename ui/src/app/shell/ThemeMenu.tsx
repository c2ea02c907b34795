import { Monitor } from "lucide-react";
import { IconButton } from "../../components/button/IconButton";
import type { TooltipPlacement } from "../../components/tooltip/Tooltip";
import { Menu } from "../../components/menu/Menu";
import { setTheme, useTheme } from "../../lib/theme";
import { THEMES } from "./themes";

/** Chooses the theme. */
export default function ThemeMenu({ tooltipPlacement }: { tooltipPlacement: TooltipPlacement }) {
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
