import { Sparkles } from "lucide-react";
import { IconButton } from "../../components/button/IconButton";
import { TextField } from "../../components/field/TextField";
import { CodeText } from "../../components/text/CodeText";
import { usePrivilegeForm } from "./context";
import type { PrivilegeForm } from "./draft";
import { normaliseSlug } from "../../lib/slug";
import { suggestSlug } from "./slug";

/** The privilege's name. What would be saved is said as soon as it differs from what is typed. */
export function NameField({ form, taken }: { form: PrivilegeForm; taken: readonly string[] }) {
  const { edit, problem } = usePrivilegeForm();
  const slug = normaliseSlug(form.name);
  const wrong = problem("slug");
  return (
    <div data-field="slug">
      <TextField
        label="Privilege name"
        mono
        isRequired
        placeholder="incident-4711-payments"
        value={form.name}
        onChange={(text) => edit({ kind: "text", field: "name", text })}
        error={wrong && <CodeText text={wrong} />}
        description={
          slug !== form.name && slug !== "" ? (
            <>
              Saved as <span className="mono">{slug}</span>
            </>
          ) : undefined
        }
        end={
          <IconButton
            icon={Sparkles}
            size="small"
            label="Suggest a name"
            onPress={() => edit({ kind: "text", field: "name", text: suggestSlug(form, taken) })}
          />
        }
      />
    </div>
  );
}
