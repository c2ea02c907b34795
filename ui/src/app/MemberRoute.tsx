import { MemberScreen } from "../features/members/MemberScreen";
import { VerifyMember } from "../features/remote/VerifyMember";
import { MemberCheck } from "../features/simulator/MemberCheck";

/** One member, with what its server says of it and what the simulator answers about it. */
export function MemberRoute() {
  return (
    <MemberScreen
      about={(member) => <VerifyMember member={member} />}
      simulate={({ id }) => <MemberCheck key={id} member={id} />}
    />
  );
}
