import { useEffect, useRef, useState } from "react";
import type { PrivilegeDraft, PrivilegeEffectView } from "../../api/generated/commands";
import { asRpcError, type RpcError } from "../../api/error";
import { rpc } from "../../api/rpc";

export interface EffectOf {
  /** The last answer; it stays while a newer one is under way. Undefined before the first. */
  answer: PrivilegeEffectView | null | undefined;
  /** Whether it is about the draft as it stands. */
  isCurrent: boolean;
  error: RpcError | null;
}

/** Typing pauses before everything is compared. Milliseconds. */
const PAUSE = 250;

/**
 * Asks what the draft would mean for its member. A newer question makes the core give up the one
 * before; `turn` asks again although the draft is the same.
 */
export function useEffectOf(draft: PrivilegeDraft, turn: number): EffectOf {
  // Neither the name nor the reason changes what is allowed.
  const { member, policies, duration, start, edited } = draft;
  const of = JSON.stringify({ member, policies, duration, start, edited, turn });
  const [last, setLast] = useState<{ answer: PrivilegeEffectView | null; of: string }>();
  const [error, setError] = useState<RpcError | null>(null);
  const latest = useRef({ of, draft });
  useEffect(() => {
    latest.current = { of, draft };
  });

  useEffect(() => {
    const timer = setTimeout(() => {
      const asked = latest.current;
      rpc("privilege_effect", asked.draft).then(
        ({ effect }) => {
          if (latest.current.of !== asked.of) return;
          setError(null);
          setLast({ answer: effect, of: asked.of });
        },
        (thrown: unknown) => {
          if (latest.current.of === asked.of) setError(asRpcError(thrown));
        },
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [of]);

  return { answer: last?.answer, isCurrent: last?.of === of, error };
}
