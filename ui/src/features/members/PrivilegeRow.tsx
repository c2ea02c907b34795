import { useNavigate } from "@tanstack/react-router";
import { CopyPlus, Ellipsis, FlaskConical, KeyRound, Lock, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { PrivilegeView } from "../../api/generated/commands";
import { useDeed } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { IconButton } from "../../components/button/IconButton";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { useIsLocal } from "../../api/useIsLocal";
import { Menu } from "../../components/menu/Menu";
import { lifetimeEntries } from "../../components/lifetime/lifetimeMenu";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { RuleInWords } from "../../components/rule/RuleInWords";
import { Standing } from "../../components/standing/Standing";
import { Ago } from "../../components/timed/Timed";
import { errorToast, toast } from "../../components/toast/toasts";
import { classes } from "../../lib/classes";
import { formatInstant } from "../../lib/time";
import { formatQuantity } from "../../lib/numbers";
import { askedPlace } from "./askedPlace";
import { DuplicateDialog } from "./DuplicateDialog";
import styles from "./MemberScreen.module.css";

export interface PrivilegeRowProps {
  privilege: PrivilegeView;
  /** The id of the member that has it. */
  member: string;
  /** Called when its removal was asked for. */
  onRemove: () => void;
}

/** The id of the button that opens the row of a privilege. */
export function privilegeButton(privilege: string): string {
  return `privilege-${privilege}`;
}

/** An additional privilege: its name and how long it counts; open, its policies and why it is there. */
export function PrivilegeRow({ privilege, member, onRemove }: PrivilegeRowProps) {
  const [isDuplicating, setDuplicating] = useState(false);
  const isLocal = useIsLocal();
  const acts = usePrivilegeActs(privilege, member, onRemove, () => setDuplicating(true));
  const { id, slug, standing, rules, reason, managed } = privilege;
  const over = standing.state === "ended" || standing.state === "neverActive";
  return (
    <>
      {isDuplicating && (
        <DuplicateDialog privilege={id} slug={slug} onClose={() => setDuplicating(false)} />
      )}
      <Disclosure
        buttonId={privilegeButton(id)}
        summary={
          <>
            <KeyRound size={14} strokeWidth={1.75} className={styles.icon} aria-hidden="true" />
            <span
              className={classes("mono", "truncate", styles.name, over && styles.overTitle)}
              title={slug}
            >
              {slug}
            </span>
            <span className={styles.rules}>
              {formatQuantity(rules.length, "policy", "policies")}
            </span>
            <span className={styles.reason}>{reason}</span>
            {managed ? (
              <Chip
                icon={Lock}
                title="Granted by an access request, so it can be neither edited nor removed here"
              >
                Managed
              </Chip>
            ) : (
              <span className={styles.source}>direct</span>
            )}
            <span className={styles.standing}>
              <Standing standing={standing} />
            </span>
          </>
        }
        actions={
          <Menu
            label={`Acts on ${slug}`}
            trigger={<IconButton icon={Ellipsis} label={`Acts on ${slug}`} size="small" />}
            entries={[
              ...(isLocal ? acts.writing : []),
              {
                id: "simulate",
                label: "Simulate with this",
                icon: FlaskConical,
                onAction: acts.simulate,
              },
              ...(isLocal ? acts.ending : []),
            ]}
          />
        }
      >
        {rules.length === 0 ? (
          <p className="muted">It has no policies, so it allows and forbids nothing.</p>
        ) : (
          <ul className={styles.policies}>
            {rules.map((rule, place) => (
              <li key={place}>
                <RuleInWords rule={rule} />
              </li>
            ))}
          </ul>
        )}
        <Facts privilege={privilege} />
        <div className={styles.deeds}>
          {managed ? (
            <p className="muted">
              Granted by an access request, so it can be neither edited nor removed here. It ends
              with the request.
            </p>
          ) : (
            isLocal && (
              <Button size="small" icon={Pencil} onPress={acts.edit}>
                Edit
              </Button>
            )
          )}
          <Button size="small" icon={FlaskConical} onPress={acts.simulate}>
            Simulate with this
          </Button>
          {!managed && isLocal && (
            <Button size="small" variant="ghost" icon={Trash2} onPress={acts.remove}>
              Remove
            </Button>
          )}
        </div>
      </Disclosure>
    </>
  );
}

function Facts({ privilege }: { privilege: PrivilegeView }) {
  const { standing, reason, ticket, createdAt } = privilege;
  const timed = standing.state === "active" || standing.state === "ended";
  return (
    <dl className={styles.facts}>
      {timed && (
        <>
          <dt>{standing.state === "active" ? "Ends" : "Ended"}</dt>
          <dd>
            {formatInstant(Date.parse(standing.end))}
            {standing.range !== null && (
              <span className="muted">
                {" "}
                · given for <span className="mono">{standing.range}</span>
              </span>
            )}
          </dd>
        </>
      )}
      <dt>Reason</dt>
      <dd className={reason === "" ? "faint" : undefined}>
        {reason === "" ? "none given" : reason}
      </dd>
      {ticket !== "" && (
        <>
          <dt>Ticket</dt>
          <dd className="mono">{ticket}</dd>
        </>
      )}
      <dt>Created</dt>
      <dd>
        <Ago at={createdAt} />{" "}
        <span className="muted">· {formatInstant(Date.parse(createdAt))}</span>
      </dd>
    </dl>
  );
}

function usePrivilegeActs(
  privilege: PrivilegeView,
  member: string,
  onRemove: () => void,
  onDuplicate: () => void,
) {
  const navigate = useNavigate();
  const removal = useDeed("remove_privilege");
  const undo = useDeed("undo");
  const fail = ({ message, hint }: { message: string; hint: string }) =>
    errorToast(hint === "" ? message : `${message}. ${hint}`);

  const { id, slug, standing, managed } = privilege;
  const isManaged = managed && { isDisabled: true, description: "Granted by an access request" };
  const edit = () =>
    void navigate({
      to: "/members/$member/privileges/$privilege",
      params: { member, privilege: id },
      state: { openedFrom: `/members/${member}` },
    });
  const writing: MenuEntry[] = [
    {
      id: "edit",
      label: "Edit…",
      icon: Pencil,
      onAction: edit,
      ...isManaged,
    },
    {
      id: "duplicate",
      label: "Duplicate to another member…",
      icon: CopyPlus,
      onAction: onDuplicate,
    },
  ];
  const remove = () => {
    onRemove();
    removal.mutate(
      { privilege: privilege.id },
      {
        onSuccess: ({ sentence, history }) =>
          // The row is gone by then, so what comes of it is heard here and not by the row.
          toast(sentence, { undo: () => void undo.mutateAsync({ history }).catch(fail) }),
        onError: fail,
      },
    );
  };
  return {
    edit,
    writing,
    ending: [
      "separator",
      ...lifetimeEntries({ what: "privilege", id, title: slug, standing, managed }).filter(
        (entry) => entry === "separator" || entry.id !== "remove",
      ),
      "separator",
      {
        id: "remove",
        label: "Remove",
        icon: Trash2,
        tone: "danger",
        onAction: remove,
        ...isManaged,
      },
    ] satisfies MenuEntry[],
    simulate: () =>
      void navigate({ to: "/simulator", search: { member, ...askedPlace(privilege.rules) } }),
    remove,
  };
}
