import type { ReactNode } from "react";
import type { CatalogueView, FieldProblem, Places, Semantics } from "../../api/generated/commands";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { ComboBox } from "../../components/combobox/ComboBox";
import { Disclosure } from "../../components/disclosure/Disclosure";
import { TextArea } from "../../components/field/TextArea";
import { SegmentedControl } from "../../components/segmented/SegmentedControl";
import { PlaceFields } from "./PlaceFields";
import type { Question } from "./search";
import { WhenField } from "./WhenField";
import { WhoField } from "./WhoField";
import { choiceOf, type WhatChoice } from "./whats";
import styles from "./form.module.css";

export interface QuestionFormProps {
  question: Question;
  ask: (change: Partial<Question>) => void;
  choices: readonly WhatChoice[];
  catalogue: CatalogueView | undefined;
  places: Places | undefined;
  problems: readonly FieldProblem[];
  /** Left out where the question is who. */
  asksWho?: boolean;
  /** Stands in place of the field where it is settled who it is about. */
  who?: ReactNode;
}

/** Who, what, where and when. */
export function QuestionForm(props: QuestionFormProps) {
  const { question, ask, choices, catalogue, places, problems, asksWho = true, who } = props;
  const problem = (field: string) => problems.find((it) => it.field === field)?.message;
  const choice = choiceOf(question.what, choices);
  return (
    <>
      {asksWho && (who ?? <WhoField question={question} ask={ask} problems={problems} />)}
      <div data-field="what">
        <ComboBox
          label="What"
          placeholder="Read a secret’s value…"
          options={choices}
          value={choice}
          // With the choices comes the one that stands first, which would close the list on who types.
          isDisabled={choices.length === 0}
          onChange={(option) => {
            const chosen = choices.find(({ id }) => id === option?.id);
            if (chosen) ask({ what: chosen.what });
          }}
          error={problem("what")}
        />
      </div>
      <PlaceFields
        question={question}
        ask={ask}
        fields={choice?.fields ?? []}
        secondPlace={choice?.secondPlace ?? null}
        places={places}
        catalogue={catalogue}
        problems={problems}
      />
      <div data-field="when">
        <WhenField
          when={question.when}
          onChange={(next) => ask({ when: next })}
          error={problem("when")}
          asksAfterTimed={asksWho}
        />
      </div>
      <MoreFields {...props} />
    </>
  );
}

const SERVERS: readonly { id: Semantics | "project"; label: string }[] = [
  { id: "project", label: "This project’s" },
  { id: "forbid-wins", label: "Forbid wins" },
  { id: "last-match", label: "Last match" },
];

/** What is seldom asked: another server, what is not saved, a check that carries nothing else. */
export function MoreFields({ question, ask, problems, asksWho = true }: QuestionFormProps) {
  const { server, drafts, privilege, exact, what } = question;
  const isUsed = server !== null || drafts || privilege !== "" || exact;
  return (
    <Disclosure
      key={String(isUsed)}
      startsOpen={isUsed}
      className={styles.more}
      summary={<span className={styles.label}>Server and unsaved edits</span>}
    >
      <div className={styles.moreFields}>
        <div>
          <span className={styles.label}>Order of policies on the server</span>
          <SegmentedControl
            label="Order of policies on the server"
            fill
            size="small"
            segments={SERVERS}
            value={server ?? "project"}
            onChange={(id) => ask({ server: id === "project" ? null : id })}
          />
        </div>
        <Checkbox isSelected={drafts} onChange={(isSelected) => ask({ drafts: isSelected })}>
          Take unsaved drafts of roles
        </Checkbox>
        {what?.kind === "action" && (
          <Checkbox isSelected={exact} onChange={(isSelected) => ask({ exact: isSelected })}>
            The check carries nothing else
          </Checkbox>
        )}
        {asksWho && (
          <div data-field="privilege">
            <TextArea
              label="With these policies as well, as JSON"
              mono
              rows={4}
              placeholder="[ … ]"
              value={privilege}
              onChange={(text) => ask({ privilege: text })}
              error={problems.find(({ field }) => field === "privilege")?.message}
            />
          </div>
        )}
      </div>
    </Disclosure>
  );
}
