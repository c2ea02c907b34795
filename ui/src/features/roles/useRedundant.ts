import { startTransition, useEffect, useState } from "react";
import type { RedundantRule } from "../../api/generated/commands";
import { asRpcError } from "../../api/error";
import { rpc } from "../../api/rpc";

export interface Redundant {
  /** The last answer; it stays while a newer one is under way. Undefined before the first. */
  found: readonly RedundantRule[] | undefined;
  /** Whether it is about the rules as they stand. */
  isCurrent: boolean;
  /** Why it could not be found out. */
  problem: string | null;
}

/** The proof is heavy: it begins once nothing was edited for so long. Milliseconds. */
const PAUSE = 700;

/**
 * Which rules say nothing new beside the others. Asked anew after every edit; a newer question makes
 * the core give up the one before. Nothing is asked while it is not `wanted`.
 */
export function useRedundant(rules: string, isWanted: boolean): Redundant {
  const [last, setLast] = useState<{ found: readonly RedundantRule[]; of: string }>();
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      rpc("redundant_rules", { rules }).then(
        ({ redundant }) => {
          if (!isLatest || !redundant) return;
          startTransition(() => {
            setProblem(null);
            setLast({ found: redundant, of: rules });
          });
        },
        (thrown: unknown) => {
          if (isLatest) setProblem(asRpcError(thrown).message);
        },
      );
    }, PAUSE);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [rules, isWanted]);
  return { found: last?.found, isCurrent: last?.of === rules, problem };
}
