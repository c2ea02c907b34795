import type { FieldProblem, Places } from "../../api/generated/commands";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { ComboBox } from "../../components/combobox/ComboBox";
import { SuggestField } from "../../components/combobox/SuggestField";
import { TextField } from "../../components/field/TextField";
import { CodeText } from "../../components/text/CodeText";
import { TagField } from "../../components/tagfield/TagField";
import type { Question } from "./search";
import { WhenField } from "./WhenField";
import { WhoField } from "./WhoField";
import { choiceOf, type WhatChoice } from "./whats";
import styles from "./simulator.module.css";

export interface QuestionFormProps {
  question: Question;
  ask: (change: Partial<Question>) => void;
  choices: readonly WhatChoice[];
  places: Places | undefined;
  problems: readonly FieldProblem[];
}

/** Who, what, where and when. */
export function QuestionForm({ question, ask, choices, places, problems }: QuestionFormProps) {
  const { environment, path, name, tags, untagged, when } = question;
  const problem = (field: string) => problems.find((it) => it.field === field)?.message;
  // What is still empty is no mistake: it is asked for, quietly.
  const notes = (field: string, isEmpty: boolean) => {
    const message = problem(field);
    if (message === undefined) return { placeholder: "any" };
    const words = <CodeText text={message} />;
    return isEmpty ? { placeholder: "needed", description: words } : { error: words };
  };
  const environments = places?.environments ?? [];
  return (
    <>
      <div data-field="member">
        <WhoField
          member={question.member}
          onChange={(member) => ask({ member })}
          error={problem("member")}
        />
      </div>
      <div data-field="what">
        <ComboBox
          label="What"
          placeholder="Read a secret’s value…"
          options={choices}
          value={choiceOf(question.what, choices)}
          onChange={(option) => {
            const chosen = choices.find(({ id }) => id === option?.id);
            if (chosen) ask({ what: chosen.what });
          }}
          error={problem("what")}
        />
      </div>
      <div data-field="environment">
        <SuggestField
          label="Environment"
          value={environment}
          onChange={(text) => ask({ environment: text })}
          options={environments.map(({ slug, name: title }) => ({
            id: slug,
            label: slug,
            description: title,
            mono: true,
          }))}
          {...notes("environment", environment === "")}
        />
      </div>
      <div data-field="secretPath">
        <SuggestField
          label="Path"
          value={path}
          onChange={(text) => ask({ path: text })}
          options={foldersOf(environment, environments).map((folder) => ({
            id: folder,
            label: folder,
            mono: true,
          }))}
          {...notes("secretPath", path === "")}
        />
      </div>
      <div data-field="secretName">
        <TextField
          label="Secret name"
          mono
          value={name}
          onChange={(text) => ask({ name: text })}
          {...notes("secretName", name === "")}
        />
      </div>
      <div data-field="secretTags" className={styles.tags}>
        <TagField
          label="Tags"
          placeholder={untagged ? "none" : "any"}
          values={untagged ? [] : tags}
          onChange={(values) => ask({ tags: values })}
          isDisabled={untagged}
          options={(places?.tags ?? []).map(({ slug, color }) => ({
            id: slug,
            label: slug,
            mono: true,
            picture: color ? (
              <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
            ) : undefined,
          }))}
          error={problem("secretTags")}
        />
        <Checkbox isSelected={untagged} onChange={(isSelected) => ask({ untagged: isSelected })}>
          The secret has no tags
        </Checkbox>
      </div>
      <div data-field="when">
        <WhenField when={when} onChange={(next) => ask({ when: next })} error={problem("when")} />
      </div>
    </>
  );
}

/** The folders of the environment, or of all of them while it is open or not known. */
function foldersOf(environment: string, environments: Places["environments"]): string[] {
  const named = environments.filter(({ slug }) => slug === environment);
  const chosen = named.length > 0 ? named : environments;
  return [...new Set(chosen.flatMap(({ folders }) => folders))].sort();
}
