import { Link } from "@tanstack/react-router";
import { Layers, Shield } from "lucide-react";
import { useState } from "react";
import type { RoleOfOneView, SameGrantView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { useIsLocal } from "../../api/useIsLocal";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Chip } from "../../components/chip/Chip";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { RuleInWords } from "../../components/rule/RuleInWords";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { Standing } from "../../components/standing/Standing";
import { formatCount, formatQuantity } from "../../lib/numbers";
import { GatherDialog } from "./GatherDialog";
import { ScatterDialog } from "./ScatterDialog";
import styles from "./sameGrants.module.css";

/** How many holders stand there before the rest is asked for. */
const FIRST = 5;

/** Privileges that could be a role, and roles that could be a privilege. */
export function SameGrantsScreen() {
  const { data, error, isPending, refetch } = useRpc("same_grants", {});
  const [gathered, setGathered] = useState<SameGrantView | null>(null);
  const [scattered, setScattered] = useState<RoleOfOneView | null>(null);
  return (
    <Page scrolls>
      <PageHeader title="Same grants" count={data?.count} ruled />
      {error && (
        <ErrorState
          look={data ? "bar" : "page"}
          message={error.message}
          hint={error.hint}
          onRetry={() => void refetch()}
        />
      )}
      {isPending && <SkeletonRows label="same grants" rows={10} />}
      {data && (
        <div className={styles.column}>
          <p className={styles.lead}>
            Additional privileges that mean the same on several members, however they are written.
            As a role they are changed in one place.
          </p>
          {data.grants.length === 0 && (
            <Card>
              <EmptyState icon={Layers} title="No grant is given twice">
                No two members have additional privileges that mean the same.
              </EmptyState>
            </Card>
          )}
          {data.grants.map((grant) => (
            <Grant key={grant.privileges[0]} grant={grant} onGather={() => setGathered(grant)} />
          ))}
          {data.count > data.grants.length && (
            <p className="muted">
              The {formatCount(data.grants.length)} on most members of {formatCount(data.count)} are
              shown.
            </p>
          )}
          {data.ofOne.length > 0 && <OfOne roles={data.ofOne} onScatter={setScattered} />}
        </div>
      )}
      {gathered && <GatherDialog grant={gathered} onClose={() => setGathered(null)} />}
      {scattered && <ScatterDialog role={scattered} onClose={() => setScattered(null)} />}
    </Page>
  );
}

function Grant({ grant, onGather }: { grant: SameGrantView; onGather: () => void }) {
  const { slug, members, privileges, spellings, rules, holders } = grant;
  const isLocal = useIsLocal();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? holders : holders.slice(0, FIRST);
  return (
    <Card
      title={slug}
      aside={[
        formatQuantity(members, "member"),
        privileges.length > members && formatQuantity(privileges.length, "privilege"),
        spellings > 1 && `written in ${spellings} ways`,
      ]
        .filter(Boolean)
        .join(" · ")}
      actions={
        isLocal && (
          <Button size="small" icon={Shield} onPress={onGather}>
            Make a role…
          </Button>
        )
      }
    >
      <div className={styles.grant}>
        <div className={styles.rules}>
          {rules.map((rule, place) => (
            <RuleInWords key={place} rule={rule} />
          ))}
        </div>
        <ul className={styles.holders}>
          {shown.map(({ id, slug: own, member, standing }) => (
            <li key={id} className={styles.holder}>
              <Avatar name={member.name} kind={member.kind} />
              <Link
                to="/members/$member"
                params={{ member: member.id }}
                className="truncate"
                title={member.name}
              >
                {member.name}
              </Link>
              <span className="mono faint truncate" title={own}>
                {own !== slug && own}
              </span>
              <Standing standing={standing} />
            </li>
          ))}
          {holders.length > shown.length && (
            <li>
              <Button size="small" variant="ghost" onPress={() => setWhole(true)}>
                {`Show ${formatCount(holders.length)} of ${formatCount(privileges.length)}`}
              </Button>
            </li>
          )}
        </ul>
      </div>
    </Card>
  );
}

interface OfOneProps {
  roles: readonly RoleOfOneView[];
  onScatter: (role: RoleOfOneView) => void;
}

/** Roles that one member has and nobody else. */
function OfOne({ roles, onScatter }: OfOneProps) {
  const isLocal = useIsLocal();
  return (
    <Card title="Roles of one member" count={roles.length}>
      <ul>
        {roles.map((role) => (
          <li key={role.id} className={styles.role}>
            <Link to="/roles/$role" params={{ role: role.id }} className="truncate">
              {role.name}
            </Link>
            <Chip mono>{role.slug}</Chip>
            <span className={styles.who}>
              <Avatar name={role.member.name} kind={role.member.kind} />
              <span className="truncate">{role.member.name}</span>
            </span>
            {isLocal && (
              <Button
                size="small"
                variant="ghost"
                aria-label={`Turn ${role.name} into a privilege`}
                onPress={() => onScatter(role)}
              >
                Turn into a privilege…
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
