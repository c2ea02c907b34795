import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { questionOf, searchKey, searchOf, type Question, type SimulatorSearch } from "./search";

/** How long typing must rest before the address follows. Milliseconds. */
const PAUSE = 200;

/** What makes one check another one. */
const IDENTITY = ["member", "role", "operation", "subject", "action"] as const;

/** The question on the simulator's form; see {@link useQuestionIn}. */
export function useQuestion(): [Question, (change: Partial<Question>) => void] {
  const search = useSearch({ from: "/frame/simulator" });
  const navigate = useNavigate();
  return useQuestionIn(search, (next, replace) =>
    navigate({
      to: "/simulator",
      search: { ...(search.tab && { tab: search.tab }), ...next },
      replace,
    }),
  );
}

/**
 * The question on a form. The address, of which `search` is its part, follows it by `put`, and it
 * follows the address when that is changed from elsewhere: a link, the palette, the way back.
 */
export function useQuestionIn(
  search: SimulatorSearch,
  put: (search: SimulatorSearch, replace: boolean) => Promise<void>,
): [Question, (change: Partial<Question>) => void] {
  const [question, setQuestion] = useState(() => questionOf(search));
  const address = searchKey(search);
  const [seen, setSeen] = useState(address);
  // The address that the form itself asked for: arriving, it must not undo what was typed since.
  const [sent, setSent] = useState<string | null>(null);
  const latestPut = useRef(put);
  useEffect(() => {
    latestPut.current = put;
  });

  if (address !== seen) {
    setSeen(address);
    if (address !== sent) setQuestion(questionOf(search));
  }

  useEffect(() => {
    const next = searchOf(question);
    const wanted = searchKey(next);
    if (wanted === address) return;
    const timer = setTimeout(() => {
      setSent(wanted);
      // Another person or another deed is another check, to which the way back leads; the rest is
      // the same check being written.
      const before = searchOf(questionOf(search));
      const replace = IDENTITY.every((key) => before[key] === next[key]);
      void latestPut.current(next, replace);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [question, address, search]);

  return [question, (change) => setQuestion((now) => ({ ...now, ...change }))];
}
