import { classes } from "../../lib/classes";
import { initials } from "../../lib/initials";
import styles from "./Avatar.module.css";

export type AvatarKind = "user" | "identity" | "group";

export interface AvatarProps {
  name: string;
  kind: AvatarKind;
  size?: "small" | "large";
}

/**
 * Two letters in a shape that says the kind: round for users, square for identities, a stack for
 * groups. The name always stands beside it, so screen readers pass over it.
 */
export function Avatar({ name, kind, size = "small" }: AvatarProps) {
  return (
    <span className={classes(styles.avatar, styles[kind], styles[size])} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
