import { startTransition, useEffect, useRef, useState } from "react";
import type { RoleReview } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { rpc } from "../../api/rpc";

export interface Review {
  /** The last answer; it stays while a newer one is under way. Undefined before the first. */
  answer: RoleReview | undefined;
  /** Whether it is about the rules as they stand. */
  isCurrent: boolean;
  error: RpcError | null;
}

interface Question {
  rules: string;
  open: readonly number[];
  member: string | null;
}

/** Edits that follow faster than this are asked about together. Milliseconds. */
const PAUSE = 40;

/** The same where sending the rules would itself be felt between two letters. */
const LONG_PAUSE = 200;

/** How long the text of rules is that is long to send. Characters. */
const LONG = 50_000;

/** Asks the core about the rules as they are edited: one question at a time, the newest next. */
export function useReview(rules: string, open: readonly number[], member: string | null): Review {
  const openKey = open.join(",");
  const [last, setLast] = useState<{ answer: RoleReview; rules: string }>();
  const [error, setError] = useState<RpcError | null>(null);
  const wanted = useRef<Question | null>(null);
  const isAsking = useRef(false);

  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  useEffect(() => {
    // Whoever asks already goes on with what is wanted next.
    const ask = async () => {
      if (isAsking.current) return;
      isAsking.current = true;
      try {
        while (wanted.current && isHere.current) {
          const { rules: asked, open: places, member: who } = wanted.current;
          wanted.current = null;
          const request = { rules: asked, open: [...places], member: who };
          const answer = await rpc("review_role", request);
          // Drawn a piece at a time: whoever types goes first.
          startTransition(() => {
            setLast({ answer, rules: asked });
            setError(null);
          });
        }
      } catch (thrown) {
        setError(asRpcError(thrown));
      } finally {
        isAsking.current = false;
      }
    };
    const timer = setTimeout(
      () => {
        wanted.current = {
          rules,
          open: openKey === "" ? [] : openKey.split(",").map(Number),
          member,
        };
        void ask();
      },
      rules.length > LONG ? LONG_PAUSE : PAUSE,
    );
    return () => clearTimeout(timer);
  }, [rules, openKey, member]);

  return { answer: last?.answer, isCurrent: last?.rules === rules, error };
}
