import { useRpc } from "../../api/queries";
import { formatCount, formatQuantity } from "../../lib/numbers";

/** How many tests fail now, for the navigation: nothing without tests, a tick while all pass. */
export function FailingTests() {
  const { data } = useRpc("access_tests", {});
  if (!data || data.tests.length === 0) return null;
  const { failed, tests } = data;
  return failed === 0 ? (
    <span title={`All ${formatQuantity(tests.length, "test")} pass`}>
      {formatCount(tests.length)} ✓<span className="visually-hidden"> pass</span>
    </span>
  ) : (
    <span title={`${formatQuantity(failed, "test")} of ${tests.length} fail`}>
      {formatCount(failed)} ✕<span className="visually-hidden"> fail</span>
    </span>
  );
}
