import { Link, useParams } from "@tanstack/react-router";
import { ShieldX } from "lucide-react";
import { useRpc } from "../../api/queries";
import { Breadcrumb } from "../../components/breadcrumb/Breadcrumb";
import { Button } from "../../components/button/Button";
import { Page, PageHeader, WaitingHeader } from "../../components/page/PageHeader";
import { useReturn } from "../../components/page/useReturn";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { RoleEditor } from "./RoleEditor";

/** One role: its rules as a table, as cards and as text, and what editing them means. */
export function RoleScreen() {
  const { role: id } = useParams({ from: "/frame/roles/$role" });
  const role = useRpc("role_detail", { role: id });
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});
  const goBack = useReturn("/roles");
  const failed = [role, catalogue, places].find(({ error, data }) => error && !data);

  if (role.data && catalogue.data && places.data) {
    return (
      <RoleEditor
        key={id}
        role={role.data}
        catalogue={catalogue.data}
        places={places.data}
        goBack={goBack}
      />
    );
  }
  if (failed?.error?.code === "notFound") {
    return (
      <Page>
        <PageHeader ruled above={<WayHere />} title="No such role" />
        <EmptyState
          icon={ShieldX}
          title="There is no such role"
          action={<Button onPress={goBack}>Back to the roles</Button>}
        >
          It was removed from the project, or the address is of another project.
        </EmptyState>
      </Page>
    );
  }
  if (failed?.error) {
    return (
      <Page>
        <PageHeader ruled above={<WayHere />} title="A role" />
        <ErrorState
          message={failed.error.message}
          hint={failed.error.hint}
          onRetry={failed.error.retry ? () => void failed.refetch() : undefined}
          isRetrying={failed.isFetching}
        />
      </Page>
    );
  }
  return (
    <Page>
      <WaitingHeader above={<WayHere />} />
      <SkeletonRows label="the role" rows={14} />
    </Page>
  );
}

function WayHere() {
  return (
    <Breadcrumb>
      <Link to="/roles">Roles</Link>
    </Breadcrumb>
  );
}
