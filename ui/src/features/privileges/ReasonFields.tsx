import { TextField } from "../../components/field/TextField";
import { usePrivilegeForm } from "./context";
import type { PrivilegeForm } from "./draft";
import styles from "./privileges.module.css";

/** Why, for whoever reads the history later. */
export function ReasonFields({ form }: { form: PrivilegeForm }) {
  const { edit, problem } = usePrivilegeForm();
  return (
    <div className={styles.reason}>
      <div data-field="reason">
        <TextField
          label="Reason (kept in history)"
          placeholder="Payment retries are stuck"
          value={form.reason}
          onChange={(text) => edit({ kind: "text", field: "reason", text })}
          error={problem("reason")}
        />
      </div>
      <div data-field="ticket">
        <TextField
          label="Ticket"
          placeholder="INC-4711"
          value={form.ticket}
          onChange={(text) => edit({ kind: "text", field: "ticket", text })}
          error={problem("ticket")}
        />
      </div>
    </div>
  );
}
