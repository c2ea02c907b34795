import { useNavigate } from "@tanstack/react-router";
import { Check, X } from "lucide-react";
import { useDeed } from "../../api/queries";
import type { AccessTestView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { CodeText } from "../../components/text/CodeText";
import { errorToast, toast } from "../../components/toast/toasts";
import { classes } from "../../lib/classes";
import { Sentence } from "./Sentence";
import { addressOf, questionOfRequest } from "./search";
import { WhyCard } from "./WhyCard";
import { outcomeWords } from "./words";
import signs from "./signs.module.css";
import styles from "./tests.module.css";

/** A test on one line; it opens to the answer and its trace. A failing one stands open. */
export function TestRow({ test }: { test: AccessTestView }) {
  const { id, name, who, what, place, expect, passed, question, verdict, problem } = test;
  const navigate = useNavigate();
  const remove = useDeed("remove_test");
  const expectNow = useDeed("expect_of_test");
  const save = useDeed("save_test");
  const failure = ({ message }: { message: string }) => errorToast(message);
  const Icon = passed ? Check : X;
  return (
    <Disclosure
      startsOpen={!passed}
      className={styles.test}
      summary={
        <>
          <Icon
            size={15}
            strokeWidth={2.25}
            className={passed ? signs.yes : signs.no}
            aria-hidden="true"
          />
          <span className="visually-hidden">{passed ? "passes: " : "fails: "}</span>
          <span className={styles.testWords}>
            {name !== "" && <b className="strong">{name}</b>}
            <span className={classes(name !== "" && "muted")}>
              {who} · {what} {place !== "" && <span className="mono">{place}</span>}
            </span>
          </span>
          {expect !== null && <Chip tone="neutral">expects: {outcomeWords(expect)}</Chip>}
        </>
      }
    >
      <div className={styles.testBody}>
        {problem !== null && (
          <p>
            It cannot be asked: <CodeText text={problem} />.
          </p>
        )}
        {verdict && (
          <p>
            {!passed && <b className="strong">It is {outcomeWords(verdict.outcome)}. </b>}
            <Sentence parts={verdict.sentence} actor={verdict.name} isWhole />
          </p>
        )}
        <div className={styles.testActs}>
          {question && (
            <Button
              size="small"
              onPress={() =>
                void navigate({
                  to: "/simulator",
                  search: addressOf(questionOfRequest(question), "check"),
                })
              }
            >
              Open in the simulator
            </Button>
          )}
          {verdict && !passed && (
            <Button
              size="small"
              onPress={() =>
                expectNow.mutate({ id, expect: verdict.outcome }, { onError: failure })
              }
            >
              Expect {outcomeWords(verdict.outcome)} from now on
            </Button>
          )}
          <Button
            size="small"
            variant="ghost"
            onPress={() =>
              remove.mutate(
                { id },
                {
                  onSuccess: () =>
                    toast("Removed the test", {
                      ...(question && expect
                        ? { undo: () => save.mutate({ name, question, expect }) }
                        : {}),
                    }),
                  onError: failure,
                },
              )
            }
          >
            Remove
          </Button>
        </div>
        {verdict && <WhyCard verdict={verdict} />}
      </div>
    </Disclosure>
  );
}
