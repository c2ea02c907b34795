import { useNavigate } from "@tanstack/react-router";
import { CalendarClock, Ellipsis, KeyRound, Pencil, Play, Shield, X } from "lucide-react";
import type { ScheduledView } from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { asRpcError } from "../../api/error";
import { IconButton } from "../../components/button/IconButton";
import { Card } from "../../components/card/Card";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { Menu } from "../../components/menu/Menu";
import { RuleInWords } from "../../components/rule/RuleInWords";
import { Timed } from "../../components/timed/Timed";
import { errorToast } from "../../components/toast/toasts";
import { classes } from "../../lib/classes";
import { formatInstant } from "../../lib/time";
import { sayDone } from "./sayDone";
import styles from "./MemberScreen.module.css";

/** What the member shall get later. It waits here, because a server would give it at once. */
export function ScheduledCard({ scheduled }: { scheduled: readonly ScheduledView[] }) {
  if (scheduled.length === 0) return null;
  return (
    <Card
      title="Scheduled"
      count={scheduled.length}
      aside="Kept in Reeve and given at their start, while Reeve runs"
    >
      {scheduled.map((grant) => (
        <ScheduledRow key={grant.id} grant={grant} />
      ))}
    </Card>
  );
}

function ScheduledRow({ grant }: { grant: ScheduledView }) {
  const { title, what, startsAt, endsAt, range, standing, trouble, rules, reason } = grant;
  const Icon = what === "role" ? Shield : KeyRound;
  return (
    <Disclosure
      summary={
        <>
          <Icon size={14} strokeWidth={1.75} className={styles.icon} aria-hidden="true" />
          <span className={classes(what === "privilege" && "mono", "truncate", styles.name)}>
            {title}
          </span>
          <span className={styles.reason}>{trouble ?? reason}</span>
          <span className={styles.begins}>
            <CalendarClock size={12} aria-hidden="true" />
            {standing === "waiting" ? (
              <>
                begins <Timed end={startsAt} look="text" />
              </>
            ) : (
              "did not begin in time"
            )}
          </span>
        </>
      }
      actions={<Acts grant={grant} />}
    >
      {rules.length > 0 && (
        <ul className={styles.policies}>
          {rules.map((rule, place) => (
            <li key={place}>
              <RuleInWords rule={rule} />
            </li>
          ))}
        </ul>
      )}
      <dl className={styles.facts}>
        <dt>Begins</dt>
        <dd>{formatInstant(Date.parse(startsAt))}</dd>
        <dt>Ends</dt>
        <dd>
          {endsAt === null ? "never: permanent from then on" : formatInstant(Date.parse(endsAt))}
          {range !== null && (
            <span className="muted">
              {" "}
              · for <span className="mono">{range}</span>
            </span>
          )}
        </dd>
        <dt>Reason</dt>
        <dd className={reason === "" ? "faint" : undefined}>
          {reason === "" ? "none given" : reason}
        </dd>
        {trouble !== null && (
          <>
            <dt>In the way</dt>
            <dd>{trouble}</dd>
          </>
        )}
      </dl>
    </Disclosure>
  );
}

function Acts({ grant: { id, title, what, standing, member } }: { grant: ScheduledView }) {
  const navigate = useNavigate();
  const act = (command: "start_scheduled" | "cancel_scheduled") => {
    rpc(command, { scheduled: id }).then(sayDone, (thrown: unknown) => {
      const { message, hint } = asRpcError(thrown);
      errorToast(`${message} ${hint}`);
    });
  };
  return (
    <Menu
      label={`Acts on ${title}`}
      trigger={<IconButton icon={Ellipsis} label={`Acts on ${title}`} size="small" />}
      entries={[
        {
          id: "edit",
          label: "Edit…",
          icon: Pencil,
          isDisabled: what === "role",
          ...(what === "role" && { description: "Cancel it and schedule the role again" }),
          onAction: () =>
            void navigate({
              to: "/members/$member/scheduled/$scheduled",
              params: { member: member.id, scheduled: id },
              state: { openedFrom: `/members/${member.id}` },
            }),
        },
        {
          id: "start",
          label: "Give now",
          description: "It ends when it was planned to end",
          icon: Play,
          isDisabled: standing === "missed",
          onAction: () => act("start_scheduled"),
        },
        "separator",
        {
          id: "cancel",
          label: "Cancel",
          icon: X,
          tone: "danger",
          onAction: () => act("cancel_scheduled"),
        },
      ]}
    />
  );
}
