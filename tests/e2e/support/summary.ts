/** Ends a run with one plain line: how many passed and how many failed. */
import type { FullResult, Reporter, TestCase } from "@playwright/test/reporter";

export default class Summary implements Reporter {
  private readonly tests = new Set<TestCase>();
  private broken = false;

  onTestEnd(test: TestCase): void {
    this.tests.add(test);
  }

  /** Something failed outside of any test, such as a file that does not load. */
  onError(): void {
    this.broken = true;
  }

  onEnd({ status }: FullResult): void {
    const outcomes = [...this.tests].map((test) => test.outcome());
    const passed = outcomes.filter((outcome) => outcome === "expected").length;
    const skipped = outcomes.filter((outcome) => outcome === "skipped").length;
    const failed = outcomes.length - passed - skipped;
    if (skipped > 0) console.log(`${skipped} skipped`);
    if (this.broken) console.log("The run itself failed");
    else if (status === "interrupted" || status === "timedout")
      console.log(`The run was ${status}`);
    console.log(`${passed} passed, ${failed} failed`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
