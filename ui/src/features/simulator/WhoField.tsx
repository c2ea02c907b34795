import { Shield } from "lucide-react";
import { useState } from "react";
import { findMembers } from "../../api/findMembers";
import { useRpc } from "../../api/queries";
import type { FieldProblem } from "../../api/generated/commands";
import { ComboBox } from "../../components/combobox/ComboBox";
import { memberOption } from "../../components/combobox/memberOption";
import type { SearchOptions } from "../../components/combobox/useOptions";
import { TextArea } from "../../components/field/TextArea";
import type { Option } from "../../components/list/Option";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import type { Question, WhoKind } from "./search";
import styles from "./form.module.css";

const KINDS: readonly { id: WhoKind; label: string }[] = [
  { id: "member", label: "Member" },
  { id: "role", label: "Role" },
  { id: "rules", label: "Policies" },
];

export interface WhoFieldProps {
  question: Question;
  ask: (change: Partial<Question>) => void;
  problems: readonly FieldProblem[];
}

/** Whom the question is about: somebody, or whoever has just some rules. */
export function WhoField({ question, ask, problems }: WhoFieldProps) {
  const { who, member, rules, folderRules } = question;
  const problem = (field: string) => problems.find((it) => it.field === field)?.message;
  return (
    <div className={styles.who}>
      <span className={styles.label}>Who</span>
      <SegmentedControl
        label="Who it is about"
        fill
        segments={KINDS}
        value={who}
        onChange={(kind) => ask({ who: kind })}
      />
      {who === "member" && (
        <div data-field="who">
          <MemberField
            member={member}
            onChange={(id) => ask({ member: id })}
            error={problem("who")}
          />
        </div>
      )}
      {who === "role" && (
        <div data-field="who">
          <RoleField
            role={question.role}
            onChange={(role) => ask({ role })}
            error={problem("who")}
          />
        </div>
      )}
      {who === "rules" && (
        <>
          <div data-field="rules">
            <TextArea
              label="Policies as JSON"
              hideLabel
              mono
              rows={7}
              placeholder={RULES_EXAMPLE}
              value={rules}
              onChange={(text) => ask({ rules: text })}
              error={rules.trim() === "" ? undefined : problem("rules")}
              description={
                rules.trim() === "" ? "A list of policies, as the API writes them." : undefined
              }
            />
          </div>
          {folderRules !== "" && (
            <div data-field="folderRules">
              <TextArea
                label="Policies of folder grants"
                mono
                rows={4}
                value={folderRules}
                onChange={(text) => ask({ folderRules: text })}
                error={problem("folderRules")}
              />
            </div>
          )}
        </>
      )}
    </div>
  );
}

interface RoleFieldProps {
  /** An id; empty while none is chosen. */
  role: string;
  onChange: (role: string) => void;
  error: string | undefined;
}

/** One of the project’s roles. */
function RoleField({ role, onChange, error }: RoleFieldProps) {
  const list = useRpc("list_roles", {});
  const options = (list.data?.roles ?? []).map(({ id, name, slug }): Option => ({
    id,
    label: name,
    slug,
    icon: Shield,
  }));
  const chosen = options.find(({ id }) => id === role);
  return (
    <ComboBox
      label="Role"
      hideLabel
      placeholder="Search roles…"
      options={options}
      value={role === "" ? null : (chosen ?? { id: role, label: role })}
      onChange={(option) => onChange(option?.id ?? "")}
      error={error ?? list.error?.message}
    />
  );
}

const RULES_EXAMPLE = '[{"subject": "secrets",\n  "action": ["readValue"]}]';

export interface MemberFieldProps {
  /** An id; empty while nobody is chosen. */
  member: string;
  onChange: (member: string) => void;
  error?: string | undefined;
  label?: string;
}

/** A user, a machine identity or a group, found by typing. */
export function MemberField({ member, onChange, error, label = "Who" }: MemberFieldProps) {
  const detail = useRpc("member_detail", { member }, { enabled: member !== "" });
  // What was just chosen has its name already: a name that came later would count as typing.
  const [chosen, setChosen] = useState<Option | null>(null);
  const known = detail.data?.id === member ? memberOption(detail.data) : null;
  const option =
    chosen?.id === member ? chosen : (known ?? { id: member, label: detail.error ? member : "…" });
  return (
    <ComboBox
      label={label}
      hideLabel={label === "Who"}
      placeholder="Search users, identities, groups…"
      search={searchMembers}
      value={member === "" ? null : option}
      onChange={(next) => {
        setChosen(next);
        onChange(next?.id ?? "");
      }}
      emptyText="Nobody matches"
      error={error ?? detail.error?.message}
    />
  );
}

const searchMembers: SearchOptions<string> = async (text) =>
  (await findMembers(text)).map((row) => memberOption(row, row.detail));
