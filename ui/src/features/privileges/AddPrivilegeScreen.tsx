import { Link, useLocation, useParams, useSearch } from "@tanstack/react-router";
import { KeyRound, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import type { MemberDetail, OpenedPolicy } from "../../api/generated/commands";
import { useRpc } from "../../api/queries";
import { buttonClass } from "../../components/button/Button";
import { EmptyState } from "../../components/state/EmptyState";
import { emptyForm, openedForm, withPolicies, type PrivilegeForm } from "./draft";
import type { Holder } from "./holder";
import { EditorFailed, EditorWaiting, InsteadOfEditor, useEditorParts } from "./loading";
import { PrivilegeEditor } from "./PrivilegeEditor";
import { Proposed } from "./Proposed";

/** Gives one member an additional privilege. A page of its own: it may take a while to write. */
export function AddPrivilegeScreen() {
  const { member: id } = useParams({ from: "/frame/members/$member/privileges/new" });
  const { copyOf, policies } = useSearch({ from: "/frame/members/$member/privileges/new" });
  const member = useRpc("member_detail", { member: id });
  const { parts, instead } = useEditorParts([member]);
  if (!parts || !member.data) return instead;
  if (member.data.kind === "group") return <NotForGroups member={member.data} />;
  const holder: Holder = { kind: "one", member: member.data };
  if (policies !== undefined) {
    return (
      <Proposed policies={policies}>
        {(proposed) => (
          <PrivilegeEditor
            key={`${id} ${policies}`}
            holder={holder}
            {...parts}
            title="Add Additional Privileges"
            initial={emptyForm}
            written={withPolicies(formFor(proposed), proposed)}
          />
        )}
      </Proposed>
    );
  }
  if (copyOf === undefined) {
    return (
      <PrivilegeEditor
        key={id}
        holder={holder}
        {...parts}
        title="Add Additional Privileges"
        initial={emptyForm}
      />
    );
  }
  return (
    <Copied of={copyOf}>
      {(initial) => (
        <PrivilegeEditor
          key={`${id} ${copyOf}`}
          holder={holder}
          {...parts}
          title="Duplicate Additional Privileges"
          initial={initial}
        />
      )}
    </Copied>
  );
}

/** Access that was proposed elsewhere ends by itself, unless somebody wants it to stay. */
function formFor(proposed: readonly OpenedPolicy[]): PrivilegeForm {
  if (proposed.every(({ policy }) => policy.inverted)) return emptyForm;
  return { ...emptyForm, duration: { mode: "timed", range: "1h", end: "" } };
}

/** Gives the same additional privilege to several members that were chosen in their list. */
export function AddToManyScreen() {
  const { chosen } = useLocation({ select: ({ state }) => state });
  const { parts, instead } = useEditorParts([]);
  if (!chosen) {
    return (
      <InsteadOfEditor>
        <EmptyState
          icon={KeyRound}
          title="No members are chosen"
          action={
            <Link to="/members" className={buttonClass("secondary")}>
              Choose members
            </Link>
          }
        >
          Tick members in their list, then add a privilege to all of them.
        </EmptyState>
      </InsteadOfEditor>
    );
  }
  if (!parts) return instead;
  return (
    <PrivilegeEditor
      holder={{ kind: "many", ...chosen }}
      {...parts}
      title="Add Additional Privileges"
      initial={emptyForm}
    />
  );
}

/** Reads the privilege that is copied, once: the copy does not follow it. */
function Copied({ of, children }: { of: string; children: (initial: PrivilegeForm) => ReactNode }) {
  const opened = useRpc("open_privilege", { kind: "privilege", id: of });
  if (opened.data) return children(openedForm(opened.data, "copy"));
  if (!opened.error) return <EditorWaiting label="the privilege" />;
  return <EditorFailed error={opened.error} onRetry={() => void opened.refetch()} />;
}

function NotForGroups({ member: { id, name } }: { member: MemberDetail }) {
  return (
    <InsteadOfEditor>
      <EmptyState
        icon={UsersRound}
        title="A group has no additional privileges"
        action={
          <Link to="/members/$member" params={{ member: id }} className={buttonClass("secondary")}>
            Back to {name}
          </Link>
        }
      >
        They are given to one user or machine identity. A group can have roles instead.
      </EmptyState>
    </InsteadOfEditor>
  );
}
