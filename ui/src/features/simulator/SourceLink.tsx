import { Link } from "@tanstack/react-router";
import { Folder, KeyRound, Shield, Users } from "lucide-react";
import type { AskedView, SourceView } from "../../api/generated/commands";
import { Chip } from "../../components/chip/Chip";
import { formatInstant } from "../../lib/time";
import { KINDS, sourceWords } from "./words";
import styles from "./source.module.css";

const ICONS = { role: Shield, privilege: KeyRound, folderGrant: Folder, adHoc: null };

/** Where a rule comes from, with the way to where it can be edited: the role, or the member that has the privilege. */
export function SourceLink({ source, asked }: { source: SourceView | null; asked: AskedView }) {
  if (!source) {
    return (
      <Chip title="A template changed the rules, so nobody can say which is which">unknown</Chip>
    );
  }
  const { kind, name, through } = source;
  const look = chipLook(source);
  const holder = through ?? (asked.kind === "member" ? asked.member : null);
  const words = (
    <>
      {through && (
        <span className={styles.through} title={`Through the group ${through.name}`}>
          <Users size={12} aria-hidden="true" />
          <span className="visually-hidden">through the group </span>
          <span className="truncate">{through.name}</span>
        </span>
      )}
      <span className="visually-hidden">{KINDS[kind]} </span>
      <Chip {...look} {...(look.tone === "neutral" ? { icon: ICONS[kind] } : {})}>
        {name}
      </Chip>
    </>
  );
  // What is not stored has no place to go to.
  if (source.id === "" || (kind !== "role" && !holder)) {
    return <span className={styles.source}>{words}</span>;
  }
  if (kind === "role") {
    return (
      <Link to="/roles/$role" params={{ role: source.id }} className={styles.source}>
        {words}
      </Link>
    );
  }
  return (
    <Link to="/members/$member" params={{ member: holder?.id ?? "" }} className={styles.source}>
      {words}
    </Link>
  );
}

function chipLook(source: SourceView): { tone: "neutral" | "timed" | "struck"; title: string } {
  const title = sourceWords(source);
  switch (source.standing?.state) {
    case "active":
      return {
        tone: "timed",
        title: `${title}, until ${formatInstant(Date.parse(source.standing.end))}`,
      };
    case "ended":
      return {
        tone: "struck",
        title: `${title}, ended ${formatInstant(Date.parse(source.standing.end))}`,
      };
    case "neverActive":
      return { tone: "struck", title: `${title}, never counted` };
    case "permanent":
    case undefined:
      return { tone: "neutral", title };
  }
}
