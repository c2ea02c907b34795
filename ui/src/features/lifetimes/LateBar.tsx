import { Link } from "@tanstack/react-router";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import type { ScheduledView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { NoticeBar } from "../../components/noticebar/NoticeBar";
import { formatQuantity } from "../../lib/numbers";
import { formatInstant } from "../../lib/time";
import { sayDone, sayFailed } from "./saying";
import styles from "./late.module.css";

/** Says that grants have missed their start, which nobody gives without being asked. */
export function LateBar() {
  const [isOpen, setOpen] = useState(false);
  const { data } = useRpc("scheduled_grants", {});
  const late = (data?.grants ?? []).filter(({ standing }) => standing !== "waiting");
  if (late.length === 0) return null;
  return (
    <>
      <NoticeBar
        icon={CalendarClock}
        action={
          <Button size="small" onPress={() => setOpen(true)}>
            Decide…
          </Button>
        }
      >
        {formatQuantity(late.length, "scheduled grant")} did not begin in time: Reeve was not
        running, or something was in the way.
      </NoticeBar>
      <Dialog
        title="These should have begun"
        description="Nothing was given without asking. Each would end when it was planned to end, however late it begins."
        isOpen={isOpen}
        onOpenChange={setOpen}
        width="wide"
        footer={
          <Button variant="ghost" onPress={() => setOpen(false)}>
            Decide later
          </Button>
        }
      >
        <ul className={styles.list}>
          {late.map((grant) => (
            <li key={grant.id} className={styles.grant}>
              <Late grant={grant} onLeave={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

function Late({ grant, onLeave }: { grant: ScheduledView; onLeave: () => void }) {
  const { id, member, title, what, startsAt, endsAt, standing, trouble, reason } = grant;
  const [isBusy, setBusy] = useState(false);
  const act = async (command: "start_scheduled" | "cancel_scheduled") => {
    setBusy(true);
    try {
      sayDone(await rpc(command, { scheduled: id }));
    } catch (thrown) {
      sayFailed(thrown);
    }
    setBusy(false);
  };
  return (
    <>
      <Avatar name={member.name} kind={member.kind} />
      <div className={styles.words}>
        <p>
          <span className={what === "privilege" ? "mono" : undefined}>{title}</span>
          <span className="muted"> for </span>
          {member.name}
        </p>
        <p className={styles.when}>
          should have begun {formatInstant(Date.parse(startsAt))}
          {endsAt === null
            ? ", permanent from then on"
            : `, ends ${formatInstant(Date.parse(endsAt))}`}
          {reason !== "" && ` · ${reason}`}
        </p>
        {trouble !== null && <p className={styles.trouble}>{trouble}</p>}
        {standing === "missed" && (
          <p className={styles.trouble}>
            Its planned end has passed as well: choose another time, or give it up.
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {standing === "late" && (
          <Button
            size="small"
            variant="primary"
            isPending={isBusy}
            aria-label={`Give ${title} to ${member.name} now`}
            onPress={() => void act("start_scheduled")}
          >
            Give now
          </Button>
        )}
        {what === "privilege" && (
          <Link
            to="/members/$member/scheduled/$scheduled"
            params={{ member: member.id, scheduled: id }}
            className={styles.link}
            onClick={onLeave}
          >
            Another time…
          </Link>
        )}
        <Button
          size="small"
          variant="ghost"
          isDisabled={isBusy}
          aria-label={`Give up ${title} for ${member.name}`}
          onPress={() => void act("cancel_scheduled")}
        >
          Give up
        </Button>
      </div>
    </>
  );
}
