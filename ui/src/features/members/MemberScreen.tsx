import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Ellipsis, FlaskConical, KeyRound, UserX } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { MemberDetail } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { Avatar } from "../../components/avatar/Avatar";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button, buttonClass } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { Chip } from "../../components/chip/Chip";
import { Menu } from "../../components/menu/Menu";
import { Page, PageHeader, WaitingHeader } from "../../components/page/PageHeader";
import { useReturn } from "../../components/page/useReturn";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Tabs } from "../../components/tabs/Tabs";
import { classes } from "../../lib/classes";
import { AboutPane } from "./AboutPane";
import { AccessTab } from "./AccessTab";
import { MemberDialogs, type AskedOfMember } from "./edit/MemberDialogs";
import { HistoryTab } from "./HistoryTab";
import { KIND_WORD } from "./kinds";
import styles from "./MemberScreen.module.css";
import { PermissionsTab } from "./permissions/PermissionsTab";
import { useIsLocal } from "../../api/useIsLocal";
import { useAskedByAddress } from "./useAskedByAddress";
import { useMemberActs } from "./useMemberActs";

export interface MemberScreenProps {
  /** What other features know about the member. */
  about: (member: MemberDetail) => ReactNode;
  /** Where it is asked what the member may do. */
  simulate: (member: MemberDetail) => ReactNode;
}

/** One member: what it is, its roles, its additional privileges and what was done to them. */
export function MemberScreen({ about, simulate }: MemberScreenProps) {
  const { member: id } = useParams({ from: "/frame/members/$member" });
  const member = useRpc("member_detail", { member: id });
  const goBack = useReturn("/members");
  const [asked, setAsked] = useState<AskedOfMember | null>(null);

  // What is being typed stays, even if the member is removed meanwhile.
  if (member.data && (!isGone(member.error) || asked)) {
    return (
      <>
        <Member member={member.data} ask={setAsked} about={about} simulate={simulate} />
        <MemberDialogs asked={asked} onClose={() => setAsked(null)} onRemoved={goBack} />
      </>
    );
  }
  if (member.error) return <NoMember member={member} goBack={goBack} />;
  // The heading comes with the name: it is what the focus goes to and what the window is called.
  return (
    <Page>
      <WaitingHeader above={<WayHere />} />
      <SkeletonRows label="the member" rows={10} />
    </Page>
  );
}

interface NoMemberProps {
  member: ReturnType<typeof useRpc<"member_detail">>;
  goBack: () => void;
}

function NoMember({ member: { error, refetch, isFetching }, goBack }: NoMemberProps) {
  if (!error) return null;
  const gone = isGone(error);
  return (
    <Page>
      <PageHeader ruled above={<WayHere />} title={gone ? "No such member" : "A member"} />
      {gone ? (
        <EmptyState
          icon={UserX}
          title="There is no such member"
          action={<Button onPress={goBack}>Back to the members</Button>}
        >
          It was removed from the project, or the address is of another project.
        </EmptyState>
      ) : (
        <ErrorState
          message={error.message}
          hint={error.hint}
          onRetry={error.retry ? () => void refetch() : undefined}
          isRetrying={isFetching}
        />
      )}
    </Page>
  );
}

function isGone(error: { code: string } | null): boolean {
  return error?.code === "notFound";
}

interface MemberProps extends MemberScreenProps {
  member: MemberDetail;
  /** Opens the dialog of an act. */
  ask: (asked: AskedOfMember) => void;
}

function Member({ member, ask, about, simulate }: MemberProps) {
  const { tab = "access" } = useSearch({ from: "/frame/members/$member" });
  const navigate = useNavigate();
  useAskedByAddress(member, ask);
  const { id, name, kind } = member;
  // What needs the room for itself.
  const isAlone = tab === "permissions" || tab === "simulate";
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
        actions={<Acts member={member} ask={ask} />}
      />
      <div className={classes(styles.body, isAlone && styles.alone)}>
        {/* Another member is another page: what was open there is not open here. */}
        <Tabs
          key={id}
          label={`Views of ${name}`}
          className={styles.tabs}
          value={tab}
          onChange={(next) =>
            void navigate({
              to: "/members/$member",
              params: { member: id },
              // What was asked stays in the address.
              search: ({ question }) => ({
                ...(next !== "access" && { tab: next }),
                ...(question && { question }),
              }),
              replace: true,
              state: (before) => before,
            })
          }
          tabs={[
            { id: "access", label: "Access", content: <AccessTab member={member} ask={ask} /> },
            {
              id: "permissions",
              label: "Effective permissions",
              content: <PermissionsTab member={member} />,
            },
            { id: "simulate", label: "Simulate", content: simulate(member) },
            { id: "history", label: "History", content: <HistoryTab member={member} /> },
          ]}
        />
        {!isAlone && <AboutPane member={member}>{about(member)}</AboutPane>}
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

function Acts({ member, ask }: Pick<MemberProps, "member" | "ask">) {
  const { id, kind, name } = member;
  const isLocal = useIsLocal();
  const entries = useMemberActs(member, ask).filter(
    (entry) => entry === "separator" || !["open", "privilege", "simulate"].includes(entry.id),
  );
  return (
    <>
      {kind !== "group" && (
        <>
          <Link
            to="/simulator"
            search={{ member: id }}
            className={buttonClass("ghost")}
            aria-label="Simulate"
            title="Open the simulator"
          >
            <FlaskConical size={15} aria-hidden="true" />
          </Link>
          {isLocal && (
            <Link
              to="/members/$member/privileges/new"
              params={{ member: id }}
              className={buttonClass("primary")}
            >
              <KeyRound size={14} aria-hidden="true" />
              Add Additional Privileges
            </Link>
          )}
        </>
      )}
      {isLocal && (
        <Menu
          label={`Acts on ${name}`}
          trigger={<IconButton icon={Ellipsis} label={`Acts on ${name}`} />}
          entries={entries.slice(entries[0] === "separator" ? 1 : 0)}
        />
      )}
    </>
  );
}
