/**
 * What was read from the core, kept until the core says that it changed. Nothing is refetched by
 * time or focus: after each commit a `changed` event names topics, and exactly the queries whose
 * command reads one of them are asked again.
 */
import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  type Query,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { platform } from "../platform/platform";
import type { RpcError } from "./error";
import { reads, type Changed, type Topic } from "./generated/commands";
import { rpc, type AnswerOf, type CommandName, type RequestOf } from "./rpc";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: RpcError;
  }
}

export interface ReadOptions {
  /** False holds the question back until all of it is known. */
  enabled?: boolean;
  /** Keeps the last answer on screen while another request (a longer search text) is under way. */
  keepPrevious?: boolean;
}

/** Reads from the core and stays up to date. */
export function useRpc<C extends CommandName>(
  name: C,
  request: RequestOf<C>,
  options: ReadOptions = {},
): UseQueryResult<AnswerOf<C>> {
  return useQuery<AnswerOf<C>, RpcError, AnswerOf<C>>({
    queryKey: rpcKey(name, request),
    queryFn: () => rpc(name, request),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Does something in the core. What it changed comes back through the `changed` event. */
export function useDeed<C extends CommandName>(
  name: C,
): UseMutationResult<AnswerOf<C>, RpcError, RequestOf<C>> {
  return useMutation({ mutationFn: (request: RequestOf<C>) => rpc(name, request) });
}

export function rpcKey<C extends CommandName>(name: C, request: RequestOf<C>) {
  return [name, request] as const;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The core is on this machine: being offline is its business.
        networkMode: "always",
        retry: (failures, error) => error.retry && failures < 2,
        retryDelay: (failures) => 300 * 2 ** failures,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Asks again whatever reads one of `topics`. */
export function invalidate(client: QueryClient, topics: readonly Topic[]): Promise<void> {
  const concerned = {
    predicate: ({ queryKey: [name] }: Query) => isCommand(name) && readsAny(name, topics),
  };
  // An answer that is under way may have been read before the change. Left alone it would arrive as
  // fresh: a first answer is otherwise not asked for twice, nor one that nobody looks at just now.
  void client.cancelQueries({ ...concerned, fetchStatus: "fetching" }, { silent: true });
  return client.invalidateQueries(concerned);
}

/** Keeps `client` true to the core until the returned function is called. */
export function followChanges(client: QueryClient): () => void {
  return platform.listen("changed", (payload) => {
    void invalidate(client, (payload as Changed).topics);
  });
}

function readsAny(name: CommandName, topics: readonly Topic[]): boolean {
  return reads[name].some((topic) => topics.includes(topic));
}

function isCommand(name: unknown): name is CommandName {
  return typeof name === "string" && Object.hasOwn(reads, name);
}
