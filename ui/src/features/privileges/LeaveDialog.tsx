import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import type { Leaving } from "./useLeaving";

/** Asks before something written is thrown away. */
export function LeaveDialog({ leaving, name }: { leaving: Leaving; name: string }) {
  return (
    <Dialog
      kind="alert"
      width="narrow"
      title="Discard this privilege?"
      description={`What you wrote for ${name} was not saved.`}
      isOpen={leaving.isAsking}
      onOpenChange={(isOpen) => {
        if (!isOpen) leaving.stay();
      }}
      footer={
        <>
          <Button variant="secondary" autoFocus onPress={leaving.stay}>
            Keep writing
          </Button>
          <Button variant="danger" onPress={leaving.discard}>
            Discard
          </Button>
        </>
      }
    />
  );
}
