import { ClipboardCopy, ClipboardPaste, ShieldPlus } from "lucide-react";
import { useMemo } from "react";
import { asRpcError } from "../../api/error";
import { policiesOf, policyGroups } from "../../api/policyMenu";
import { rpc } from "../../api/rpc";
import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/IconButton";
import { MultiSelectMenu } from "../../components/multiselect/MultiSelectMenu";
import { subjectNamed } from "../../components/rules/offer";
import { RuleCard } from "../../components/rules/RuleCard";
import { copiedRules, copyRules } from "../../components/rules/ruleClipboard";
import { errorToast, toast } from "../../components/toast/toasts";
import { writeJson, type Json } from "../../lib/json";
import { readRules } from "../../lib/rules/edits";
import { formatCount } from "../../lib/numbers";
import { usePrivilegeForm } from "./context";
import { KeptPolicyCard } from "./KeptPolicyCard";
import type { PolicyForm, PrivilegeForm } from "./draft";
import styles from "./privileges.module.css";

/** The policies, each a card; together they are what the privilege gives. */
export function PolicyList({ form }: { form: PrivilegeForm }) {
  const { catalogue, edit, problem, focusNext, rulesText } = usePrivilegeForm();
  const wrong = problem("policies");

  const add = (ids: readonly string[]) => {
    focusNext(`policies.${form.nextKey}`);
    edit({ kind: "add", policies: policiesOf(ids, catalogue) });
  };
  const remove = (policy: PolicyForm, at: number) => {
    const neighbour = form.policies[at + 1] ?? form.policies[at - 1];
    focusNext(neighbour ? `policies.${neighbour.key}` : "policies");
    edit({ kind: "remove", policy: policy.key });
    const title = subjectNamed(catalogue.subjects, policy.subject)?.title ?? policy.subject;
    toast(`Removed the policy on ${title}`, { undo: () => edit({ kind: "restore", policy, at }) });
  };

  // Copied are the rules as they would be stored, so that a role takes them as they are.
  const rules = useMemo(() => rulesOf(rulesText), [rulesText]);
  const paste = async () => {
    const pasted = await copiedRules();
    if (!pasted) return;
    try {
      const { policies } = await rpc("open_policies", { rules: writeJson(pasted) });
      focusNext(`policies.${form.nextKey}`);
      edit({ kind: "paste", policies });
    } catch (thrown) {
      errorToast(asRpcError(thrown).message);
    }
  };

  return (
    <section className={styles.policies} aria-labelledby="policies-title">
      <header className={styles.policiesHead}>
        <h2 id="policies-title" className={styles.heading}>
          Policies
        </h2>
        {form.policies.length > 0 && (
          <span className="faint num">{formatCount(form.policies.length)}</span>
        )}
        <span className={styles.gap} />
        {form.policies.length > 0 && (
          <Button
            variant="ghost"
            icon={ClipboardCopy}
            isDisabled={!rules}
            onPress={() => rules && copyRules(rules)}
          >
            Copy
          </Button>
        )}
        <Button variant="ghost" icon={ClipboardPaste} onPress={() => void paste()}>
          Paste
        </Button>
        <div data-field="policies">
          <MultiSelectMenu
            label="Add Policies"
            searchLabel="Search policies and templates"
            groups={policyGroups(catalogue)}
            commitLabel={(count) => (count === 0 ? "Add" : `Add ${count}`)}
            onCommit={add}
          />
        </div>
      </header>
      {wrong !== undefined && <p className={styles.wrong}>{wrong}</p>}
      {form.policies.length === 0 ? (
        <div className={styles.none}>
          <ShieldPlus size={20} strokeWidth={1.5} aria-hidden="true" />
          <p>
            Nothing is granted yet. Choose with <b>Add Policies</b> what it is about, or start from
            a template.
          </p>
        </div>
      ) : (
        <ol className={styles.cards}>
          {form.policies.map((policy, at) => (
            <li key={policy.key}>
              {policy.kept ? (
                <KeptPolicyCard
                  policy={{ ...policy, kept: policy.kept }}
                  title={subjectNamed(catalogue.subjects, policy.subject)?.title ?? policy.subject}
                  place={at + 1}
                  onRemove={() => remove(policy, at)}
                />
              ) : (
                <RuleCard
                  rule={policy}
                  place={at + 1}
                  onRemove={() => remove(policy, at)}
                  acts={
                    <IconButton
                      icon={ClipboardCopy}
                      size="small"
                      label={`Copy policy ${at + 1}`}
                      isDisabled={!rules?.[at]}
                      onPress={() => {
                        const rule = rules?.[at];
                        if (rule !== undefined) copyRules([rule]);
                      }}
                    />
                  }
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function rulesOf(text: string | undefined): readonly Json[] | undefined {
  const reading = text === undefined ? undefined : readRules(text);
  return reading && "rules" in reading ? reading.rules : undefined;
}
