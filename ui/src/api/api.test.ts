import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { asRpcError, RpcError } from "./error";
import { reads } from "./generated/commands";
import { EVERYTHING } from "./history";
import { invalidate, rpcKey } from "./queries";

describe("an error", () => {
  it("keeps what the core said", () => {
    const error = asRpcError({
      code: "conflict",
      message: "the role changed meanwhile",
      hint: "look again",
      field: "slug",
      retry: false,
    });
    expect(error).toBeInstanceOf(RpcError);
    expect(error).toMatchObject({ code: "conflict", hint: "look again", field: "slug" });
    expect(error.message).toBe("the role changed meanwhile");
    expect(error.retry).toBe(false);
  });

  it.each([new Error("window closed"), "window closed"])(
    "of the transport can be tried again: %s",
    (thrown) => {
      expect(asRpcError(thrown)).toMatchObject({
        code: "unreachable",
        hint: "window closed",
        retry: true,
      });
    },
  );
});

describe("a change", () => {
  it("makes exactly those answers stale that were made from it", async () => {
    const client = new QueryClient();
    const asked = [
      rpcKey("overview", {}),
      rpcKey("member_detail", { member: "m" }),
      rpcKey("history", { ...EVERYTHING, before: null, limit: 10 }),
      rpcKey("catalogue", {}),
    ];
    for (const key of asked) client.setQueryData(key, {});
    await invalidate(client, ["privileges"]);
    const stale = asked.filter((key) => client.getQueryState(key)?.isInvalidated);
    const expected = asked.filter(([name]) => reads[name].includes("privileges"));
    expect(stale).toEqual(expected);
    expect(stale.map(([name]) => name)).toEqual(["overview", "member_detail"]);
  });

  /** One answer after another, each given when the test says so. */
  function heldAnswers() {
    const held: ((answer: string) => void)[] = [];
    const queryFn = () => new Promise<string>((resolve) => held.push(resolve));
    return { held, queryFn, queryKey: rpcKey("overview", {}) };
  }

  it("asks again for a first answer that was under way", async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    const { held, ...query } = heldAnswers();
    const observer = new QueryObserver<string>(client, query);
    const leave = observer.subscribe(() => undefined);
    const settled = invalidate(client, ["privileges"]);
    expect(held).toHaveLength(2);
    held[1]?.("after");
    held[0]?.("before");
    await settled;
    expect(observer.getCurrentResult()).toMatchObject({ status: "success", data: "after" });
    leave();
  });

  it("lets no answer from before it arrive as fresh where nobody looks", async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    const { held, ...query } = heldAnswers();
    const leave = new QueryObserver<string>(client, query).subscribe(() => undefined);
    leave();
    await invalidate(client, ["privileges"]);
    held[0]?.("before");
    const observer = new QueryObserver<string>(client, query);
    const leaveAgain = observer.subscribe(() => undefined);
    held[1]?.("after");
    await expect.poll(() => observer.getCurrentResult().data).toBe("after");
    leaveAgain();
  });
});
