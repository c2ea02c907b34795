import { FlaskConical } from "lucide-react";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";

/** Answers whether somebody may do something. */
export function SimulatorScreen() {
  return (
    <Page>
      <PageHeader title="Simulator" ruled />
      <EmptyState icon={FlaskConical} title="Ask a question" />
    </Page>
  );
}
