import { useCallback, useState, type SyntheticEvent } from "react";
import { asRpcError, type RpcError } from "../../api/error";
import type { ConnectionView, EndedView } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { Dialog } from "../../components/dialog/Dialog";
import { TextArea } from "../../components/field/TextArea";
import { TextField } from "../../components/field/TextField";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { CodeText } from "../../components/text/CodeText";
import { toast } from "../../components/toast/toasts";
import { classes } from "../../lib/classes";
import { askToConnect } from "./connecting";
import { ProjectStep } from "./ProjectStep";
import { ServerFields } from "./ServerFields";
import { useOperationEnd } from "./useOperationEnd";
import { CLOUDS, withHint } from "./words";
import styles from "./remote.module.css";

const FORM = "connect";

type Proof = "universalAuth" | "browser" | "token";

/** Signs in to a server and, for a new connection, pulls a project over it. */
export default function ConnectDialog({ again }: { again: ConnectionView | null }) {
  const [connection, setConnection] = useState<string | null>(null);
  if (connection !== null && again === null) return <ProjectStep connection={connection} />;
  return <SignInStep again={again} onSignedIn={setConnection} />;
}

function SignInStep({
  again,
  onSignedIn,
}: {
  again: ConnectionView | null;
  onSignedIn: (connection: string) => void;
}) {
  const known = useRpc("connections", {});
  const trouble = known.data?.keyringTrouble ?? null;
  const [proof, setProof] = useState<Proof>(again?.method ?? "universalAuth");
  const [address, setAddress] = useState<string>(again?.address ?? CLOUDS.us);
  const [certificate, setCertificate] = useState(again?.certificate ?? "");
  const [clientId, setClientId] = useState(again?.clientId ?? "");
  const [secret, setSecret] = useState("");
  const [pasted, setPasted] = useState("");
  const [wanted, setWanted] = useState<"keyring" | "session">(again?.keeping ?? "keyring");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const [operation, setOperation] = useState<string | null>(null);
  const [before, setBefore] = useState<readonly string[]>([]);
  const keeping = trouble ? "session" : wanted;

  const done = useCallback(
    (id: string) => {
      if (again) {
        toast("Signed in");
        void forgetRefusal();
        askToConnect("closed");
      } else {
        onSignedIn(id);
      }
    },
    [again, onSignedIn],
  );

  const onEnd = useCallback(
    async (ended: EndedView) => {
      setOperation(null);
      setBusy(false);
      if (ended.state === "failed") {
        setError(asRpcError({ ...ended, code: "server", hint: ended.remedy, field: null }));
      }
      if (ended.state !== "done") return;
      const { connections } = await rpc("connections", {});
      const made = connections.find(({ id }) => again?.id === id || !before.includes(id));
      if (made) done(made.id);
    },
    [again, before, done],
  );
  const waiting = useOperationEnd(operation, (ended) => void onEnd(ended));
  // What the page shows can be pasted meanwhile, which is a way on.
  const isWaiting = operation !== null && proof === "browser" && pasted === "";

  const submit = async () => {
    if (isBusy || isWaiting) return;
    setBusy(true);
    setError(null);
    const draft = {
      id: again?.id ?? null,
      name: again?.name ?? "",
      address,
      certificate: certificate === "" ? null : certificate,
      keeping,
    };
    try {
      if (proof === "browser" && pasted === "") {
        setBefore((known.data?.connections ?? []).map(({ id }) => id));
        const { operation: begun } = await rpc("connect_in_browser", { connection: draft });
        setOperation(begun);
        setBusy(false);
        return;
      }
      const made = await rpc("connect", {
        connection: draft,
        proof:
          proof === "universalAuth"
            ? { kind: "universalAuth", clientId, clientSecret: secret }
            : proof === "token"
              ? { kind: "token", token: secret }
              : { kind: "pasted", text: pasted },
      });
      setSecret("");
      if (waiting) await rpc("cancel_operation", { operation: waiting.id });
      done(made.id);
    } catch (thrown) {
      setError(asRpcError(thrown));
    }
    setBusy(false);
  };

  const close = () => {
    if (waiting) void rpc("cancel_operation", { operation: waiting.id });
    askToConnect("closed");
  };

  return (
    <Dialog
      title={again ? `Sign in to ${again.name}` : "Connect to Infisical"}
      description="Reeve reads roles, members and privileges. It never reads the value of a secret."
      isOpen
      onOpenChange={close}
      footer={
        <>
          <Button variant="ghost" onPress={close}>
            Cancel
          </Button>
          <Button type="submit" form={FORM} variant="primary" isPending={isBusy || isWaiting}>
            {isWaiting
              ? "Waiting for the browser"
              : proof === "browser" && pasted === ""
                ? "Open the browser"
                : "Sign in"}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        className={styles.form}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        {!again && (
          <ServerFields
            address={address}
            onAddress={setAddress}
            certificate={certificate}
            onCertificate={setCertificate}
            error={error?.field === "address" ? error.message : undefined}
          />
        )}
        <div>
          <span className={styles.label}>Sign in as</span>
          <SegmentedControl
            label="Sign in as"
            segments={[
              { id: "universalAuth", label: "Machine identity" },
              { id: "browser", label: "User, in the browser" },
              { id: "token", label: "Token" },
            ]}
            value={proof}
            onChange={setProof}
          />
        </div>
        {proof === "universalAuth" && (
          <div className={classes(styles.pair, styles.identity)}>
            <TextField label="Client ID" mono value={clientId} onChange={setClientId} />
            <TextField label="Client secret" type="password" value={secret} onChange={setSecret} />
          </div>
        )}
        {proof === "token" && (
          <TextField label="Access token" type="password" value={secret} onChange={setSecret} />
        )}
        {error && error.field !== "address" && (
          <p role="alert" ref={bringIntoView} className={styles.trouble}>
            <CodeText text={withHint(error)} />
          </p>
        )}
        {proof !== "browser" && (
          <p className={styles.note}>
            A machine identity does not see users’ privileges that have ended, and can never change
            users’ privileges; the active ones are read from the server’s permission audit. Sign in
            as a user to see everything.
          </p>
        )}
        {proof === "browser" && (waiting !== null || pasted !== "") && (
          <div className={styles.form}>
            {waiting?.page && (
              <p role="status">
                Sign in on the page that has opened; this window goes on by itself. If no page
                opened, open this one:{" "}
                <a className={styles.address} href={waiting.page}>
                  {waiting.page}
                </a>
              </p>
            )}
            <TextArea
              label="Or paste what the page shows"
              value={pasted}
              onChange={setPasted}
              rows={2}
            />
          </div>
        )}
        {trouble ? (
          <div className={styles.warn} role="note">
            <strong>{trouble.message}</strong> The sign-in is kept in memory until Reeve ends, and
            never written to the disk. {trouble.remedy}
          </div>
        ) : (
          <div>
            <span className={styles.label}>Keep the sign-in</span>
            <SegmentedControl
              label="Keep the sign-in"
              segments={[
                { id: "keyring", label: "In the system keyring" },
                { id: "session", label: "For this session only" },
              ]}
              value={wanted}
              onChange={setWanted}
            />
          </div>
        )}
      </form>
    </Dialog>
  );
}

/** Where the window is low, what went wrong may be out of sight. */
function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** What failed for want of a sign-in need not stand there any more. */
async function forgetRefusal(): Promise<void> {
  const { operation } = await rpc("remote_status", {});
  if (operation?.ended?.state === "failed" && operation.ended.signIn) {
    await rpc("dismiss_operation", { operation: operation.id });
  }
}
