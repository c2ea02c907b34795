import { DeleteRoleDialog } from "./DeleteRoleDialog";
import { RoleFieldsDialog } from "./RoleFieldsDialog";

/** Enough of a role to act on it. */
export interface RoleWords {
  id: string;
  name: string;
  slug: string;
  description: string;
  predefined: boolean;
}

export type RoleDialog =
  | { kind: "create" }
  | { kind: "duplicate"; role: RoleWords }
  | { kind: "rename"; role: RoleWords }
  | { kind: "delete"; role: RoleWords };

export interface RoleDialogsProps {
  dialog: RoleDialog | null;
  onDialog: (dialog: RoleDialog | null) => void;
  /** Called once the role that is open is gone. */
  onDeleted?: () => void;
}

/** The questions that an act on a role asks. */
export function RoleDialogs({ dialog, onDialog, onDeleted }: RoleDialogsProps) {
  const close = () => onDialog(null);
  if (!dialog) return null;
  return dialog.kind === "delete" ? (
    <DeleteRoleDialog role={dialog.role} onClose={close} onDeleted={onDeleted} />
  ) : (
    <RoleFieldsDialog dialog={dialog} onClose={close} />
  );
}
