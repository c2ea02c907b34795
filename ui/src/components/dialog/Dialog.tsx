import { X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { classes } from "../../lib/classes";
import { IconButton } from "../button/IconButton";
import styles from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** One line below the title. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the deciding one last. */
  footer?: ReactNode;
  width?: "narrow" | "medium" | "wide";
  /** `alert` for a question about harm: it does not close by a click beside it. */
  kind?: "plain" | "alert";
}

/** A question or a form that must be finished or given up first. Esc gives up. */
export function Dialog({
  title,
  isOpen,
  onOpenChange,
  description,
  children,
  footer,
  width = "medium",
  kind = "plain",
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={kind === "plain"}
      className={classes(styles.overlay)}
    >
      <Modal className={classes(styles.modal, styles[width])}>
        <AriaDialog
          role={kind === "alert" ? "alertdialog" : "dialog"}
          className={classes(styles.dialog)}
        >
          <StartingFocus>
            <header className={styles.header}>
              <div className={styles.titles}>
                <Heading slot="title" level={2} className={classes(styles.title)}>
                  {title}
                </Heading>
                {description && <p className="muted">{description}</p>}
              </div>
              <IconButton icon={X} label="Close" size="small" onPress={() => onOpenChange(false)} />
            </header>
            {children !== undefined && <div className={styles.body}>{children}</div>}
            {footer && <footer className={styles.footer}>{footer}</footer>}
          </StartingFocus>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

const FIELDS =
  'input:not(:disabled, [hidden], [type="checkbox"], [type="radio"], [type="file"], [tabindex="-1"]), textarea:not(:disabled), button[aria-haspopup="listbox"]:not(:disabled)';

/**
 * Gives the focus to the first field, or else to the button that does nothing, unless something in
 * it has taken it. What a field begins with is selected, so that typing replaces it.
 */
function StartingFocus({ children }: { children: ReactNode }) {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (!current || current.contains(document.activeElement)) return;
    const first =
      current.querySelector<HTMLElement>(FIELDS) ??
      current.querySelector<HTMLElement>("footer button:not(:disabled)");
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, []);
  return (
    <div ref={dialog} className={styles.content}>
      {children}
    </div>
  );
}
