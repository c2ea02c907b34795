import { Shield } from "lucide-react";
import type { ReactNode } from "react";
import { useRpc } from "../../../api/queries";
import { ComboBox } from "../../../components/combobox/ComboBox";
import type { Option } from "../../../components/list/Option";

export interface RoleFieldProps {
  value: Option | null;
  onChange: (role: Option | null) => void;
  error?: ReactNode;
  label?: string;
  description?: string;
  autoFocus?: boolean;
}

/** One of the project's roles. */
export function RoleField({
  value,
  onChange,
  error,
  label = "Role",
  description,
  autoFocus = true,
}: RoleFieldProps) {
  const names = useRpc("role_names", {});
  const options = (names.data?.roles ?? []).map(({ id, name, slug }) => ({
    id,
    label: name,
    ...(slug !== name && { slug }),
    icon: Shield,
  }));
  return (
    <ComboBox
      autoFocus={autoFocus}
      label={label}
      icon={Shield}
      placeholder="Search roles…"
      emptyText="No role is called so"
      options={options}
      value={value}
      onChange={onChange}
      {...(description !== undefined && { description })}
      error={error ?? names.error?.message}
    />
  );
}
