import { useNavigate } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { useEffect, useEffectEvent } from "react";
import type { BulkAct, BulkDialogProps } from "../../api/bulkActs";

/** Gives ticked members an additional privilege; it is written on a page of its own. */
export const attachToMany: BulkAct = {
  id: "attachPrivilege",
  label: "Add privilege",
  icon: KeyRound,
  Dialog: GoToEditor,
};

function GoToEditor({ selection, count, only, onClose }: BulkDialogProps) {
  const navigate = useNavigate();
  const go = useEffectEvent(() => {
    onClose();
    if (only && only.kind !== "group") {
      void navigate({ to: "/members/$member/privileges/new", params: { member: only.id } });
      return;
    }
    void navigate({
      to: "/members/add-privilege",
      state: { openedFrom: "/members", chosen: { selection, count } },
    });
  });
  useEffect(() => go(), []);
  return null;
}
