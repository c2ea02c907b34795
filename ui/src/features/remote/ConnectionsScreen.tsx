import { CloudDownload, KeyRound, Plus } from "lucide-react";
import { asRpcError } from "../../api/error";
import type { ConnectionView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Card } from "../../components/card/Card";
import { Chip } from "../../components/chip/Chip";
import { Page, PageHeader } from "../../components/page/PageHeader";
import { EmptyState } from "../../components/state/EmptyState";
import { ErrorState } from "../../components/state/ErrorState";
import { SkeletonRows } from "../../components/state/Skeleton";
import { errorToast, toast } from "../../components/toast/toasts";
import { ChangesCard } from "./ChangesCard";
import { CompareCard } from "./CompareCard";
import { askToConnect } from "./connecting";
import { LinkCard } from "./LinkCard";
import { withHint } from "./words";
import styles from "./remote.module.css";

const METHODS: Record<ConnectionView["method"], string> = {
  universalAuth: "Machine identity",
  browser: "User",
  token: "Token",
};

/** Connections to servers, and what the open project has to do with one. */
export function ConnectionsScreen() {
  const list = useRpc("connections", {});
  const status = useRpc("remote_status", {});
  const link = status.data?.link ?? null;
  return (
    <Page scrolls>
      <PageHeader
        title="Connections"
        ruled
        actions={
          <Button variant="primary" icon={Plus} onPress={() => askToConnect("new")}>
            Connect to Infisical
          </Button>
        }
      />
      <div className={styles.column}>
        {list.error && (
          <ErrorState
            look="bar"
            message={list.error.message}
            hint={list.error.hint}
            onRetry={() => void list.refetch()}
          />
        )}
        {link && <ChangesCard />}
        {link && <LinkCard link={link} connections={list.data?.connections ?? []} />}
        {link && <CompareCard />}
        <Card title="Connections" count={list.data?.connections.length}>
          {list.isPending && <SkeletonRows label="the connections" rows={2} />}
          {list.data?.connections.length === 0 && (
            <EmptyState icon={CloudDownload} title="No connection yet">
              Connect to the cloud or to your own server to pull a project.
            </EmptyState>
          )}
          {list.data?.connections.map((connection) => (
            <Line key={connection.id} connection={connection} />
          ))}
        </Card>
        {list.data && (
          <Card title="Keyring" inset="padded">
            {list.data.keyringTrouble ? (
              <p className={styles.warn}>
                <strong>{list.data.keyringTrouble.message}</strong>{" "}
                {list.data.keyringTrouble.remedy} Without it a sign-in lives in memory until Reeve
                ends; nothing secret is ever written to the disk.
              </p>
            ) : (
              <p className={styles.note}>
                <KeyRound size={13} aria-hidden="true" /> Tokens and client secrets are kept in the
                keyring of this system and nowhere else.
              </p>
            )}
          </Card>
        )}
      </div>
    </Page>
  );
}

function Line({ connection }: { connection: ConnectionView }) {
  const { id, name, address, method, who, keeping, signedIn, trouble } = connection;
  const attempt = (work: Promise<unknown>) => {
    work.catch((thrown: unknown) => errorToast(withHint(asRpcError(thrown))));
  };
  return (
    <div className={styles.line}>
      <div className={styles.what}>
        <span className={styles.names}>
          <strong className="truncate">{name}</strong>
          {signedIn ? (
            <Chip tone="allow">Signed in</Chip>
          ) : (
            <Chip tone="conditional">Sign-in needed</Chip>
          )}
          {keeping === "session" && <Chip>This session only</Chip>}
        </span>
        <span className="faint truncate">
          <span className="mono">{address}</span> · {METHODS[method]} {who}
        </span>
        {trouble && <span className="muted">{trouble}</span>}
      </div>
      <div className={styles.acts}>
        <Button
          size="small"
          aria-label={`Sign in to ${name} again`}
          onPress={() => askToConnect(connection)}
        >
          Sign in…
        </Button>
        {signedIn && (
          <Button
            size="small"
            aria-label={`Sign out of ${name}`}
            onPress={() =>
              attempt(rpc("sign_out", { connection: id }).then(({ sentence }) => toast(sentence)))
            }
          >
            Sign out
          </Button>
        )}
        <Button
          size="small"
          variant="ghost"
          aria-label={`Remove ${name}`}
          onPress={() =>
            attempt(
              rpc("remove_connection", { connection: id }).then(() =>
                toast(`${name} was signed out and removed`),
              ),
            )
          }
        >
          Remove
        </Button>
      </div>
    </div>
  );
}
