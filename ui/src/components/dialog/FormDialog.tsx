import { useId, type ReactNode, type SyntheticEvent } from "react";
import { Button } from "../button/Button";
import { ErrorState } from "../state/ErrorState";
import { Dialog, type DialogProps } from "./Dialog";
import styles from "./Dialog.module.css";

export interface FormDialogProps extends Pick<DialogProps, "title" | "description" | "width"> {
  /** What the deciding button says: "Add role". */
  submitLabel: string;
  onSubmit: () => void;
  onClose: () => void;
  isPending: boolean;
  /** Whether there is nothing yet that could be done. */
  isDisabled?: boolean;
  /** Why the core gave no answer. */
  error?: { message: string; hint?: string | null } | null;
  /** The fields. */
  children: ReactNode;
}

/** A form that is done by Enter or its button, or given up. */
export function FormDialog({
  submitLabel,
  onSubmit,
  onClose,
  isPending,
  isDisabled = false,
  error,
  children,
  ...dialog
}: FormDialogProps) {
  const form = useId();
  return (
    <Dialog
      {...dialog}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            isPending={isPending}
            isDisabled={isDisabled}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className={styles.form}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {error && <ErrorState look="bar" message={error.message} hint={error.hint} />}
        {children}
      </form>
    </Dialog>
  );
}
