import { CircleSlash2 } from "lucide-react";
import { memo, useState } from "react";
import type { Places, SubjectView } from "../../api/generated/commands";
import { Button } from "../../components/button/Button";
import { Popover } from "../../components/popover/Popover";
import { Select } from "../../components/select/Select";
import { TagField } from "../../components/tagfield/TagField";
import { CodeText } from "../../components/text/CodeText";
import { exception, type ExceptPlan } from "./exception";
import styles from "./roles.module.css";

export interface ExceptBuilderProps {
  subject: SubjectView;
  places: Places;
  onWrite: (plan: ExceptPlan) => void;
}

/** Narrows a rule to everything except some values, by the condition or the Forbid that says so. */
export const ExceptBuilder = memo(function ExceptBuilder(props: ExceptBuilderProps) {
  return (
    <Popover
      label="Everything except"
      width={400}
      trigger={
        <Button variant="ghost" size="small" icon={CircleSlash2}>
          Everything except…
        </Button>
      }
    >
      {(close) => <Builder {...props} onDone={close} />}
    </Popover>
  );
});

function Builder({
  subject,
  places,
  onWrite,
  onDone,
}: ExceptBuilderProps & { onDone: () => void }) {
  const offered = subject.properties.filter(({ operators }) => operators.length > 0);
  const [property, setProperty] = useState(offered[0]?.property ?? "");
  const [values, setValues] = useState<readonly string[]>([]);
  const plan = exception(subject, property, values);
  return (
    <div className={styles.except}>
      <Select
        label="Everything, except where"
        options={offered.map(({ property: id, title }) => ({ id, label: title }))}
        value={property}
        onChange={(id) => {
          setProperty(id);
          setValues([]);
        }}
      />
      <TagField
        label="is one of"
        values={values}
        onChange={setValues}
        options={valuesOf(property, places)}
        placeholder={property === "secretPath" ? "/payments/**" : "prod"}
      />
      {"refusal" in plan ? (
        <p className={styles.doubtful}>
          <CodeText text={plan.refusal} />
        </p>
      ) : (
        <>
          <p className="muted">
            <CodeText text={plan.sentence} />
          </p>
          <div className={styles.end}>
            <Button
              variant="primary"
              isDisabled={values.length === 0}
              onPress={() => {
                onWrite(plan);
                onDone();
              }}
            >
              {plan.kind === "condition" ? "Add the condition" : "Add the Forbid"}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function valuesOf(property: string, { environments, tags }: Places) {
  switch (property) {
    case "environment":
      return environments.map(({ slug, name }) => ({
        id: slug,
        label: slug,
        description: name,
        mono: true,
      }));
    case "secretTags":
      return tags.map(({ slug }) => ({ id: slug, label: slug, mono: true }));
    case "secretPath": {
      const paths = [...new Set(environments.flatMap(({ folders }) => folders))].sort();
      return paths
        .filter((path) => path !== "/")
        .map((path) => ({ id: `${path}/**`, label: `${path}/**`, mono: true }));
    }
    default:
      return [];
  }
}
