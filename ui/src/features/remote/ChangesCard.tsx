import { Link, useNavigate } from "@tanstack/react-router";
import { Clock3, History, Minus, Pencil, Plus, type LucideIcon } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { ChangeKind, ChangeLine } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Ago } from "../../components/timed/Timed";
import { formatCount } from "../../lib/numbers";
import styles from "./remote.module.css";

/** How many changes are listed; the history has them all. */
const SHOWN = 50;

const MARKS: Record<ChangeKind, { icon: LucideIcon; word: string; tone: string | undefined }> = {
  made: { icon: Plus, word: "New", tone: styles.made },
  changed: { icon: Pencil, word: "Changed", tone: undefined },
  removed: { icon: Minus, word: "Removed", tone: styles.removed },
  ended: { icon: Clock3, word: "Ended", tone: styles.over },
};

/** What the last pull found changed on the server. */
export function ChangesCard() {
  const navigate = useNavigate();
  const answer = useRpc("pull_changes", {});
  const changes = answer.data?.changes;
  if (!changes) return null;
  const { lines, inAll, summary, entry } = changes;
  const shown = lines.slice(0, SHOWN);
  const rest = inAll - shown.length;
  return (
    <Card
      title="Changed on the server"
      actions={
        entry !== null &&
        lines.length > 0 && (
          <Button
            size="small"
            icon={History}
            onPress={() => void navigate({ to: "/history", search: { entry } })}
          >
            Show in full
          </Button>
        )
      }
    >
      <p className={styles.summary}>
        {lines.length === 0 ? (
          <span className="muted">{summary}.</span>
        ) : (
          <strong>{summary}</strong>
        )}
      </p>
      {lines.length > 0 && (
        <ul>
          {shown.map((line, place) => (
            <Line key={place} line={line} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <p className={styles.rest}>and {formatCount(rest)} more, which the history has</p>
      )}
    </Card>
  );
}

function Line({ line }: { line: ChangeLine }) {
  const { icon: Icon, word, tone } = MARKS[line.how];
  return (
    <li className={styles.change}>
      <Icon size={14} className={tone} role="img" aria-label={word} />
      <span>
        {inStrong(line.sentence)}
        {line.ended !== null && (
          <span className="faint">
            {" "}
            <Ago at={line.ended} />
          </span>
        )}
      </span>
      <Target line={line} />
    </li>
  );
}

/** The way to what was changed, if it is there still. */
function Target({ line: { member, role, sentence } }: { line: ChangeLine }) {
  if (member !== null) {
    return (
      <Link to="/members/$member" params={{ member }} aria-label={`Show the member: ${sentence}`}>
        Show
      </Link>
    );
  }
  if (role !== null) {
    return (
      <Link to="/roles/$role" params={{ role }} aria-label={`Show the role: ${sentence}`}>
        Show
      </Link>
    );
  }
  return null;
}

/** Sets what stands between backticks apart. */
function inStrong(text: string): ReactNode {
  return text
    .split("`")
    .map((part, place) =>
      place % 2 === 1 ? (
        <strong key={place}>{part}</strong>
      ) : (
        <Fragment key={place}>{part}</Fragment>
      ),
    );
}
