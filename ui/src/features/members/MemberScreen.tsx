import { Link, useParams } from "@tanstack/react-router";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Card, CardRow } from "../../components/card/Card";
import { Chip } from "../../components/chip/Chip";
import { CopyButton } from "../../components/copy/CopyButton";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { useReturn } from "../../components/page/useReturn";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Timed } from "../../components/timed/Timed";
import type { Standing } from "../../api/generated/commands";
import styles from "./MemberScreen.module.css";

const KIND_WORD = { user: "user", identity: "machine identity", group: "group" };

/** One member: what it is, its roles and its additional privileges. */
export function MemberScreen() {
  const { member: id } = useParams({ from: "/frame/members/$member" });
  const member = useRpc("member_detail", { member: id });
  useReturn("/members");

  if (member.error) {
    const { message, hint, retry } = member.error;
    return (
      <ErrorState
        message={message}
        hint={hint}
        onRetry={retry ? () => void member.refetch() : undefined}
      />
    );
  }
  if (!member.data) return <SkeletonRows label="the member" />;
  const { name, kind, handle, roles, privileges } = member.data;
  return (
    <Page scrolls>
      <PageHeader
        ruled
        above={
          <Breadcrumb>
            <Link to="/members">Members</Link>
          </Breadcrumb>
        }
        title={name}
        aside={
          <>
            <Chip>{KIND_WORD[kind]}</Chip>
            {handle && <span className="truncate">{handle}</span>}
            <CopyButton text={id} what="id" />
          </>
        }
      />
      <div className={styles.cards}>
        <Card title="Project Roles" count={roles.length}>
          {roles.map((role) => (
            <CardRow key={role.id}>
              <span>{role.name}</span>
              <span className="mono faint">{role.slug}</span>
              {role.through && (
                <span className={styles.through}>
                  <Avatar name={role.through.name} kind="group" />
                  <span className="muted truncate">via {role.through.name}</span>
                </span>
              )}
              <span className={styles.end}>
                <Lasting standing={role.standing} />
              </span>
            </CardRow>
          ))}
        </Card>
        <Card title="Additional Privileges" count={privileges.length}>
          {privileges.map((privilege) => (
            <CardRow key={privilege.id}>
              <span className="mono">{privilege.slug}</span>
              <span className="faint truncate">{privilege.reason}</span>
              <span className={styles.end}>
                <Lasting standing={privilege.standing} />
              </span>
            </CardRow>
          ))}
        </Card>
      </div>
    </Page>
  );
}

function Lasting({ standing }: { standing: Standing }) {
  if (standing.state === "permanent") return <span className="faint">permanent</span>;
  if (standing.state === "neverActive") return <span className="faint">never counted</span>;
  return <Timed end={standing.end} />;
}
