import { useNavigate } from "@tanstack/react-router";
import { Bot, Plus, User, Users } from "lucide-react";
import { useState } from "react";
import type { Kind } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Menu } from "../../components/menu/Menu";
import { MemberDialog } from "./edit/MemberDialog";
import { useIsLocal } from "../../api/useIsLocal";

/** Adds a user, a machine identity or a group. A linked project gets its members from its server. */
export function AddMember() {
  const navigate = useNavigate();
  const isLocal = useIsLocal();
  const [kind, setKind] = useState<Kind | null>(null);
  if (!isLocal) return null;
  return (
    <>
      <Menu
        label="Add"
        trigger={
          <Button variant="primary" icon={Plus}>
            Add
          </Button>
        }
        entries={[
          { id: "user", label: "User…", icon: User, onAction: () => setKind("user") },
          {
            id: "identity",
            label: "Machine identity…",
            icon: Bot,
            onAction: () => setKind("identity"),
          },
          { id: "group", label: "Group…", icon: Users, onAction: () => setKind("group") },
        ]}
      />
      {kind && (
        <MemberDialog
          kind={kind}
          onClose={() => setKind(null)}
          onSaved={(member) =>
            void navigate({
              to: "/members/$member",
              params: { member },
              state: { openedFrom: "/members" },
            })
          }
        />
      )}
    </>
  );
}
