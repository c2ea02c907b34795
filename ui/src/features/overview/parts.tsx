import { Link } from "@tanstack/react-router";
import { KeyRound, Shield } from "lucide-react";
import type { AccessKind, MemberRef } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip } from "../../components/chip/Chip";
import styles from "./OverviewScreen.module.css";

/** A member at the beginning of a row; the whole row leads there. */
export function RowMember({ member }: { member: MemberRef }) {
  return (
    <>
      <Avatar name={member.name} kind={member.kind} />
      <Link
        to="/members/$member"
        params={{ member: member.id }}
        className={styles.member}
        title={member.name}
      >
        {member.name}
      </Link>
    </>
  );
}

/** The role or privilege that a row is about. */
export function RowAccess(props: { what: AccessKind; title: string; slug: string }) {
  const { what, title, slug } = props;
  const isRole = what === "role";
  return (
    <Chip
      icon={isRole ? Shield : KeyRound}
      mono={!isRole && title === slug}
      title={`${isRole ? "Role" : "Additional privilege"} ${title === slug ? slug : `${title} (${slug})`}`}
      className={styles.what}
    >
      <span className="visually-hidden">{isRole ? "role " : "privilege "}</span>
      {title}
    </Chip>
  );
}
