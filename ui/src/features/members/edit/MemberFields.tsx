import { useState, type ReactNode } from "react";
import type { MemberDraft } from "../../../api/generated/commands";
import { TextField } from "../../../components/field/TextField";
import type { Option } from "../../../components/list/Option";
import { TagField } from "../../../components/tagfield/TagField";
import { slugOf } from "../../../lib/slug";
import { RoleField } from "../bulk/RoleField";
import styles from "./edit.module.css";
import { AUTH_METHODS, type MemberEdits } from "./memberDraft";
import { MetadataRows } from "./MetadataRows";
import { PeopleField, type Person } from "./PeopleField";

/** A server takes no longer slug. Characters. */
const SLUG_MAX = 64;

const METHOD_OPTIONS: readonly Option[] = AUTH_METHODS.map((id) => ({ id, label: id }));

export interface MemberFieldsProps {
  draft: MemberDraft;
  problem: (field: string) => ReactNode;
  warning: (field: string) => ReactNode;
  onChange: (edits: MemberEdits) => void;
  /** A field was left. */
  onLeave: (field: string) => void;
}

/** The fields of a member: which there are depends on what it is. */
export function MemberFields(props: MemberFieldsProps) {
  const { draft, problem, warning, onChange, onLeave } = props;
  const { kind } = draft;
  const isNew = draft.member === null;
  const [ownSlug, setOwnSlug] = useState(!isNew);
  const note = (field: keyof MemberEdits, usual?: ReactNode) => warning(field) ?? usual;
  // A description that comes later is heard only where there was one from the start.
  const text = (field: "name" | "handle" | "username") => ({
    description: note(field) ?? "",
    value: draft[field],
    onBlur: () => onLeave(field),
    error: problem(field),
  });
  return (
    <>
      <div className={styles.pair} data-field="name">
        <TextField
          {...text("name")}
          autoFocus
          label="Name"
          placeholder={kind === "user" ? "Ann Lee" : kind === "group" ? "Payments" : "ci-deployer"}
          onChange={(name) =>
            onChange(
              kind === "group" && !ownSlug ? { name, handle: slugOf(name, SLUG_MAX) } : { name },
            )
          }
        />
        {kind === "user" && (
          <TextField
            {...text("handle")}
            label="E-mail"
            type="email"
            placeholder="ann@example.com"
            onChange={(handle) => onChange({ handle })}
          />
        )}
        {kind === "group" && (
          <TextField
            {...text("handle")}
            label="Slug"
            mono
            placeholder="payments"
            onChange={(handle) => {
              setOwnSlug(handle !== "");
              onChange({ handle });
            }}
          />
        )}
        {kind === "identity" && <AuthMethods {...props} note={note("authMethods")} />}
      </div>
      {kind === "user" && (
        <TextField
          {...text("username")}
          label="Username (optional)"
          placeholder={draft.handle === "" ? "The e-mail address" : draft.handle}
          description={note(
            "username",
            "What it signs in with, and what {{identity.username}} becomes.",
          )}
          onChange={(username) => onChange({ username })}
        />
      )}
      {isNew && <FirstRole {...props} />}
      {isNew && kind === "group" && <FirstMembers {...props} />}
      {kind !== "group" && (
        <div data-field="metadata" className={styles.form}>
          <MetadataRows
            value={draft.metadata}
            onChange={(metadata) => onChange({ metadata })}
            problem={problem}
          />
          {note("metadata") !== undefined && <p className={styles.hint}>{note("metadata")}</p>}
        </div>
      )}
    </>
  );
}

function AuthMethods({ draft, problem, onChange, note }: MemberFieldsProps & { note: ReactNode }) {
  const wrong = draft.authMethods
    .map((_, place) => problem(`authMethods.${place}`))
    .find((it) => it !== undefined);
  return (
    <div data-field="authMethods">
      <TagField
        label="Auth methods"
        mono={false}
        placeholder="Universal Auth"
        values={draft.authMethods}
        options={METHOD_OPTIONS}
        onChange={(authMethods) => onChange({ authMethods })}
        error={wrong}
        description={note}
      />
    </div>
  );
}

/** The role that it has from the start. */
function FirstRole({ draft, problem, onChange }: MemberFieldsProps) {
  const [role, setRole] = useState<Option | null>(null);
  return (
    <div data-field="role">
      <RoleField
        label="Role"
        autoFocus={false}
        description="Permanent; more roles and an end can be given once it is there."
        value={draft.role === null ? null : role}
        onChange={(next) => {
          setRole(next);
          onChange({ role: next?.id ?? null });
        }}
        error={problem("role")}
      />
    </div>
  );
}

/** Who is in the group from the start. */
function FirstMembers({ draft, problem, onChange }: MemberFieldsProps) {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const wrong = draft.members
    .map((_, place) => ({ place, words: problem(`members.${place}`) }))
    .find(({ words }) => words !== undefined);
  return (
    <PeopleField
      label="Members (optional)"
      value={people}
      error={
        wrong && (
          <>
            {people[wrong.place]?.name}: {wrong.words}
          </>
        )
      }
      onChange={(next) => {
        setPeople(next);
        onChange({ members: next.map(({ id }) => id) });
      }}
    />
  );
}
