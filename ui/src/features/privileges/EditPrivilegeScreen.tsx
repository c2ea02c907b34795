import { Link, useParams, useSearch } from "@tanstack/react-router";
import { KeyRound, Lock } from "lucide-react";
import { useState } from "react";
import type { EditedRef, OpenedPolicy, OpenedPrivilege } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { buttonClass } from "../../components/button/Button";
import { EmptyState } from "../../components/state/EmptyState";
import { openedForm, withPolicies } from "./draft";
import { InsteadOfEditor, useEditorParts } from "./loading";
import { PrivilegeEditor } from "./PrivilegeEditor";
import { Proposed } from "./Proposed";

/** Edits an additional privilege. */
export function EditPrivilegeScreen() {
  const { member, privilege } = useParams({ from: "/frame/members/$member/privileges/$privilege" });
  const { policies } = useSearch({ from: "/frame/members/$member/privileges/$privilege" });
  const grant: EditedRef = { kind: "privilege", id: privilege };
  if (policies === undefined) return <Editing key={privilege} member={member} grant={grant} />;
  return (
    <Proposed policies={policies}>
      {(proposed) => (
        <Editing
          key={`${privilege} ${policies}`}
          member={member}
          grant={grant}
          proposed={proposed}
        />
      )}
    </Proposed>
  );
}

/** Edits a privilege that begins later. */
export function EditScheduledScreen() {
  const { member, scheduled } = useParams({ from: "/frame/members/$member/scheduled/$scheduled" });
  return <Editing key={scheduled} member={member} grant={{ kind: "scheduled", id: scheduled }} />;
}

interface EditingProps {
  member: string;
  grant: EditedRef;
  /** Policies that are on the form in place of the stored ones. */
  proposed?: readonly OpenedPolicy[];
}

function Editing({ member: id, grant, proposed }: EditingProps) {
  const member = useRpc("member_detail", { member: id });
  const opened = useRpc("open_privilege", grant);
  // What editing began from; the editor itself follows what becomes of it.
  const [first, setFirst] = useState<OpenedPrivilege>();
  if (!first && opened.data) setFirst(opened.data);
  const gone = !first && opened.error?.code === "notFound";
  const { parts, instead } = useEditorParts(gone ? [member] : [member, opened]);
  if (gone) return <Gone member={id} />;
  if (!parts || !member.data || !first) return instead;
  if (first.managed) return <Managed member={id} slug={first.slug} />;
  return (
    <PrivilegeEditor
      holder={{ kind: "one", member: member.data }}
      {...parts}
      title={grant.kind === "privilege" ? "Edit Additional Privilege" : "Edit scheduled privilege"}
      initial={openedForm(first, "edit")}
      written={proposed && withPolicies(openedForm(first, "edit"), proposed)}
      stored={{ grant, opened: first }}
    />
  );
}

function Gone({ member }: { member: string }) {
  return (
    <InsteadOfEditor>
      <EmptyState
        icon={KeyRound}
        title="It does not exist any more"
        action={<Back member={member} />}
      >
        It was removed meanwhile, or it has begun and stands among the privileges now.
      </EmptyState>
    </InsteadOfEditor>
  );
}

function Managed({ member, slug }: { member: string; slug: string }) {
  return (
    <InsteadOfEditor>
      <EmptyState icon={Lock} title={`${slug} is managed`} action={<Back member={member} />}>
        It was granted by an access request, so the server lets nobody edit or remove it here. It
        ends with the request.
      </EmptyState>
    </InsteadOfEditor>
  );
}

function Back({ member }: { member: string }) {
  return (
    <Link to="/members/$member" params={{ member }} className={buttonClass("secondary")}>
      Back to the member
    </Link>
  );
}
