import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ListMembersRequest, MemberPage } from "./generated/commands";
import { PAGE_SIZE, pagesAround, usePages } from "./pages";
import { invalidate } from "./queries";

/** Stands in for the core: a list of `total` members whose names say what was asked for. */
interface Core {
  total: number;
  asked: ListMembersRequest[];
  /** Answers wait for this. */
  gate: Promise<unknown>;
  failure: object | null;
}

const core = vi.hoisted<Core>(() => ({
  total: 0,
  asked: [],
  gate: Promise.resolve(),
  failure: null,
}));

vi.mock("../platform/platform", () => ({
  platform: {
    rpc: async (_command: string, request: ListMembersRequest): Promise<MemberPage> => {
      core.asked.push(request);
      await core.gate;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- as the core answers
      if (core.failure !== null) throw core.failure;
      const last = Math.min(core.total, request.offset + request.limit);
      const rows = Array.from({ length: Math.max(0, last - request.offset) }, (_, place) => ({
        id: String(request.offset + place),
        kind: "user" as const,
        name: `${request.filter.search ?? ""} ${request.offset + place}`,
        detail: "",
        roles: [],
        privileges: 0,
        nextEnd: null,
        lastEnd: null,
        groups: [],
      }));
      return { rows, total: core.total, totalIsExact: true };
    },
  },
}));

const everyone = {
  filter: { search: "all" },
  sort: "name",
  descending: false,
} as const;
const someone = { ...everyone, filter: { search: "some" } } as const;

beforeEach(() => {
  Object.assign(core, { total: 1_000, asked: [], gate: Promise.resolve(), failure: null });
});

function list() {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, retry: false } },
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const hook = renderHook(
    ({ request }: { request: typeof everyone | typeof someone }) =>
      usePages("list_members", request),
    { wrapper, initialProps: { request: everyone as typeof everyone | typeof someone } },
  );
  const name = (index: number) => hook.result.current.rowAt(index)?.name;
  const offsets = () => core.asked.map(({ offset }) => offset);
  const look = (first: number, last: number) =>
    act(() => hook.result.current.onRangeChange(first, last));
  return { ...hook, client, name, offsets, look };
}

test("a page is in sight before its first row is", () => {
  expect(pagesAround(0, 20)).toEqual({ first: 0, last: 0 });
  expect(pagesAround(100, PAGE_SIZE - 20)).toEqual({ first: 0, last: 1 });
  expect(pagesAround(PAGE_SIZE + 60, PAGE_SIZE + 80)).toEqual({ first: 1, last: 1 });
});

test("only the pages in sight are asked for, and rows out of them are unknown", async () => {
  const { result, name, offsets, look } = list();
  await waitFor(() => expect(result.current.total).toBe(1_000));
  expect([name(0), name(199), name(200)]).toEqual(["all 0", "all 199", undefined]);

  look(700, 720);
  await waitFor(() => expect(name(700)).toBe("all 700"));
  expect(name(0)).toBe("all 0");
  expect(offsets()).toEqual([0, 600]);
});

test("who drags past pages does not ask for them", async () => {
  const { result, name, offsets, look } = list();
  await waitFor(() => expect(result.current.total).toBe(1_000));
  look(480, 500);
  look(680, 700);
  look(880, 900);
  await waitFor(() => expect(name(900)).toBe("all 900"));
  expect(offsets()).toEqual([0, 800]);
});

test("no page is asked for past the end", async () => {
  core.total = 190;
  const { result, offsets, look } = list();
  await waitFor(() => expect(result.current.total).toBe(190));
  look(170, 189);
  await act(() => Promise.resolve());
  expect(offsets()).toEqual([0]);
});

test("the list before stays until the new one is there", async () => {
  const { result, name, rerender } = list();
  await waitFor(() => expect(name(0)).toBe("all 0"));

  let open: (() => void) | undefined;
  core.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  core.total = 3;
  rerender({ request: someone });
  expect([name(0), result.current.total, result.current.isRefreshing]).toEqual([
    "all 0",
    1_000,
    true,
  ]);

  await act(async () => {
    open?.();
    await core.gate;
  });
  await waitFor(() => expect(name(0)).toBe("some 0"));
  expect([result.current.total, result.current.isRefreshing]).toEqual([3, false]);
});

test("after a change the rows stay while the pages in sight are asked for again", async () => {
  const { result, name, client, offsets } = list();
  await waitFor(() => expect(name(0)).toBe("all 0"));
  core.total = 999;
  const refreshed = act(() => invalidate(client, ["privileges"]));
  expect(name(0)).toBe("all 0");
  await refreshed;
  await waitFor(() => expect(result.current.total).toBe(999));
  expect(offsets()).toEqual([0, 0]);
});

test("what the core says went wrong is told, and can be tried again", async () => {
  core.failure = { code: "storage", message: "no", hint: "wait", field: null, retry: true };
  const { result, name } = list();
  await waitFor(() => expect(result.current.error?.message).toBe("no"));
  expect(result.current.total).toBeUndefined();
  core.failure = null;
  act(() => result.current.retry());
  await waitFor(() => expect(name(5)).toBe("all 5"));
  expect(result.current.error).toBeNull();
});
