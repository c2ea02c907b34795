import { ShieldMinus, ShieldPlus, UserMinus, UserPlus, UserX } from "lucide-react";
import type { BulkAct } from "../../../api/bulkActs";
import { AddToGroupDialog, RemoveFromGroupDialog } from "./GroupActs";
import { RemoveMembersDialog } from "./RemoveMembers";
import { AddRoleDialog, RemoveRoleDialog } from "./RoleActs";

/** What this feature can do with ticked members. */
export const memberBulkActs: readonly BulkAct[] = [
  { id: "addRole", label: "Add role", icon: ShieldPlus, Dialog: AddRoleDialog },
  { id: "removeRole", label: "Remove role", icon: ShieldMinus, Dialog: RemoveRoleDialog },
  { id: "addToGroup", label: "Add to group", icon: UserPlus, Dialog: AddToGroupDialog },
  {
    id: "removeFromGroup",
    label: "Remove from group",
    icon: UserMinus,
    secondary: true,
    Dialog: RemoveFromGroupDialog,
  },
  {
    id: "remove",
    label: "Remove from the project",
    icon: UserX,
    tone: "danger",
    secondary: true,
    Dialog: RemoveMembersDialog,
  },
];
