import { useRouter } from "@tanstack/react-router";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { isMac } from "../../lib/keys";

/** A browser's keys for the way back and forward, which a desktop window does not have by itself. */
export function useBackAndForward(): void {
  const { history } = useRouter();
  const [back, forward] = isMac() ? ["Ctrl+[", "Ctrl+]"] : ["Alt+ArrowLeft", "Alt+ArrowRight"];
  useShortcut(back, () => history.back(), { label: "Back", group: "Everywhere" });
  useShortcut(forward, () => history.forward(), { label: "Forward", group: "Everywhere" });
}
