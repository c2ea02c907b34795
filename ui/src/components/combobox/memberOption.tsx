import { Avatar, type AvatarKind } from "../avatar/Avatar";
import type { Option } from "../list/Option";

/** A member as something to choose; `description` tells those with one name apart. */
export function memberOption(
  { id, name, kind }: { id: string; name: string; kind: AvatarKind },
  description?: string,
): Option {
  return { id, label: name, description, picture: <Avatar name={name} kind={kind} /> };
}
