import { Link } from "@tanstack/react-router";
import { ClockAlert } from "lucide-react";
import { asRpcError } from "../../api/error";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { NoticeBar } from "../../components/noticebar/NoticeBar";
import { errorToast } from "../../components/toast/toasts";
import { formatCount } from "../../lib/numbers";
import { formatInstant, formatSpan } from "../../lib/time";

/** Says that the clock was set back, for what had ended counts again by it. */
export default function ClockBar() {
  const { data } = useRpc("clock_notice", {});
  const setBack = data?.setBack;
  if (!setBack) return null;
  const { from, now, again } = setBack;
  const reached = Date.parse(from);
  return (
    <NoticeBar
      icon={ClockAlert}
      action={
        <Button size="small" variant="ghost" onPress={() => void dismiss()}>
          Dismiss
        </Button>
      }
    >
      The clock was set back by {formatSpan(reached - Date.parse(now))}: it had reached{" "}
      {formatInstant(reached)}. What is shown as active is so by the present clock.{" "}
      {again > 0 && (
        <Link to="/timeline" search={{ range: "custom", from: now, to: from, view: "expiring" }}>
          {again === 1
            ? "1 grant that had ended counts again"
            : `${formatCount(again)} grants that had ended count again`}
        </Link>
      )}
      {again > 0 &&
        (again === 1 ? " until its end comes once more." : " until their ends come once more.")}
    </NoticeBar>
  );
}

async function dismiss(): Promise<void> {
  try {
    await rpc("dismiss_clock_notice", {});
  } catch (thrown) {
    errorToast(asRpcError(thrown).message);
  }
}
