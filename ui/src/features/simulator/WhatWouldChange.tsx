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
import styles from "./simulator.module.css";

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
        <p className={styles.nothing}>Being worked out…</p>
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
        <p className={styles.nothing}>
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

const OPENS: Record<StepView["at"]["kind"], string> = {
  role: "Edit…",
  privilege: "Edit…",
  newPrivilege: "Add…",
  endPrivilege: "Show",
  takeRole: "Show",
};

function Edit({ edit, number }: { edit: EditView; number: number }) {
  const { steps, changes, more, exhaustive } = edit;
  const [isOpen, setOpen] = useState(false);
  const open = useOpenEdit();
  const isLocal = useIsLocal();
  const hidden = changes.length - SHOWN + more;
  return (
    <div className={styles.edit}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.editBody}>
        {steps.map((step, index) => (
          <div key={index} className={styles.step}>
            <p>
              <CodeText text={step.words} />
              {step.others > 0 && (
                <span className="faint">
                  {" "}
                  · {formatQuantity(step.others, "other holder")} of the role
                </span>
              )}
            </p>
            {(isLocal || OPENS[step.at.kind] === "Show") && (
              <Button size="small" onPress={() => open(step.at)}>
                {OPENS[step.at.kind]}
              </Button>
            )}
          </div>
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
