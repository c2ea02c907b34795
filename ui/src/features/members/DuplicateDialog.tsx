import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { rpc } from "../../api/rpc";
import { Avatar } from "../../components/avatar/Avatar";
import { Button } from "../../components/button/Button";
import { ComboBox } from "../../components/combobox/ComboBox";
import type { SearchOptions } from "../../components/combobox/useOptions";
import { Dialog } from "../../components/dialog/Dialog";
import type { Option } from "../../components/list/Option";

export interface DuplicateDialogProps {
  privilege: string;
  slug: string;
  onClose: () => void;
}

/** Asks who shall get the same privilege; what it becomes for them is written in the editor. */
export function DuplicateDialog({ privilege, slug, onClose }: DuplicateDialogProps) {
  const navigate = useNavigate();
  const [member, setMember] = useState<Option | null>(null);
  const go = () => {
    if (!member) return;
    onClose();
    void navigate({
      to: "/members/$member/privileges/new",
      params: { member: member.id },
      search: { copyOf: privilege },
    });
  };
  return (
    <Dialog
      title={`Duplicate ${slug}`}
      description="Its policies, reason and end are copied. You can change all of it before it is saved."
      isOpen
      width="narrow"
      onOpenChange={onClose}
      footer={
        <>
          <Button variant="ghost" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" isDisabled={member === null} onPress={go}>
            Continue
          </Button>
        </>
      }
    >
      <ComboBox
        autoFocus
        label="To"
        placeholder="Search users and identities…"
        emptyText="Nobody is called so"
        search={searchActors}
        value={member}
        onChange={setMember}
      />
    </Dialog>
  );
}

/** Finds users and identities; a group has no privileges. */
const searchActors: SearchOptions<string> = async (text) => {
  const { members } = await rpc("find", { text });
  return members
    .filter(({ member }) => member.kind !== "group")
    .map(({ member: { id, name, kind }, detail }) => ({
      id,
      label: name,
      description: detail,
      picture: <Avatar name={name} kind={kind} />,
    }));
};
