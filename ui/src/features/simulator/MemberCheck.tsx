import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { CheckTab } from "./CheckTab";
import { addressOf, type SimulatorSearch } from "./search";
import { useQuestionIn } from "./useQuestion";
import { useQuestionParts } from "./useQuestionParts";

/** Whether one member may do something, and why, on the page of that member. */
export function MemberCheck({ member }: { member: string }) {
  const { question: about } = useSearch({ from: "/frame/members/$member" });
  const navigate = useNavigate();
  const search = useMemo<SimulatorSearch>(() => ({ ...about, member }), [about, member]);
  const [asked, ask] = useQuestionIn(search, (next) => {
    const question = { ...next };
    delete question.member;
    return navigate({
      to: "/members/$member",
      params: { member },
      search: { tab: "simulate", ...(Object.keys(question).length > 0 && { question }) },
      // The way back leads to where the member was opened from.
      replace: true,
      state: (before) => before,
    });
  });
  const shared = useQuestionParts(asked, ask);
  return (
    <CheckTab
      {...shared}
      who={
        <Link to="/simulator" search={addressOf(asked, "check")}>
          Open in the simulator
        </Link>
      }
    />
  );
}
