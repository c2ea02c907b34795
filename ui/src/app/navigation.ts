/** The side navigation, one line per screen. Alt+1, Alt+2 … follow the order here. */
import type { LinkProps } from "@tanstack/react-router";
import {
  ChartNoAxesGantt,
  FlaskConical,
  History,
  LayoutDashboard,
  ListChecks,
  Settings,
  Shield,
  Unplug,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { ComponentType } from "react";
import type { Counts } from "../api/generated/commands";
import { FailingTests } from "../features/simulator/FailingTests";

export interface NavigationItem {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  icon: LucideIcon;
  /** Whether screens below its address are not its own. */
  exact?: boolean;
  count?: (counts: Counts) => number;
  /** Stands where a count would. */
  badge?: ComponentType;
}

/** Screens that belong together stand in one group; a line parts the groups. */
export const navigation: readonly (readonly NavigationItem[])[] = [
  [
    { to: "/", label: "Overview", icon: LayoutDashboard },
    { to: "/members", label: "Members", icon: Users, count: allMembers },
    { to: "/roles", label: "Roles", icon: Shield, count: ({ roles }) => roles },
    { to: "/timeline", label: "Timeline", icon: ChartNoAxesGantt },
    { to: "/simulator", label: "Simulator", icon: FlaskConical },
    { to: "/tests", label: "Tests", icon: ListChecks, badge: FailingTests },
  ],
  [
    { to: "/history", label: "History", icon: History },
    { to: "/settings/connections", label: "Connections", icon: Unplug },
    { to: "/settings", label: "Settings", icon: Settings, exact: true },
  ],
];

function allMembers({ users, identities, groups }: Counts): number {
  return users + identities + groups;
}
