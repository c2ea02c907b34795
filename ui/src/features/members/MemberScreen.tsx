import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FlaskConical, KeyRound } from "lucide-react";
import type { MemberDetail } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button, buttonClass } from "../../components/button/Button";
import { Chip } from "../../components/chip/Chip";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { useReturn } from "../../components/page/useReturn";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Tabs } from "../../components/tabs/Tabs";
import { AboutPane } from "./AboutPane";
import { AccessTab } from "./AccessTab";
import { HistoryTab } from "./HistoryTab";
import { KIND_WORD } from "./kinds";
import styles from "./MemberScreen.module.css";

/** One member: what it is, its roles, its additional privileges and what was done to them. */
export function MemberScreen() {
  const { member: id } = useParams({ from: "/frame/members/$member" });
  const member = useRpc("member_detail", { member: id });
  const goBack = useReturn("/members");

  if (member.data) return <Member member={member.data} />;
  return (
    <Page>
      <PageHeader ruled above={<WayHere />} title={member.error ? "Not found" : "…"} />
      {member.isPending && <SkeletonRows label="the member" rows={10} />}
      {member.error?.code === "notFound" && (
        <EmptyState
          title="There is no such member"
          action={<Button onPress={goBack}>Back to the members</Button>}
        >
          It was removed from the project, or the address is of another project.
        </EmptyState>
      )}
      {member.error && member.error.code !== "notFound" && (
        <ErrorState
          message={member.error.message}
          hint={member.error.hint}
          onRetry={member.error.retry ? () => void member.refetch() : undefined}
        />
      )}
    </Page>
  );
}

function Member({ member }: { member: MemberDetail }) {
  const { tab = "access" } = useSearch({ from: "/frame/members/$member" });
  const navigate = useNavigate();
  const { id, name, kind } = member;
  return (
    <Page>
      <PageHeader
        above={
          <>
            <WayHere />
            <Avatar name={name} kind={kind} />
          </>
        }
        title={name}
        aside={<Chip>{KIND_WORD[kind]}</Chip>}
        actions={kind !== "group" && <Acts member={id} />}
      />
      <div className={styles.body}>
        {/* Another member is another page: what was open there is not open here. */}
        <Tabs
          key={id}
          label={`Views of ${name}`}
          value={tab}
          onChange={(next) =>
            void navigate({
              to: "/members/$member",
              params: { member: id },
              search: next === "history" ? { tab: next } : {},
              replace: true,
              state: (before) => before,
            })
          }
          tabs={[
            { id: "access", label: "Access", content: <AccessTab member={member} /> },
            { id: "history", label: "History", content: <HistoryTab member={member} /> },
          ]}
        />
        <AboutPane member={member} />
      </div>
    </Page>
  );
}

function WayHere() {
  return (
    <Breadcrumb>
      <Link to="/members">Members</Link>
    </Breadcrumb>
  );
}

function Acts({ member }: { member: string }) {
  return (
    <>
      <Link to="/simulator" search={{ member }} className={buttonClass("secondary")}>
        <FlaskConical size={14} aria-hidden="true" />
        Simulate
      </Link>
      <Link
        to="/members/$member/privileges/new"
        params={{ member }}
        className={buttonClass("primary")}
      >
        <KeyRound size={14} aria-hidden="true" />
        Add Additional Privileges
      </Link>
    </>
  );
}
