import { useMemo } from "react";
import { SuggestField } from "../combobox/SuggestField";
import type { Option } from "../list/Option";
import { TagField } from "../tagfield/TagField";
import { useRules } from "./context";
import { takesList, type SubjectView } from "./offer";
import styles from "./rules.module.css";
import type { ConditionForm, RuleForm, RulePlaces } from "./types";

export interface ValueFieldProps {
  subject: SubjectView;
  rule: RuleForm;
  condition: ConditionForm;
  isInvalid: boolean;
  /** The element that says what is wrong or doubtful. */
  notesId: string;
  onChange: (values: string[]) => void;
}

/** What a property is compared with. Offers what the project has; any other text is taken too. */
export function ValueField({
  subject,
  rule,
  condition,
  isInvalid,
  notesId,
  onChange,
}: ValueFieldProps) {
  const { places, templates = NO_TEMPLATES, isReadOnly = false } = useRules();
  const property = subject.properties.find((it) => it.property === condition.property);
  const label = `Value of ${property?.title ?? condition.property}`;
  const { property: named, operator } = condition;
  const environments = chosenEnvironments(rule);
  // The same list for as long as nothing else is offered: the field sorts it anew otherwise.
  const options = useMemo(
    () =>
      valueOptions(named, operator, environments === "" ? [] : environments.split("\n"), places),
    [named, operator, environments, places],
  );
  const text = condition.values[0] ?? "";
  const suggested = useMemo(() => {
    const completed = completions(text, templates);
    return completed.length === 0 ? options : [...options, ...completed];
  }, [text, templates, options]);
  if (takesList(subject, condition)) {
    const known = options.map(({ id }) => id);
    return (
      <TagField
        label={label}
        hideLabel
        values={[...new Set(condition.values)]}
        isDisabled={isReadOnly}
        onChange={onChange}
        options={options}
        placeholder={PLACEHOLDERS[condition.property]?.list ?? "One or more values"}
        isInvalid={isInvalid}
        aria-describedby={notesId}
        doubt={(value) =>
          known.length > 0 && !known.includes(value) && !value.includes("{{")
            ? "not in this project"
            : undefined
        }
      />
    );
  }
  return (
    <SuggestField
      label={label}
      hideLabel
      value={text}
      onChange={(typed) => onChange(typed === "" ? [] : [typed, ...condition.values.slice(1)])}
      options={suggested}
      isDisabled={isReadOnly}
      placeholder={placeholder(condition)}
      isInvalid={isInvalid}
      aria-describedby={notesId}
    />
  );
}

const NO_TEMPLATES: readonly string[] = [];

/** Where a template was begun: the text with each template that it could become. */
function completions(text: string, templates: readonly string[]): Option[] {
  const begun = text.lastIndexOf("{{");
  if (begun < 0 || text.includes("}}", begun)) return [];
  return templates.map((template) => ({
    id: text.slice(0, begun) + template,
    label: text.slice(0, begun) + template,
    description: "filled in for each member",
    mono: true,
  }));
}

const PLACEHOLDERS: Record<string, { one: string; glob?: string; list: string }> = {
  environment: { one: "prod", glob: "prod*", list: "dev, staging" },
  secretPath: { one: "/payments", glob: "/payments/**", list: "/payments, /app" },
  secretName: { one: "STRIPE_KEY", glob: "STRIPE_*", list: "STRIPE_KEY, ADYEN_KEY" },
  secretTags: { one: "pci", list: "pci, root-key" },
};

function placeholder({ property, operator }: ConditionForm): string {
  const words = PLACEHOLDERS[property];
  return (operator === "$glob" ? words?.glob : words?.one) ?? "Value";
}

/** The project's own values of a property. A glob on paths is offered with all that lies below. */
function valueOptions(
  property: string,
  operator: string,
  environments: readonly string[],
  places: RulePlaces,
): Option[] {
  switch (property) {
    case "environment":
      return places.environments.map(({ slug, name }) => ({
        id: slug,
        label: slug,
        description: name,
        mono: true,
      }));
    case "secretPath": {
      const folders = foldersOf(environments, places);
      const paths = operator === "$glob" ? folders.map(below) : folders;
      return paths.map((path) => ({ id: path, label: path, mono: true }));
    }
    case "secretTags":
      return places.tags.map(({ slug, color }) => ({
        id: slug,
        label: slug,
        mono: true,
        picture: color ? (
          <span className={styles.dot} style={{ background: color }} aria-hidden="true" />
        ) : undefined,
      }));
    default:
      return [];
  }
}

/** The environments that the rule names, one a line. */
function chosenEnvironments({ conditions }: RuleForm): string {
  return conditions
    .filter(({ property, operator }) => property === "environment" && NAMING.includes(operator))
    .flatMap(({ values }) => values)
    .join("\n");
}

/** The folders of the environments that are named, or of all. Each path once, sorted. */
function foldersOf(named: readonly string[], { environments }: RulePlaces): string[] {
  const some = environments.filter(({ slug }) => named.includes(slug));
  const chosen = some.length > 0 ? some : environments;
  return [...new Set(chosen.flatMap(({ folders }) => folders))].sort();
}

/** Operators whose values are the very names. */
const NAMING = ["$eq", "$in"];

function below(folder: string): string {
  return folder === "/" ? "/**" : `${folder}/**`;
}
