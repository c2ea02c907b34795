import { Link, useParams } from "@tanstack/react-router";
import { UsersRound } from "lucide-react";
import { useRpc } from "../../api/queries";
import { buttonClass } from "../../components/button/Button";
import { Page } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { PrivilegeEditor } from "./PrivilegeEditor";

/** Gives one member an additional privilege. A page of its own: it may take a while to write. */
export function AddPrivilegeScreen() {
  const { member: id } = useParams({ from: "/frame/members/$member/privileges/new" });
  const member = useRpc("member_detail", { member: id });
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});

  const failed = [member, catalogue, places].find(({ error, data }) => error && !data);
  if (failed?.error) {
    const { message, hint, retry } = failed.error;
    return (
      <ErrorState
        message={message}
        hint={hint}
        onRetry={retry ? () => void failed.refetch() : undefined}
      />
    );
  }
  if (!member.data || !catalogue.data || !places.data) {
    return <SkeletonRows label="the member and the catalogue" rows={10} />;
  }
  if (member.data.kind === "group") {
    return (
      <Page>
        <EmptyState
          icon={UsersRound}
          title="A group has no additional privileges"
          action={
            <Link
              to="/members/$member"
              params={{ member: id }}
              className={buttonClass("secondary")}
            >
              Back to {member.data.name}
            </Link>
          }
        >
          They are given to one user or machine identity. A group can have roles instead.
        </EmptyState>
      </Page>
    );
  }
  return (
    <PrivilegeEditor
      key={id}
      member={member.data}
      catalogue={catalogue.data}
      places={places.data}
    />
  );
}
