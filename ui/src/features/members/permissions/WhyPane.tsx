import { Link } from "@tanstack/react-router";
import { Folder, KeyRound, Shield, Users } from "lucide-react";
import type { RefObject } from "react";
import type {
  EffectivePermissions,
  MemberRef,
  RuleBehindCell,
  SourceView,
} from "../../../api/generated/commands";
import { CellMark } from "../../../components/permissions/CellMark";
import { RuleInWords } from "../../../components/rule/RuleInWords";
import { Standing } from "../../../components/standing/Standing";
import { buttonClass } from "../../../components/button/Button";
import { formatQuantity } from "../../../lib/numbers";
import { ACCESS_WORDS, rulesBehind, type AccessCell, type AccessRow } from "./accessRows";
import styles from "./permissions.module.css";

export interface WhyPaneProps {
  member: MemberRef;
  permissions: EffectivePermissions;
  row: AccessRow | undefined;
  /** The cell that is looked at; undefined for the subject as a whole. */
  cell: AccessCell | null | undefined;
  headingRef: RefObject<HTMLHeadingElement | null>;
  /** Esc goes back to the cell. */
  onLeave: () => void;
}

/** The rules behind one cell in the order in which they are tried, and where each comes from. */
export function WhyPane({ member, permissions, row, cell, headingRef, onLeave }: WhyPaneProps) {
  if (!row) return <aside className={styles.why} aria-label="Why" />;
  const actions = cell === null ? [] : (cell?.actions ?? row.actions);
  const rules = rulesBehind(actions).flatMap((place) => permissions.rules[place] ?? []);
  const [first] = actions;
  return (
    <aside className={styles.why} aria-label="Why">
      <div
        role="presentation"
        className={styles.whyBody}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onLeave();
        }}
      >
        <header className={styles.whyHead}>
          <h2 ref={headingRef} tabIndex={-1} className={styles.whyTitle}>
            {cell === null ? row.title : cell ? `${cell.title} · ${row.title}` : row.title}
          </h2>
          <p className="mono faint">
            {row.subject}
            {cell && ` · ${cell.actions.map(({ action }) => action).join(", ")}`}
          </p>
          {cell && (
            <p className={styles.verdict}>
              <CellMark cell={cell} look="box" />
              {ACCESS_WORDS[cell.state]}
            </p>
          )}
        </header>
        {cell === null ? (
          <p className="muted">There is no such action on this subject.</p>
        ) : rules.length === 0 ? (
          <p className="muted">No rule of {member.name} is about this, so it is not granted.</p>
        ) : (
          <ol className={styles.rules} aria-label={formatQuantity(rules.length, "rule")}>
            {rules.map((behind, place) => (
              <li key={place} className={styles.ruleBehind}>
                <RuleInWords rule={behind.rule} />
                <Source behind={behind} member={member} />
              </li>
            ))}
          </ol>
        )}
        {first && member.kind !== "group" && (
          <Link
            to="/simulator"
            search={{ member: member.id, subject: row.subject, action: first.action }}
            className={buttonClass("secondary", "small")}
          >
            Simulate this
          </Link>
        )}
      </div>
    </aside>
  );
}

const ICONS = { role: Shield, privilege: KeyRound, folderGrant: Folder, adHoc: Shield };
const KINDS = {
  role: "Role",
  privilege: "Additional Privilege",
  folderGrant: "Folder Access",
  adHoc: "Rules",
};

function Source({
  behind: { source, position },
  member,
}: {
  behind: RuleBehindCell;
  member: MemberRef;
}) {
  if (!source) {
    return (
      <p className={styles.source}>
        Templates changed the rules, so nobody can say where this one comes from.
      </p>
    );
  }
  const Icon = ICONS[source.kind];
  return (
    <p className={styles.source}>
      <Icon size={13} aria-hidden="true" />
      {KINDS[source.kind]} <SourceName source={source} member={member} />
      {source.through && (
        <>
          through
          <span className={styles.throughGroup}>
            <Users size={13} aria-hidden="true" />
            <Link to="/members/$member" params={{ member: source.through.id }}>
              {source.through.name}
            </Link>
          </span>
        </>
      )}
      <span className="faint">· rule {position}</span>
      {source.standing && source.standing.state !== "permanent" && (
        <Standing standing={source.standing} />
      )}
    </p>
  );
}

function SourceName({ source, member }: { source: SourceView; member: MemberRef }) {
  if (source.id === "") return <b>{source.name}</b>;
  if (source.kind === "role") {
    return (
      <Link to="/roles/$role" params={{ role: source.id }}>
        {source.name}
      </Link>
    );
  }
  if (source.kind === "privilege") {
    return (
      <Link
        to="/members/$member/privileges/$privilege"
        params={{ member: member.id, privilege: source.id }}
      >
        {source.name}
      </Link>
    );
  }
  if (source.kind === "folderGrant") {
    return (
      <Link to="/members/$member" params={{ member: member.id }} className="mono">
        {source.name}
      </Link>
    );
  }
  return <b>{source.name}</b>;
}
