import { useEffect } from "react";
import { rpc } from "../../api/rpc";
import { askLifetime, currentlyAsked, type LifetimeAsked } from "../../components/lifetime/asked";
import { errorToast } from "../../components/toast/toasts";
import { isImmediate, requestOf, startingForm } from "./acts";
import { LifetimeDialog } from "./LifetimeDialog";
import { sayDone, sayFailed } from "./saying";

/** Sees to an act that was asked for: at once where nothing is to be chosen, else in a dialog. */
export default function LifetimeHost({ asked }: { asked: LifetimeAsked }) {
  const immediate = isImmediate(asked);
  useEffect(() => {
    if (!immediate || currentlyAsked() !== asked) return;
    askLifetime(null);
    void perform(asked);
  }, [asked, immediate]);

  if (immediate) return null;
  return <LifetimeDialog asked={asked} onClose={() => askLifetime(null)} />;
}

async function perform(asked: LifetimeAsked): Promise<void> {
  try {
    const answer = await rpc("change_lifetime", requestOf(asked, startingForm(asked)));
    if (answer.outcome === "done") {
      asked.onDone?.();
      sayDone(answer.done);
      return;
    }
    const { passedOver, gone } = answer.preview;
    const reason = passedOver[0]?.reason ?? "";
    errorToast(gone > 0 ? `${asked.title} does not exist any more.` : `${asked.title}: ${reason}`);
  } catch (thrown) {
    sayFailed(thrown);
  }
}
