/** What comes back instead of an answer. */
import type { ApiError, ErrorCode } from "./generated/commands";

/** Thrown by every call of the core that fails. */
export class RpcError extends Error {
  /** A name to branch on. `unreachable`: the core did not answer at all. */
  readonly code: ErrorCode | "unreachable";
  /** What can be done about it; may be empty. */
  readonly hint: string;
  /** The field of the request that is at fault, where one is. */
  readonly field: string | null;
  /** Whether the same request may succeed later. */
  readonly retry: boolean;

  constructor(failure: Omit<ApiError, "code"> & { code: RpcError["code"] }) {
    super(failure.message);
    this.name = "RpcError";
    this.code = failure.code;
    this.hint = failure.hint;
    this.field = failure.field;
    this.retry = failure.retry;
  }
}

/**
 * Gives whatever was thrown its type. What the core did not say (the window lost its core, a fault
 * of the transport) becomes `unreachable`, which may be tried again.
 */
export function asRpcError(thrown: unknown): RpcError {
  if (thrown instanceof RpcError) return thrown;
  if (isApiError(thrown)) return new RpcError(thrown);
  return new RpcError({
    code: "unreachable",
    message: "Reeve's core did not answer",
    hint: thrown instanceof Error ? thrown.message : typeof thrown === "string" ? thrown : "",
    field: null,
    retry: true,
  });
}

function isApiError(thrown: unknown): thrown is ApiError {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message, hint, retry } = thrown as Record<string, unknown>;
  return (
    typeof code === "string" &&
    typeof message === "string" &&
    typeof hint === "string" &&
    typeof retry === "boolean"
  );
}
