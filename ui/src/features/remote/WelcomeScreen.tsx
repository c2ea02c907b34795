import { CloudDownload, FilePlus2, FolderOpen, Sparkles, type LucideIcon } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Logo } from "../../components/logo/Logo";
import { Toasts } from "../../components/toast/Toasts";
import { askToConnect } from "./connecting";
import styles from "./remote.module.css";

export interface WelcomeScreenProps {
  onSample: () => void;
  onNew: () => void;
  onOpen: () => void;
}

/** What a first start offers. */
export default function WelcomeScreen({ onSample, onNew, onOpen }: WelcomeScreenProps) {
  return (
    <main className={styles.first} aria-labelledby="welcome">
      <div className={styles.firstBox}>
        <Logo size="large" />
        <h1 id="welcome" className={styles.firstTitle} tabIndex={-1}>
          Reeve
        </h1>
        <p className="muted">See and change who may do what in an Infisical project.</p>
        <div className={styles.welcome}>
          <Way icon={Sparkles} title="Explore the sample" onPress={onSample} autoFocus>
            A made-up project with sixty people. Nothing leaves this machine.
          </Way>
          <Way
            icon={CloudDownload}
            title="Connect to Infisical"
            onPress={() => askToConnect("new")}
          >
            Pull a project from the cloud or your own server, to read.
          </Way>
          <Way icon={FilePlus2} title="New local project" onPress={onNew}>
            Start from nothing and draft roles and access offline.
          </Way>
          <Way icon={FolderOpen} title="Open a workspace" onPress={onOpen}>
            A file that Reeve made before.
          </Way>
        </div>
      </div>
      <Toasts />
    </main>
  );
}

function Way({
  icon: Icon,
  title,
  children,
  onPress,
  autoFocus = false,
}: {
  icon: LucideIcon;
  title: string;
  children: string;
  onPress: () => void;
  autoFocus?: boolean;
}) {
  return (
    <Button className={styles.way ?? ""} onPress={onPress} autoFocus={autoFocus}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      <strong>{title}</strong>
      <span>{children}</span>
    </Button>
  );
}
