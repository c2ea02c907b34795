import { MemberScreen } from "../features/members/MemberScreen";
import { VerifyMember } from "../features/remote/VerifyMember";

/** One member, with what its server says of it. */
export function MemberRoute() {
  return <MemberScreen about={(member) => <VerifyMember member={member} />} />;
}
