/** What can be done with a role from wherever it is listed. */
import { Copy, CopyPlus, PanelRightOpen, Pencil, Trash2 } from "lucide-react";
import type { MenuEntry } from "../../components/menu/MenuItems";
import { errorToast, toast } from "../../components/toast/toasts";
import type { RoleDialog, RoleWords } from "./RoleDialogs";

/** `open` is absent where the role is open already. */
export function roleActs(
  role: RoleWords,
  onDialog: (dialog: RoleDialog) => void,
  open?: () => void,
): MenuEntry[] {
  const fixed = role.predefined
    ? { isDisabled: true, description: "The server defines this role" }
    : {};
  return [
    ...(open
      ? [{ id: "open", label: "Open", icon: PanelRightOpen, kbd: "Enter", onAction: open }]
      : []),
    {
      id: "duplicate",
      label: "Duplicate…",
      icon: CopyPlus,
      onAction: () => onDialog({ kind: "duplicate", role }),
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
