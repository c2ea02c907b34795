import { Link } from "@tanstack/react-router";
import { Ellipsis, KeyRound, Plus, Shield, ShieldOff, Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import type { MemberDetail, RoleAssignmentView } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Button, buttonClass } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Card, CardRow } from "../../components/card/Card";
import { askLifetime } from "../../components/lifetime/asked";
import { lifetimeEntries } from "../../components/lifetime/lifetimeMenu";
import { Menu } from "../../components/menu/Menu";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { Standing } from "../../components/standing/Standing";
import { EmptyState } from "../../components/state/EmptyState";
import { classes } from "../../lib/classes";
import { formatQuantity } from "../../lib/numbers";
import type { AskedOfMember } from "./edit/MemberDialogs";
import { FolderAccessCard } from "./FolderAccessCard";
import { GroupMembers } from "./GroupMembers";
import { PrivilegeRow, privilegeButton } from "./PrivilegeRow";
import { ScheduledCard } from "./ScheduledCard";
import styles from "./MemberScreen.module.css";
import { useIsLocal } from "../../api/useIsLocal";

export interface AccessTabProps {
  member: MemberDetail;
  /** Opens the dialog of an act. */
  ask: (asked: AskedOfMember) => void;
}

/** Where the member's access comes from: its roles, and what it was given besides. */
export function AccessTab({ member, ask }: AccessTabProps) {
  const isGroup = member.kind === "group";
  return (
    <div className={styles.tab}>
      <div className={styles.cards}>
        <Roles member={member} ask={ask} />
        {isGroup ? <GroupMembers group={member} /> : <Privileges member={member} />}
        <FolderAccessCard grants={member.folderGrants} />
        <ScheduledCard scheduled={member.scheduled} />
        {isGroup && (
          <Card title="Additional Privileges">
            <p className={styles.note}>
              A group has roles only. Additional Privileges are given to one user or machine
              identity: open a member of this group to add them.
            </p>
          </Card>
        )}
      </div>
    </div>
  );
}

function Roles({ member, ask }: AccessTabProps) {
  const { name, roles } = member;
  const isLocal = useIsLocal();
  return (
    <Card
      title="Project Roles"
      count={roles.length}
      actions={
        isLocal && (
          <Button
            size="small"
            variant="ghost"
            icon={Plus}
            onPress={() => ask({ act: "giveRole", member })}
          >
            Add role
          </Button>
        )
      }
    >
      {roles.length === 0 ? (
        <EmptyState icon={ShieldOff} title="No roles">
          {member.kind === "group"
            ? `Without a role ${name} gives its members nothing.`
            : `Without a role the server does not count ${name} as a member: nothing is allowed, not even by an Additional Privilege.`}
        </EmptyState>
      ) : (
        <ul className={styles.roles}>
          {roles.map((role) => (
            <li key={role.id} className={styles.roleItem}>
              <RoleLine role={role} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function RoleLine({ role: assignment }: { role: RoleAssignmentView }) {
  const { role, name, slug, predefined, ruleCount, standing, through, keptBecause } = assignment;
  const isLocal = useIsLocal();
  const over = standing.state === "ended" || standing.state === "neverActive";
  return (
    <CardRow className={classes(styles.role, over && styles.over)}>
      <Shield size={14} strokeWidth={1.75} className={styles.icon} aria-hidden="true" />
      <span className={styles.names}>
        <Link
          to="/roles/$role"
          params={{ role }}
          className={classes("truncate", styles.title)}
          title={name}
        >
          {name}
        </Link>
        {slug !== name && (
          <span className={classes("mono", "faint", "truncate", styles.slug)} title={slug}>
            {slug}
          </span>
        )}
      </span>
      <span
        className={styles.rules}
        title={predefined ? "A default role, defined by the server" : "A custom role"}
      >
        {ruleCount === 0 ? "no rules" : formatQuantity(ruleCount, "rule")}
        {predefined && <span className={styles.predefined}> · default</span>}
      </span>
      <span className={styles.source}>
        {through === null ? (
          "direct"
        ) : (
          <>
            through
            <Avatar name={through.name} kind="group" />
            <Link
              to="/members/$member"
              params={{ member: through.id }}
              className="truncate"
              title={through.name}
            >
              {through.name}
            </Link>
          </>
        )}
      </span>
      <span className={styles.standing}>
        <Standing standing={standing} />
        {keptBecause !== null && <span className="visually-hidden">, {keptBecause}</span>}
      </span>
      {through === null && isLocal ? <RoleActs role={assignment} /> : <span />}
    </CardRow>
  );
}

/** What can be done with a role that the member has itself. */
function RoleActs({ role: { id, name, standing, keptBecause } }: { role: RoleAssignmentView }) {
  const grant = { what: "role", id, title: name, standing } as const;
  const isKept = keptBecause !== null && { isDisabled: true };
  const lifetime = lifetimeEntries(grant)
    .filter((entry) => entry === "separator" || entry.id !== "remove")
    .map((entry, place) =>
      entry === "separator" || standing.state !== "permanent"
        ? entry
        : // Said once, and before it is tried: a server takes nobody without a permanent role.
          { ...entry, ...isKept, ...(keptBecause && place === 0 && { description: keptBecause }) },
    );
  const remove: MenuEntry = {
    id: "remove",
    label: "Remove role",
    icon: Trash2,
    tone: "danger",
    ...isKept,
    onAction: () =>
      askLifetime({
        act: "remove",
        targets: { kind: "grants", grants: [{ what: "role", id }] },
        title: name,
      }),
  };
  return (
    <Menu
      label={`Acts on the role ${name}`}
      trigger={<IconButton icon={Ellipsis} label={`Acts on the role ${name}`} size="small" />}
      entries={[...lifetime, "separator", remove]}
    />
  );
}

function Privileges({ member }: { member: MemberDetail }) {
  const { id, name, privileges, folderGrants } = member;
  const isLocal = useIsLocal();
  const expectRemoval = useFocusAfterRemoval(privileges.map((privilege) => privilege.id));
  return (
    <Card title="Additional Privileges" count={privileges.length}>
      {privileges.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No Additional Privileges"
          action={
            isLocal && (
              <Link
                to="/members/$member/privileges/new"
                params={{ member: id }}
                className={buttonClass("secondary")}
              >
                Add Additional Privileges
              </Link>
            )
          }
        >
          Everything {name} may do comes from roles
          {folderGrants.length > 0 && " and Folder Access"}.
        </EmptyState>
      ) : (
        privileges.map((privilege) => (
          <PrivilegeRow
            key={privilege.id}
            privilege={privilege}
            member={id}
            onRemove={() => expectRemoval(privilege.id)}
          />
        ))
      )}
    </Card>
  );
}

/**
 * The row that is removed takes the focus with it: then it goes to the row that took its place, or
 * to the page's heading.
 */
function useFocusAfterRemoval(ids: readonly string[]): (removed: string) => void {
  const expected = useRef<{ removed: string; place: number } | null>(null);
  const key = ids.join(" ");
  useEffect(() => {
    const left = key === "" ? [] : key.split(" ");
    if (!expected.current || left.includes(expected.current.removed)) return;
    const next = left[Math.min(expected.current.place, left.length - 1)];
    expected.current = null;
    const place =
      next === undefined
        ? document.querySelector<HTMLElement>("h1")
        : document.getElementById(privilegeButton(next));
    place?.focus();
  }, [key]);
  return (removed) => {
    expected.current = { removed, place: ids.indexOf(removed) };
  };
}
