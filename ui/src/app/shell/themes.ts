import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import type { Theme } from "../../lib/theme";

/** The themes there are to choose from. */
export const THEMES: readonly { id: Theme; label: string; icon: LucideIcon }[] = [
  { id: "system", label: "As the system", icon: Monitor },
  { id: "light", label: "Light", icon: Sun },
  { id: "dark", label: "Dark", icon: Moon },
];
