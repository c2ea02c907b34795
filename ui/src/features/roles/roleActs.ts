/** What can be done with a role from wherever it is listed. */
import { Copy, CopyPlus, PanelRightOpen, Pencil, Trash2 } from "lucide-react";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { errorToast, toast } from "../../components/toast/toasts";
import type { RoleDialog, RoleWords } from "./RoleDialogs";

/** What `isLocal` says no to is only read; `open` is absent where the role is open already. */
export function roleActs(
  role: RoleWords,
  isLocal: boolean,
  onDialog: (dialog: RoleDialog) => void,
  open?: () => void,
): MenuEntry[] {
  const foreign = !isLocal && { isDisabled: true, description: "This project is read only" };
  const fixed = role.predefined
    ? { isDisabled: true, description: "The server defines this role" }
    : foreign;
  return [
    ...(open
      ? [{ id: "open", label: "Open", icon: PanelRightOpen, kbd: "Enter", onAction: open }]
      : []),
    {
      id: "duplicate",
      label: "Duplicate…",
      icon: CopyPlus,
      onAction: () => onDialog({ kind: "duplicate", role }),
      ...foreign,
    },
    {
      id: "rename",
      label: "Rename…",
      icon: Pencil,
      onAction: () => onDialog({ kind: "rename", role }),
      ...fixed,
    },
    {
      id: "copy",
      label: "Copy slug",
      icon: Copy,
      onAction: () =>
        void navigator.clipboard.writeText(role.slug).then(
          () => toast(`Copied ${role.slug}`),
          () => errorToast("The clipboard refused the slug"),
        ),
    },
    "separator",
    {
      id: "delete",
      label: "Delete…",
      icon: Trash2,
      tone: "danger",
      onAction: () => onDialog({ kind: "delete", role }),
      ...fixed,
    },
  ];
}
