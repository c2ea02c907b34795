import type { BulkAct } from "../api/bulkActs";
import { lifetimeBulkActs } from "../features/lifetimes/lifetimeBulkActs";
import { memberBulkActs } from "../features/members/bulk/memberBulkActs";
import { MembersScreen } from "../features/members/MembersScreen";
import { attachToMany } from "../features/privileges/attachToMany";

/** What the features together can do with ticked members. */
const acts: readonly BulkAct[] = [attachToMany, ...lifetimeBulkActs, ...memberBulkActs];

/** The list of members with the acts of all features. */
export function MembersRoute() {
  return <MembersScreen bulkActs={acts} />;
}
