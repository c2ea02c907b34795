import { startTransition, useEffect, useRef, useState } from "react";
import type { RoleEffectView } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { rpc } from "../../api/rpc";

export interface EffectOf {
  /** The last answer; it stays while a newer one is under way. Undefined before the first. */
  answer: RoleEffectView | undefined;
  /** Whether it is about the rules as they stand. */
  isCurrent: boolean;
  error: RpcError | null;
}

/** Typing pauses before the whole project is looked at. Milliseconds. */
const PAUSE = 250;

/**
 * Asks what the edit of a role means for everybody. A newer question makes the core give up the one
 * before, so nothing waits for an answer that nobody wants any more.
 */
export function useEffectOf(role: string, base: string, rules: string): EffectOf {
  const [last, setLast] = useState<{ answer: RoleEffectView; of: string }>();
  const [error, setError] = useState<RpcError | null>(null);
  const turn = useRef(0);
  const of = `${base}\n${rules}`;

  useEffect(() => {
    const own = ++turn.current;
    const timer = setTimeout(() => {
      rpc("role_effect", { role, rules }).then(
        ({ effect }) => {
          if (turn.current !== own) return;
          startTransition(() => {
            setError(null);
            if (effect) setLast({ answer: effect, of });
          });
        },
        (thrown: unknown) => {
          if (turn.current === own) setError(asRpcError(thrown));
        },
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [role, rules, of]);

  return { answer: last?.answer, isCurrent: last?.of === of, error };
}
