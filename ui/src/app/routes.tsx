/**
 * Which address shows which screen. The address lies behind the `#`, so that it works under
 * tauri://localhost as well as under a loopback server. Filters are part of it. Each screen is a
 * file of its own in the build and is read when it is first shown.
 */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { readHistorySearch } from "../features/history/search";
import { readMemberSearch, readMembersSearch, type MemberSearch } from "../features/members/search";
import { readAddPrivilegeSearch, readEditPrivilegeSearch } from "../features/privileges/search";
import { readSimulatorSearch, type SimulatorSearch } from "../features/simulator/search";
import { readTimelineSearch } from "../features/timeline/search";
import { Frame } from "./Frame";
import { BrokenScreen, NoSuchScreen } from "./shell/Fallbacks";

const root = createRootRoute();

/** Everything inside the window's frame. */
const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  component: Frame,
  notFoundComponent: NoSuchScreen,
});

const overview = createRoute({
  getParentRoute: () => frame,
  path: "/",
  component: lazyRouteComponent(
    () => import("../features/overview/OverviewScreen"),
    "OverviewScreen",
  ),
});

const members = createRoute({
  getParentRoute: () => frame,
  path: "/members",
  validateSearch: readMembersSearch,
  component: lazyRouteComponent(() => import("./MembersRoute"), "MembersRoute"),
});

const member = createRoute({
  getParentRoute: () => frame,
  path: "/members/$member",
  validateSearch: (
    search: Record<string, unknown>,
  ): MemberSearch & { question?: SimulatorSearch } => ({
    ...readMemberSearch(search),
    ...(typeof search.question === "object" &&
      search.question !== null && {
        question: readSimulatorSearch(search.question as Record<string, unknown>),
      }),
  }),
  component: lazyRouteComponent(() => import("./MemberRoute"), "MemberRoute"),
});

const addPrivilege = createRoute({
  getParentRoute: () => frame,
  path: "/members/$member/privileges/new",
  validateSearch: readAddPrivilegeSearch,
  component: lazyRouteComponent(
    () => import("../features/privileges/AddPrivilegeScreen"),
    "AddPrivilegeScreen",
  ),
});

const roles = createRoute({
  getParentRoute: () => frame,
  path: "/roles",
  component: lazyRouteComponent(() => import("../features/roles/RolesScreen"), "RolesScreen"),
});

const role = createRoute({
  getParentRoute: () => frame,
  path: "/roles/$role",
  component: lazyRouteComponent(() => import("../features/roles/RoleScreen"), "RoleScreen"),
});

const addToMany = createRoute({
  getParentRoute: () => frame,
  path: "/members/add-privilege",
  component: lazyRouteComponent(
    () => import("../features/privileges/AddPrivilegeScreen"),
    "AddToManyScreen",
  ),
});

const editPrivilege = createRoute({
  getParentRoute: () => frame,
  path: "/members/$member/privileges/$privilege",
  validateSearch: readEditPrivilegeSearch,
  component: lazyRouteComponent(
    () => import("../features/privileges/EditPrivilegeScreen"),
    "EditPrivilegeScreen",
  ),
});

const editScheduled = createRoute({
  getParentRoute: () => frame,
  path: "/members/$member/scheduled/$scheduled",
  component: lazyRouteComponent(
    () => import("../features/privileges/EditPrivilegeScreen"),
    "EditScheduledScreen",
  ),
});

const simulator = createRoute({
  getParentRoute: () => frame,
  path: "/simulator",
  validateSearch: readSimulatorSearch,
  component: lazyRouteComponent(
    () => import("../features/simulator/SimulatorScreen"),
    "SimulatorScreen",
  ),
});

const tests = createRoute({
  getParentRoute: () => frame,
  path: "/tests",
  component: lazyRouteComponent(() => import("../features/simulator/TestsScreen"), "TestsScreen"),
});

const timeline = createRoute({
  getParentRoute: () => frame,
  path: "/timeline",
  validateSearch: readTimelineSearch,
  component: lazyRouteComponent(
    () => import("../features/timeline/TimelineScreen"),
    "TimelineScreen",
  ),
});

const history = createRoute({
  getParentRoute: () => frame,
  path: "/history",
  validateSearch: readHistorySearch,
  component: lazyRouteComponent(() => import("../features/history/HistoryScreen"), "HistoryScreen"),
});

const connections = createRoute({
  getParentRoute: () => frame,
  path: "/settings/connections",
  component: lazyRouteComponent(
    () => import("../features/remote/ConnectionsScreen"),
    "ConnectionsScreen",
  ),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: lazyRouteComponent(
    () => import("../features/settings/SettingsScreen"),
    "SettingsScreen",
  ),
});

const sameGrants = createRoute({
  getParentRoute: () => frame,
  path: "/same-grants",
  component: lazyRouteComponent(
    () => import("../features/sameGrants/SameGrantsScreen"),
    "SameGrantsScreen",
  ),
});

/** Any other address, so that the frame stays around the word that there is nothing. */
const nowhere = createRoute({
  getParentRoute: () => frame,
  path: "$",
  component: NoSuchScreen,
});

/** To look at the components. It is not part of a build. */
const gallery = () =>
  createRoute({
    getParentRoute: () => root,
    path: "/gallery",
    component: lazyRouteComponent(() => import("./gallery/Gallery"), "Gallery"),
  });

const screens = frame.addChildren([
  overview,
  members,
  member,
  addPrivilege,
  addToMany,
  editPrivilege,
  editScheduled,
  roles,
  role,
  simulator,
  tests,
  timeline,
  history,
  connections,
  sameGrants,
  settings,
  nowhere,
]);

export const router = createRouter({
  routeTree: root.addChildren(import.meta.env.DEV ? [screens, gallery()] : [screens]),
  history: createHashHistory(),
  defaultErrorComponent: BrokenScreen,
  defaultNotFoundComponent: NoSuchScreen,
  // Lists remember their own places; the window itself never scrolls.
  scrollRestoration: false,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
