import type { BulkAct } from "../api/bulkActs";
import { memberBulkActs } from "../features/members/bulk/memberBulkActs";
import { MembersScreen } from "../features/members/MembersScreen";

/** What the features together can do with ticked members. */
const acts: readonly BulkAct[] = [...memberBulkActs];

/** The list of members with the acts of all features. */
export function MembersRoute() {
  return <MembersScreen bulkActs={acts} />;
}
