import { useRpc } from "../../api/queries";
import { Card } from "../../components/card/Card";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { SegmentedControl, type Segment } from "../../components/segmented/SegmentedControl";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { setTheme, useTheme, type Theme } from "../../lib/theme";
import { AuthorCard } from "./AuthorCard";
import { NoticesCard } from "./NoticesCard";
import styles from "./settings.module.css";

const THEMES: readonly Segment<Theme>[] = [
  { id: "system", label: "As the system" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

/** What the user prefers on this computer, whatever project is open. */
export function SettingsScreen() {
  const { data, error, isPending, refetch } = useRpc("preferences", {});
  const theme = useTheme();
  return (
    <Page scrolls>
      <PageHeader title="Settings" ruled />
      <div className={styles.column}>
        <Card title="Appearance" inset="padded">
          <SegmentedControl label="Theme" segments={THEMES} value={theme} onChange={setTheme} />
        </Card>
        {error && (
          <ErrorState
            look="bar"
            message={error.message}
            hint={error.hint}
            onRetry={() => void refetch()}
          />
        )}
        {isPending && <SkeletonRows label="the settings" rows={6} />}
        {data && (
          <>
            <NoticesCard view={data} />
            <AuthorCard view={data} />
          </>
        )}
      </div>
    </Page>
  );
}
