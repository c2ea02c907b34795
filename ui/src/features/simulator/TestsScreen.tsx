import { useNavigate } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useRef } from "react";
import { saveText } from "../../api/files";
import { useDeed, useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import type { AccessTestView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import { formatQuantity } from "../../lib/numbers";
import { TestRow } from "./TestRow";
import screenStyles from "./screen.module.css";
import styles from "./tests.module.css";

/** Every test of access with what comes of it now. Runs again whenever something changes. */
export function TestsScreen() {
  const list = useRpc("access_tests", {});
  const navigate = useNavigate();
  const file = useRef<HTMLInputElement>(null);
  const add = useDeed("import_tests");
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    const text = await chosen.text();
    add.mutate(
      { text },
      {
        onSuccess: ({ added, problem }) =>
          problem === null
            ? toast(`Added ${formatQuantity(added, "test")} from ${chosen.name}`)
            : errorToast(`${chosen.name}: ${problem}`),
        onError: ({ message }) => errorToast(message),
      },
    );
  };
  const save = async () => {
    try {
      const { text } = await rpc("export_tests", {});
      const saved = await saveText("access.reeve.yaml", text);
      if (saved !== null) toast(`Saved ${saved}`);
    } catch (error) {
      errorToast(error instanceof Error ? error.message : "The file was not written");
    }
  };
  const tests = list.data?.tests ?? [];
  const failed = tests.filter(({ passed }) => !passed);
  const passed = tests.filter(({ passed: it }) => it);

  return (
    <Page scrolls>
      <PageHeader
        title="Tests"
        ruled
        count={list.data ? tests.length : undefined}
        actions={
          <>
            <input
              ref={file}
              type="file"
              accept=".yaml,.yml"
              hidden
              aria-label="File of tests"
              onChange={({ currentTarget }) => {
                void read(currentTarget.files?.[0]);
                currentTarget.value = "";
              }}
            />
            <Button onPress={() => file.current?.click()}>Add from file…</Button>
            <Button onPress={() => void save()} isDisabled={tests.length === 0}>
              Save to file…
            </Button>
          </>
        }
      />
      <div className={styles.tests}>
        {list.error ? (
          <ErrorState
            message={list.error.message}
            hint={list.error.hint}
            onRetry={() => void list.refetch()}
          />
        ) : !list.data ? (
          <SkeletonRows label="tests" rows={6} />
        ) : tests.length === 0 ? (
          <EmptyState
            icon={ListChecks}
            title="No tests yet"
            action={
              <Button onPress={() => void navigate({ to: "/simulator" })}>
                Open the simulator
              </Button>
            }
          >
            Save any check in the simulator as a test: it is asked again after every change, and
            here stands whether the answer is still the one you expect.
          </EmptyState>
        ) : (
          <>
            <p role="status" className={screenStyles.whoSentence}>
              {failed.length === 0
                ? passing(tests.length)
                : `${formatQuantity(failed.length, "test")} of ${tests.length} ${failed.length === 1 ? "fails" : "fail"}`}
            </p>
            <TestCard title="Failing" tests={failed} />
            <TestCard title="Passing" tests={passed} />
          </>
        )}
      </div>
    </Page>
  );
}

function TestCard({ title, tests }: { title: string; tests: readonly AccessTestView[] }) {
  if (tests.length === 0) return null;
  return (
    <Card title={title} count={tests.length}>
      {tests.map((test) => (
        <TestRow key={test.id} test={test} />
      ))}
    </Card>
  );
}

function passing(count: number): string {
  return count === 1 ? "The test passes" : `All ${formatQuantity(count, "test")} pass`;
}
