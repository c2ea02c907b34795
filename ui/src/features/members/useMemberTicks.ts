import type { ListMembersRequest, MemberRow, MemberSelection } from "../../api/generated/commands";
import type { Pages } from "../../api/pages";
import { rpc } from "../../api/rpc";
import { loadedBetween } from "../../components/table/selecting";
import { useTicked, type UsedTicks } from "../../components/table/useTicked";

/** The core answers at most so many at once. */
const SLICE = 500;

type Request = Omit<ListMembersRequest, "offset" | "limit">;

/** Which members are ticked in the list that `request` asks for. */
export function useMemberTicks(
  request: Request,
  pages: Pages<MemberRow>,
  total: number,
): UsedTicks & { members: MemberSelection } {
  const used = useTicked({
    list: JSON.stringify(request.filter),
    total,
    keysBetween: (from, to) =>
      loadedBetween(from, to, pages.rowAt, ({ id }) => id) ??
      idsBetween(request, Math.min(from, to), Math.max(from, to)),
  });
  const { ticked } = used;
  const members: MemberSelection =
    ticked.mode === "some"
      ? { kind: "members", members: [...ticked.keys] }
      : { kind: "matching", filter: request.filter, except: [...ticked.except] };
  return { ...used, members };
}

/** Rows that were scrolled past before they were read. */
async function idsBetween(request: Request, first: number, last: number): Promise<string[]> {
  const ids: string[] = [];
  for (let offset = first; offset <= last; offset += SLICE) {
    const limit = Math.min(SLICE, last - offset + 1);
    const { rows } = await rpc("list_members", { ...request, offset, limit });
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
