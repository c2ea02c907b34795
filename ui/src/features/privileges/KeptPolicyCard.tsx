import { FileJson2, Trash2 } from "lucide-react";
import { IconButton } from "../../components/button/IconButton";
import { RuleInWords } from "../../components/rule/RuleInWords";
import { CodeText } from "../../components/text/CodeText";
import type { PolicyForm } from "./draft";
import styles from "./privileges.module.css";

export interface KeptPolicyCardProps {
  policy: PolicyForm & { kept: NonNullable<PolicyForm["kept"]> };
  title: string;
  /** Its number among the policies, from 1. */
  place: number;
  onRemove: () => void;
}

/** A policy that no field can show: in words and as it is written, and kept exactly so. */
export function KeptPolicyCard({ policy, title, place, onRemove }: KeptPolicyCardProps) {
  const { kept, written = "" } = policy;
  return (
    <article
      className={styles.keptCard}
      aria-label={`Policy ${place}: ${title}, kept as it is`}
      data-field={`policies.${policy.key}`}
    >
      <header className={styles.keptHead}>
        <FileJson2 size={14} className={styles.keptIcon} aria-hidden="true" />
        <p className={styles.keptWhy}>
          <b>Kept exactly as it is.</b> <CodeText text={kept.because} />
        </p>
        <IconButton icon={Trash2} size="small" label={`Remove ${title}`} onPress={onRemove} />
      </header>
      <RuleInWords rule={kept.rule} />
      <pre className={styles.written}>{indented(written)}</pre>
    </article>
  );
}

/** JSON on several lines, its numbers and order untouched. */
function indented(written: string): string {
  const tokens = written.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  let text = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const isEmpty = (token === "{" && next === "}") || (token === "[" && next === "]");
    if (token === "{" || token === "[") {
      depth += 1;
      text += isEmpty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const before = tokens[index - 1];
      text += before === "{" || before === "[" ? token : line() + token;
    } else if (token === ",") text += token + line();
    else text += token === ":" ? ": " : token;
  });
  return text;
}
