import type { CatalogueView, FieldProblem, Places } from "../../api/generated/commands";
import { Checkbox } from "../../components/checkbox/Checkbox";
import { SuggestField } from "../../components/combobox/SuggestField";
import { TextField } from "../../components/field/TextField";
import { TagField } from "../../components/tagfield/TagField";
import { CodeText } from "../../components/text/CodeText";
import type { Question } from "./search";
import { attributeTitle } from "./whats";
import styles from "./form.module.css";

export interface PlaceFieldsProps {
  question: Question;
  ask: (change: Partial<Question>) => void;
  /** The fields that what is asked about needs or takes. */
  fields: readonly string[];
  /** What its second place is called, if it has one. */
  secondPlace: string | null;
  places: Places | undefined;
  catalogue: CatalogueView | undefined;
  problems: readonly FieldProblem[];
}

/** Fields with a place of their own in the form; any other attribute gets a line of text. */
const PLACED = [
  "environment",
  "secretPath",
  "secretName",
  "secretTags",
  "secondEnvironment",
  "secondPath",
  "newName",
  "newTags",
  "metadata",
  "newMetadata",
  "connection",
];

/** Where, and to what. A field that is left empty is left open. */
export function PlaceFields(props: PlaceFieldsProps) {
  const { question, ask, fields, secondPlace, places, catalogue } = props;
  const { environment, path, name, tags, untagged } = question;
  const has = (field: string) => fields.includes(field);
  const notes = notesOf(props.problems);
  const others = fields.filter((field) => !PLACED.includes(field));
  return (
    <>
      {has("environment") && (
        <EnvironmentField
          field="environment"
          label="Environment"
          value={environment}
          onChange={(text) => ask({ environment: text })}
          {...props}
        />
      )}
      {has("secretPath") && (
        <PathField
          field="secretPath"
          label="Path"
          value={path}
          environment={environment}
          onChange={(text) => ask({ path: text })}
          {...props}
        />
      )}
      {secondPlace !== null && has("secondEnvironment") && (
        <EnvironmentField
          field="secondEnvironment"
          label={`${secondPlace}: environment`}
          value={question.secondEnvironment}
          onChange={(text) => ask({ secondEnvironment: text })}
          {...props}
        />
      )}
      {secondPlace !== null && has("secondPath") && (
        <PathField
          field="secondPath"
          label={`${secondPlace}: path`}
          value={question.secondPath}
          environment={question.secondEnvironment}
          onChange={(text) => ask({ secondPath: text })}
          {...props}
        />
      )}
      {has("secretName") && (
        <div data-field="secretName">
          <TextField
            label="Secret name"
            mono
            placeholder="any"
            value={name}
            onChange={(text) => ask({ name: text })}
            {...notes("secretName")}
          />
        </div>
      )}
      {has("newName") && (
        <div data-field="newName">
          <TextField
            label="New name"
            mono
            placeholder="the same"
            value={question.newName}
            onChange={(text) => ask({ newName: text })}
            {...notes("newName")}
          />
        </div>
      )}
      {has("secretTags") && (
        <div data-field="secretTags" className={styles.tags}>
          <TagField
            label="Tags"
            placeholder={untagged ? "none" : "any"}
            values={untagged ? [] : tags}
            onChange={(values) => ask({ tags: values })}
            isDisabled={untagged}
            options={tagOptions(places)}
            {...notes("secretTags")}
          />
          <Checkbox isSelected={untagged} onChange={(isSelected) => ask({ untagged: isSelected })}>
            The secret has no tags
          </Checkbox>
        </div>
      )}
      {has("newTags") && (
        <div data-field="newTags">
          <TagField
            label="New tags"
            placeholder="the same"
            values={question.newTags}
            onChange={(values) => ask({ newTags: values })}
            options={tagOptions(places)}
            {...notes("newTags")}
          />
        </div>
      )}
      {has("metadata") && (
        <PairsField
          field="metadata"
          label="Metadata"
          placeholder="any, or key=value"
          values={question.metadata}
          onChange={(metadata) => ask({ metadata })}
        />
      )}
      {has("newMetadata") && (
        <PairsField
          field="newMetadata"
          label="New metadata"
          placeholder="the same, or key=value"
          values={question.newMetadata}
          onChange={(newMetadata) => ask({ newMetadata })}
        />
      )}
      {has("connection") && (
        <div data-field="connection">
          <TextField
            label="App connection"
            mono
            placeholder="any"
            value={question.connection}
            onChange={(connection) => ask({ connection })}
          />
        </div>
      )}
      {others.map((property) => (
        <div key={property} data-field={property}>
          <TextField
            label={attributeTitle(catalogue, property)}
            mono
            placeholder="any"
            value={question.others[property] ?? ""}
            onChange={(text) => ask({ others: { ...question.others, [property]: text } })}
            {...notes(property)}
          />
        </div>
      ))}
    </>
  );
}

interface OnePlaceProps extends PlaceFieldsProps {
  field: string;
  label: string;
  value: string;
  onChange: (text: string) => void;
}

function EnvironmentField({ field, label, value, onChange, places, problems }: OnePlaceProps) {
  return (
    <div data-field={field}>
      <SuggestField
        label={label}
        placeholder="any"
        value={value}
        onChange={onChange}
        options={(places?.environments ?? []).map(({ slug, name: title }) => ({
          id: slug,
          label: slug,
          description: title,
          mono: true,
        }))}
        {...notesOf(problems)(field)}
      />
    </div>
  );
}

function PathField({
  field,
  label,
  value,
  onChange,
  environment,
  places,
  problems,
}: OnePlaceProps & { environment: string }) {
  return (
    <div data-field={field}>
      <SuggestField
        label={label}
        placeholder="any"
        value={value}
        onChange={onChange}
        options={foldersOf(environment, places?.environments ?? []).map((folder) => ({
          id: folder,
          label: folder,
          mono: true,
        }))}
        {...notesOf(problems)(field)}
      />
    </div>
  );
}

interface PairsFieldProps {
  field: string;
  label: string;
  placeholder: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

function PairsField({ field, label, placeholder, values, onChange }: PairsFieldProps) {
  const unpaired = values.filter((value) => !value.includes("="));
  return (
    <div data-field={field}>
      <TagField
        label={label}
        placeholder={placeholder}
        values={values}
        onChange={onChange}
        error={
          unpaired.length > 0 ? `${unpaired.join(", ")} has no value; write key=value` : undefined
        }
      />
    </div>
  );
}

function notesOf(problems: readonly FieldProblem[]) {
  return (field: string) => {
    const message = problems.find((it) => it.field === field)?.message;
    return message === undefined ? {} : { error: <CodeText text={message} /> };
  };
}

function tagOptions(places: Places | undefined) {
  return (places?.tags ?? []).map(({ slug, color }) => ({
    id: slug,
    label: slug,
    mono: true,
    picture: color ? (
      <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
    ) : undefined,
  }));
}

/** The folders of the environment, or of all of them while it is open or not known. */
function foldersOf(environment: string, environments: Places["environments"]): string[] {
  const named = environments.filter(({ slug }) => slug === environment);
  const chosen = named.length > 0 ? named : environments;
  return [...new Set(chosen.flatMap(({ folders }) => folders))].sort();
}
