import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { MemberDetail } from "../../api/generated/commands";
import { Avatar } from "../../components/avatar/Avatar";
import { Chip } from "../../components/chip/Chip";
import { CopyButton } from "../../components/copy/CopyButton";
import styles from "./MemberScreen.module.css";

/** What the member is: its names and ids, how it signs in, and what templates may use of it. */
export function AboutPane({ member, children }: { member: MemberDetail; children?: ReactNode }) {
  const { id, kind, handle, username, authMethods, metadata, groups } = member;
  return (
    <aside className={styles.about} aria-label="About this member">
      <dl style={{ display: "contents" }}>
        {handle !== "" && (
          <Fact name={kind === "group" ? "Slug" : "Address"}>
            <Copied text={handle} what={kind === "group" ? "slug" : "address"} />
          </Fact>
        )}
        {kind !== "group" && username !== "" && username !== handle && (
          <Fact name="Username">
            <Copied text={username} what="username" />
          </Fact>
        )}
        <Fact
          name={kind === "identity" ? "Identity id" : kind === "group" ? "Group id" : "User id"}
        >
          <Copied text={id} what="id" mono />
        </Fact>
        {kind === "identity" && (
          <Fact name="Auth methods">
            {authMethods.length === 0 ? (
              <span className="faint">none: it cannot sign in</span>
            ) : (
              <span className={styles.chips}>
                {authMethods.map((method) => (
                  <Chip key={method}>{method}</Chip>
                ))}
              </span>
            )}
          </Fact>
        )}
        {kind !== "group" && (
          <>
            <Fact name="Metadata">
              {metadata.length === 0 ? (
                <span className="faint">none</span>
              ) : (
                <span className={styles.chips}>
                  {metadata.map(({ key, value }) => (
                    <span key={key} className={styles.pair}>
                      <span className={styles.key}>{key}=</span>
                      {value}
                    </span>
                  ))}
                </span>
              )}
            </Fact>
            <Fact name="Groups">
              {groups.length === 0 ? (
                <span className="faint">in no group</span>
              ) : (
                <ul className={styles.links}>
                  {groups.map((group) => (
                    <li key={group.id} className={styles.link}>
                      <Avatar name={group.name} kind="group" />
                      <Link
                        to="/members/$member"
                        params={{ member: group.id }}
                        className="truncate"
                      >
                        {group.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </Fact>
          </>
        )}
      </dl>
      {children}
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Copied({ text, what, mono = false }: { text: string; what: string; mono?: boolean }) {
  const [before, ...after] = text.split("@");
  return (
    <span className={styles.copy}>
      <span className={mono ? "mono" : undefined}>
        {before}
        {after.map((part, place) => (
          // An address that needs two lines parts where people would part it.
          <span key={place}>
            @<wbr />
            {part}
          </span>
        ))}
      </span>
      <CopyButton text={text} what={what} />
    </span>
  );
}
