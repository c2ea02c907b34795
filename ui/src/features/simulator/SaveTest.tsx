import { useNavigate } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useDeed } from "../../api/queries";
import type { SimulateRequest, Verdict } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Kbd } from "../../components/kbd/Kbd";
import { useShortcut } from "../../components/shortcut/shortcuts";
import { errorToast, toast } from "../../components/toast/toasts";
import { outcomeWords } from "./words";

const KEYS = "Ctrl+T";

/** Keeps a check as a test that expects the answer it has now. */
export function SaveTest({ request, verdict }: { request: SimulateRequest; verdict: Verdict }) {
  const save = useDeed("save_test");
  const remove = useDeed("remove_test");
  const navigate = useNavigate();
  const run = () =>
    save.mutate(
      { name: "", question: request, expect: verdict.outcome },
      {
        onSuccess: ({ id }) => {
          toast(`Saved as a test that expects: ${outcomeWords(verdict.outcome)}`, {
            undo: () => remove.mutate({ id }),
          });
        },
        onError: ({ message }) =>
          errorToast(message, {
            label: "Tests",
            onAction: () => void navigate({ to: "/tests" }),
          }),
      },
    );
  useShortcut(KEYS, run, { label: "Save the check as a test", isDisabled: save.isPending });
  return (
    <Button icon={ListChecks} onPress={run} isDisabled={save.isPending}>
      Save as test <Kbd keys={KEYS} />
    </Button>
  );
}
