import type { LinkView } from "../../api/generated/commands";
import { useTimedText } from "../../components/timed/useTimedText";
import { ago, formatInstant } from "../../lib/time";

/** How old the data of a linked project is. */
export function Age({ link }: { link: LinkView }) {
  const at = link.lastPull ? Date.parse(link.lastPull.at) : null;
  if (at === null) return <span>Not pulled yet</span>;
  return (
    <span title={formatInstant(at)}>
      Pulled <Text at={at} />
    </span>
  );
}

function Text({ at }: { at: number }) {
  return useTimedText((now) => ago(at, now));
}
