import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { asRpcError } from "../../api/error";
import { buttonClass } from "../../components/button/Button";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";

/** An address that leads nowhere. */
export function NoSuchScreen() {
  return (
    <Page>
      <PageHeader title="Nothing here" ruled />
      <EmptyState
        icon={Compass}
        title="There is no such page"
        action={
          <Link to="/" className={buttonClass("secondary")}>
            Go to the overview
          </Link>
        }
      >
        The address may be of another project or of a newer Reeve.
      </EmptyState>
    </Page>
  );
}

/** A screen that failed to draw. The rest of the window goes on. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  const { message, hint } = asRpcError(error);
  return (
    <ErrorState
      message="This page could not be shown"
      hint={error instanceof Error ? error.message : `${message}. ${hint}`}
      onRetry={reset}
    />
  );
}
