import { useState } from "react";
import { useDeed, useRpc } from "../../api/queries";
import { useIsLocal } from "../../api/useIsLocal";
import type {
  EditView,
  OutcomeKind,
  SimulateRequest,
  StepView,
} from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { CodeText } from "../../components/text/CodeText";
import { errorToast, toast } from "../../components/toast/toasts";
import { formatQuantity } from "../../lib/numbers";
import { Changes } from "./Changes";
import { useOpenEdit } from "./useOpenEdit";
import { outcomeWords } from "./words";
import answerStyles from "./answer.module.css";
import styles from "./edits.module.css";

/** How many differences of an edit are shown before the rest is asked for. */
const SHOWN = 3;

/** The smallest edits that would turn the answer round, each with everything else it changes. */
export function WhatWouldChange({ request }: { request: SimulateRequest }) {
  const isLocal = useIsLocal();
  const answer = useRpc("what_would_change", request, { keepPrevious: true });
  const { data } = answer;
  if (answer.error) return null;
  if (!data) {
    return (
      <Card title="What would change it">
        <p className={answerStyles.nothing}>Being worked out…</p>
      </Card>
    );
  }
  if (data.stops === null) return null;
  const title = data.stops ? "What would stop it" : "What would allow it";
  return (
    <Card
      title={title}
      actions={<KeepAsTest request={request} expect={data.stops ? "denied" : "allowed"} />}
      aside={data.edits.length > 0 ? (isLocal ? EFFECTS : ON_SERVER) : undefined}
    >
      {data.edits.length === 0 ? (
        <p className={answerStyles.nothing}>
          No small edit does: what decides comes from roles that the server defines, or is not
          stored here.
        </p>
      ) : (
        <ol className={styles.edits}>
          {data.edits.map((edit, index) => (
            <li key={index}>
              <Edit edit={edit} number={index + 1} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

/** Keeps what is wanted as a test: it fails until one of the edits is made. */
function KeepAsTest({ request, expect }: { request: SimulateRequest; expect: OutcomeKind }) {
  const save = useDeed("save_test");
  const remove = useDeed("remove_test");
  const run = () =>
    save.mutate(
      { name: "", question: request, expect },
      {
        onSuccess: ({ id }) =>
          toast(`Saved as a test that expects: ${outcomeWords(expect)}. It fails until then.`, {
            undo: () => remove.mutate({ id }),
          }),
        onError: ({ message }) => errorToast(message),
      },
    );
  return (
    <Button size="small" variant="ghost" onPress={run} isDisabled={save.isPending}>
      Test that it is {outcomeWords(expect)}
    </Button>
  );
}

const EFFECTS = "each with everything it changes for them";
const ON_SERVER = "to be made on the server: this project is linked";

/** What the button says that opens where a step is done; null if there is nothing to open. */
function opens({ at }: StepView, isLocal: boolean): string | null {
  switch (at.kind) {
    case "role":
    case "privilege":
      return isLocal ? "Edit…" : null;
    case "newPrivilege":
      return isLocal ? "Add…" : null;
    case "endPrivilege":
      return isLocal ? "End now…" : "Show";
    case "leaveGroup":
      return isLocal ? "Remove from group…" : "Show";
    case "takeRole":
      if (!isLocal) return "Show";
      return at.refusal === null ? "Take away…" : "Add another role…";
  }
}

function Edit({ edit, number }: { edit: EditView; number: number }) {
  const { steps, changes, more, exhaustive } = edit;
  const [isOpen, setOpen] = useState(false);
  const hidden = changes.length - SHOWN + more;
  return (
    <div className={styles.edit}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.editBody}>
        {steps.map((step, index) => (
          <Step key={index} step={step} />
        ))}
        <Changes changes={isOpen ? changes : changes.slice(0, SHOWN)} />
        {hidden > 0 && !isOpen && (
          <button type="button" className={styles.moreButton} onClick={() => setOpen(true)}>
            and {formatQuantity(hidden, "more difference")}
          </button>
        )}
        {isOpen && more > 0 && <p className="faint">and {more} more</p>}
        {!exhaustive && <p className="faint">Not every request could be looked at.</p>}
      </div>
    </div>
  );
}

function Step({ step }: { step: StepView }) {
  const open = useOpenEdit();
  const isLocal = useIsLocal();
  const { words, at, others } = step;
  const label = opens(step, isLocal);
  const holders = at.kind === "takeRole" ? "of the group" : "of the role";
  return (
    <div className={styles.step}>
      <div>
        <p>
          <CodeText text={words} />
          {others > 0 && (
            <span className="faint">
              {" "}
              · {formatQuantity(
                others,
                at.kind === "takeRole" ? "other member" : "other holder",
              )}{" "}
              {holders}
            </span>
          )}
        </p>
        {at.kind === "takeRole" && at.refusal !== null && (
          <p className={styles.refusal}>{at.refusal}</p>
        )}
      </div>
      {label !== null && (
        <Button size="small" onPress={() => open(at)}>
          {label}
        </Button>
      )}
    </div>
  );
}
