import { Maximize2, Minimize2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { CatalogueView, Places, RoleDetail } from "../../api/generated/commands";
import { IconButton } from "../../components/button/IconButton";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Tabs } from "../../components/tabs/Tabs";
import { classes } from "../../lib/classes";
import { EffectPane } from "./EffectPane";
import { FindingsPane } from "./FindingsPane";
import type { Review } from "./useReview";
import type { RoleEditing } from "./useRoleEditing";
import styles from "./roles.module.css";

const JsonPane = lazy(() => import("./JsonPane"));
const TerraformPane = lazy(() => import("./TerraformPane"));

export type PaneTab = "effect" | "findings" | "json" | "terraform";

export interface SidePaneProps {
  role: RoleDetail;
  editing: RoleEditing;
  catalogue: CatalogueView;
  places: Places;
  isReadOnly: boolean;
  review: Review;
  tab: PaneTab;
  onTab: (tab: PaneTab) => void;
  /** Brings a rule into view. */
  onGoTo: (place: number, field: string) => void;
}

/** What the rules mean, what is to be said about them, and the rules as text. */
export function SidePane({
  role,
  editing,
  catalogue,
  places,
  isReadOnly,
  review,
  tab,
  onTab,
  onGoTo,
}: SidePaneProps) {
  const [isWide, setWide] = useState(false);
  const findings = review.answer?.findings ?? [];
  return (
    <aside className={classes(styles.side, isWide && styles.wide)} aria-label="What the rules mean">
      <IconButton
        icon={isWide ? Minimize2 : Maximize2}
        size="small"
        label={isWide ? "Make the pane narrow" : "Make the pane wide"}
        className={styles.widen}
        onPress={() => setWide(!isWide)}
      />
      <Tabs
        label="What the rules mean"
        place="pane"
        value={tab}
        onChange={onTab}
        tabs={[
          {
            id: "effect",
            label: "Effect",
            content: <EffectPane role={role} editing={editing} />,
          },
          {
            id: "findings",
            label: "Findings",
            count: findings.length,
            content: (
              <FindingsPane
                review={review}
                rules={editing.rules}
                text={editing.text}
                catalogue={catalogue}
                onGoTo={onGoTo}
              />
            ),
          },
          {
            id: "json",
            label: "JSON",
            content: (
              <Suspense fallback={<SkeletonRows label="the text" rows={8} />}>
                <JsonPane
                  editing={editing}
                  catalogue={catalogue}
                  places={places}
                  findings={findings}
                  isReadOnly={isReadOnly}
                />
              </Suspense>
            ),
          },
          {
            id: "terraform",
            label: "Terraform",
            content: (
              <Suspense fallback={<SkeletonRows label="the configuration" rows={8} />}>
                <TerraformPane role={role.id} rules={editing.text} />
              </Suspense>
            ),
          },
        ]}
      />
    </aside>
  );
}
