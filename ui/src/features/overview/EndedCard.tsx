import { Link } from "@tanstack/react-router";
import { RotateCcw, Trash2 } from "lucide-react";
import type { AccessKind, EndingAccess } from "../../api/generated/commands";
import { useIsLocal } from "../../api/useIsLocal";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { askLifetime, type LifetimeActKind } from "../../components/lifetime/asked";
import { Timed } from "../../components/timed/Timed";
import { RowAccess, RowMember } from "./parts";
import styles from "./OverviewScreen.module.css";
import { ShortList } from "./ShortList";

/** What has ended and is still stored, with what can be done about it. */
export function EndedCard({ count, rows }: { count: number; rows: readonly EndingAccess[] }) {
  const isLocal = useIsLocal();
  return (
    <ShortList
      title="Ended, still stored"
      count={count}
      rows={rows}
      rowKey={({ id }) => id}
      shownFirst={8}
      columns={styles.endedColumns}
      empty="Nothing that has ended is left behind."
      actions={
        <span className={styles.more}>
          <Link to="/members" search={{ expiry: "ended" }}>
            Their members
          </Link>
          {isLocal && (
            <Button size="small" variant="ghost" onPress={askToRemoveAll}>
              Remove all…
            </Button>
          )}
        </span>
      }
    >
      {(access) => <EndedRow access={access} isLocal={isLocal} />}
    </ShortList>
  );
}

/** What a linked project has stored, and every folder grant, is its server's to remove. */
function EndedRow({ access, isLocal }: { access: EndingAccess; isLocal: boolean }) {
  const { member, what, title, end } = access;
  const name = `${title} of ${member.name}`;
  return (
    <div className={styles.endedRow}>
      <RowMember member={member} />
      <RowAccess {...access} />
      <span className={styles.end}>
        <Timed end={end} />
      </span>
      {isLocal && what !== "folderGrant" && (
        <span className={styles.acts}>
          <IconButton
            size="small"
            icon={RotateCcw}
            label={`Renew ${name}`}
            onPress={() => ask("renew", what, access)}
          />
          <IconButton
            size="small"
            icon={Trash2}
            label={`Remove ${name}`}
            onPress={() => ask("remove", what, access)}
          />
        </span>
      )}
    </div>
  );
}

function ask(act: LifetimeActKind, what: AccessKind, { id, title, range }: EndingAccess): void {
  askLifetime({ act, targets: { kind: "grants", grants: [{ what, id }] }, title, range });
}

function askToRemoveAll(): void {
  askLifetime({
    act: "remove",
    targets: {
      kind: "members",
      selection: { kind: "matching", filter: { expiry: { state: "ended" } }, except: [] },
      privileges: true,
      roles: true,
    },
    title: "everybody",
  });
}
