import type { ReactNode } from "react";
import type { FieldProblem } from "../../api/generated/commands";
import type { TabProps } from "./CheckTab";
import { MoreFields } from "./QuestionForm";
import { WhenField } from "./WhenField";
import { WhoField } from "./WhoField";

export interface HolderFieldsProps extends TabProps {
  problems: readonly FieldProblem[];
  /** Stands between who and when. */
  children?: ReactNode;
}

/** Who, when and on which server: for questions about all that somebody may do. */
export function HolderFields({ children, ...props }: HolderFieldsProps) {
  const { question, ask, problems } = props;
  return (
    <>
      <WhoField question={question} ask={ask} problems={problems} />
      {children}
      <div data-field="when">
        <WhenField
          when={question.when}
          onChange={(when) => ask({ when })}
          error={problems.find(({ field }) => field === "when")?.message}
        />
      </div>
      <MoreFields {...props} />
    </>
  );
}
