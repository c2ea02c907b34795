import { useState } from "react";
import type { PreferencesView } from "../../api/generated/commands";
import { Card } from "../../components/card/Card";
import { TextField } from "../../components/field/TextField";
import styles from "./settings.module.css";
import { usePreferences } from "./usePreferences";

/** Under which name the history says that things were done. */
export function AuthorCard({ view }: { view: PreferencesView }) {
  const { save, problems } = usePreferences(view);
  const [author, setAuthor] = useState(view.preferences.author);
  const keep = () => {
    if (author.trim() !== view.preferences.author) void save({ author });
  };
  return (
    <Card title="History" inset="padded">
      <TextField
        label="Your name in the history"
        value={author}
        onChange={setAuthor}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === "Enter") keep();
        }}
        placeholder={view.signedIn}
        description={
          view.signedIn === ""
            ? "Every change is recorded with it."
            : `Every change is recorded with it. Left empty, it is ${view.signedIn}.`
        }
        error={problems.find(({ field }) => field === "author")?.message}
        className={styles.narrow}
      />
    </Card>
  );
}
