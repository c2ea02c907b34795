import { Link } from "@tanstack/react-router";
import { Folder, KeyRound, Shield } from "lucide-react";
import type { EndingKind, MemberRef } from "../../api/generated/commands";
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

const ACCESS = {
  role: { icon: Shield, word: "role", title: "Role" },
  privilege: { icon: KeyRound, word: "privilege", title: "Additional privilege" },
  folderGrant: { icon: Folder, word: "folder access", title: "Folder Access" },
};

/** The role, privilege or folder that a row is about. */
export function RowAccess(props: { what: EndingKind; title: string; slug: string }) {
  const { what, title, slug } = props;
  const access = ACCESS[what];
  return (
    <Chip
      icon={access.icon}
      mono={what === "folderGrant" || (what === "privilege" && title === slug)}
      title={`${access.title} ${title === slug ? slug : `${title} (${slug})`}`}
      className={styles.what}
    >
      <span className="visually-hidden">{access.word} </span>
      {title}
    </Chip>
  );
}
