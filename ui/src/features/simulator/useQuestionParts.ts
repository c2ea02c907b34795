import { useMemo } from "react";
import { useRpc } from "../../api/queries";
import type { TabProps } from "./CheckTab";
import type { Question } from "./search";
import { firstWhat, whatChoices } from "./whats";

/** A question with what it can be made of; where it does not say what, the first thing to ask. */
export function useQuestionParts(
  asked: Question,
  ask: (change: Partial<Question>) => void,
): TabProps {
  const catalogue = useRpc("catalogue", {});
  const places = useRpc("places", {});
  const choices = useMemo(
    () => (catalogue.data ? whatChoices(catalogue.data) : []),
    [catalogue.data],
  );
  const what = useMemo(() => asked.what ?? firstWhat(choices), [asked.what, choices]);
  const question = useMemo(() => ({ ...asked, what }), [asked, what]);
  return { question, ask, choices, catalogue: catalogue.data, places: places.data };
}
