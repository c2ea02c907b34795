import WelcomeScreen from "../features/remote/WelcomeScreen";
import { useWorkspaceDeeds } from "../features/workspace/useWorkspaceDeeds";

/** The first start: the ways that the workspace feature knows, and the way to a server. */
export default function Welcome() {
  const deeds = useWorkspaceDeeds();
  const run = (id: string) => () => deeds.find((deed) => deed.id === id)?.onAction();
  return (
    <WelcomeScreen
      onSample={run("workspace:sample")}
      onNew={run("workspace:new")}
      onOpen={run("workspace:open")}
    />
  );
}
