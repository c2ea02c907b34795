import { CircleHelp, EyeOff, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { asRpcError } from "../../api/error";
import type {
  ChangeLinkRequest,
  ChosenSemantics,
  ConnectionView,
  LinkView,
  UnseenView,
} from "../../api/generated/commands";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Select } from "../../components/select/Select";
import { Switch } from "../../components/switch/Switch";
import { CodeText } from "../../components/text/CodeText";
import { errorToast } from "../../components/toast/toasts";
import { formatCount } from "../../lib/numbers";
import { Age } from "./Age";
import { skewLine, withHint } from "./words";
import styles from "./remote.module.css";

const ORDER = { "forbid-wins": "Forbid wins", "last-match": "Last match wins" } as const;
const STAYS: ChangeLinkRequest = {
  secretNames: null,
  everyMinutes: null,
  semantics: null,
  connection: null,
};

/** Where the open project comes from, what the last pull saw, and how it is pulled. */
export function LinkCard({
  link,
  connections,
}: {
  link: LinkView;
  connections: readonly ConnectionView[];
}) {
  const attempt = (work: Promise<unknown>) => {
    work.catch((thrown: unknown) => errorToast(withHint(asRpcError(thrown))));
  };
  const change = (part: Partial<ChangeLinkRequest>) =>
    attempt(rpc("change_link", { ...STAYS, ...part }));
  const pull = link.lastPull;
  const usable = connections.filter(({ address }) => address === link.address);
  return (
    <Card
      title="This project"
      aside={<Age link={link} />}
      actions={
        <Button
          size="small"
          icon={RefreshCw}
          onPress={() => attempt(rpc("pull", { everything: true }))}
        >
          Pull everything anew
        </Button>
      }
    >
      <dl className={styles.facts}>
        <Fact name="Server">
          <span className="mono">{link.address}</span>
        </Fact>
        <Fact name="Connection">
          <Select
            label="Connection"
            hideLabel
            options={usable.map(({ id, name, who }) => ({ id, label: `${name} · ${who}` }))}
            value={usable.some(({ id }) => id === link.connection) ? link.connection : null}
            onChange={(connection) => change({ connection })}
            placeholder="None leads to this server; connect to it"
          />
        </Fact>
        <Fact name="Pull again">
          <Select
            label="Pull again"
            hideLabel
            options={[
              { id: "0", label: "On demand only" },
              { id: "5", label: "Every 5 minutes" },
              { id: "15", label: "Every 15 minutes" },
              { id: "60", label: "Every hour" },
            ]}
            value={String(link.everyMinutes ?? 0)}
            onChange={(minutes) => change({ everyMinutes: Number(minutes) })}
          />
        </Fact>
        <Fact name="Names of secrets">
          <Switch
            isSelected={link.secretNames}
            onChange={(secretNames) => change({ secretNames })}
            description="Names and tags only, never values"
          >
            Pull them
          </Switch>
        </Fact>
        <Fact name="Order of rules">
          <Select<ChosenSemantics>
            label="Order of rules"
            hideLabel
            options={[
              { id: "proposed", label: `As the server suggests: ${ORDER[link.proposed]}` },
              { id: "forbid-wins", label: ORDER["forbid-wins"] },
              { id: "last-match", label: ORDER["last-match"] },
            ]}
            value={link.chosen ?? "proposed"}
            onChange={(semantics) => change({ semantics })}
            description={link.proposedBecause}
          />
        </Fact>
        {pull && (
          <Fact name="Last pull">
            {pull.requests.toLocaleString("en-GB")} requests in {(pull.took / 1000).toFixed(1)} s,
            as {pull.asUser ? "a user" : "a machine identity"}
            {skewLine(link) ? `. ${skewLine(link) ?? ""}; what counts now follows the server.` : ""}
          </Fact>
        )}
      </dl>
      {pull && pull.unseen.length > 0 && <NotSeen unseen={pull.unseen} />}
      {pull?.notes.map((note) => (
        <div key={note} className={styles.line}>
          <CodeText text={note} />
        </div>
      ))}
    </Card>
  );
}

/** What the last pull could not see: first what leaves answers open. */
function NotSeen({ unseen }: { unseen: readonly UnseenView[] }) {
  const open = unseen.filter(({ clouds }) => clouds.length > 0).length;
  return (
    <section aria-labelledby="not-seen" className={styles.section}>
      <header className={styles.sectionHead}>
        <h3 id="not-seen">Not seen</h3>
        <p className="muted">
          {open === 0
            ? "No answer depends on any of this."
            : "Where an answer depends on it, Reeve says unknown."}
        </p>
      </header>
      <ul>
        {unseen.map(({ what, of, why, remedy, consequence, clouds }) => (
          <li key={what} className={styles.hidden}>
            {clouds.length > 0 ? (
              <CircleHelp size={15} className={styles.doubt} role="img" aria-label="Leaves open" />
            ) : (
              <EyeOff size={15} className={styles.harmless} role="img" aria-label="Harmless" />
            )}
            <div>
              <p>
                <strong>{what}</strong>{" "}
                {of === null ? "not seen" : `not seen for ${formatCount(of)}`}. {consequence}
              </p>
              <p className="muted">
                <CodeText text={`${why} ${remedy}`} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
