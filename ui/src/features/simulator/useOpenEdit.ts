import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { rpcKey } from "../../api/queries";
import { rpc } from "../../api/rpc";
import type { EditPlace } from "../../api/generated/commands";
import { errorToast } from "../../components/toast/toasts";

/** Opens the editor in which an edit is made, with the edit in it and nothing saved. */
export function useOpenEdit(): (at: EditPlace) => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = async (at: EditPlace) => {
    switch (at.kind) {
      case "role": {
        const { revision, draft, name } = await rpc("role_detail", { role: at.role });
        if (draft !== null) {
          errorToast(`${name} has unsaved edits. Save or discard them first.`);
          return navigate({ to: "/roles/$role", params: { role: at.role } });
        }
        await rpc("keep_role_draft", {
          role: at.role,
          base: revision,
          rules: at.rules,
          written: null,
        });
        // The editor starts from what it first reads, so that must have the draft in it.
        client.removeQueries({ queryKey: rpcKey("role_detail", { role: at.role }) });
        return navigate({ to: "/roles/$role", params: { role: at.role } });
      }
      case "privilege":
        return navigate({
          to: "/members/$member/privileges/$privilege",
          params: { member: at.member, privilege: at.privilege },
          search: { policies: at.rules },
        });
      case "newPrivilege":
        return navigate({
          to: "/members/$member/privileges/new",
          params: { member: at.member },
          search: { policies: at.rules },
        });
      case "endPrivilege":
        return navigate({
          to: "/members/$member",
          params: { member: at.member },
          search: { endPrivilege: at.privilege },
        });
      case "leaveGroup":
        return navigate({
          to: "/members/$member",
          params: { member: at.member },
          search: { leaveGroup: at.group },
        });
      case "takeRole":
        return navigate({
          to: "/members/$member",
          params: { member: at.member },
          search: at.refusal === null ? { takeRole: at.role } : { addRole: true },
        });
    }
  };
  return (at) =>
    void open(at).catch((error: unknown) =>
      errorToast(error instanceof Error ? error.message : "The editor could not be opened"),
    );
}
