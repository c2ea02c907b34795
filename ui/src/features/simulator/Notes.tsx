import { Info } from "lucide-react";
import type { TextPart } from "../../api/generated/commands";
import { Card, CardRow } from "../../components/card/Card";
import { Sentence } from "./Sentence";
import styles from "./answer.module.css";

/** What else is worth knowing about the answer. */
export function Notes({ notes }: { notes: readonly (readonly TextPart[])[] }) {
  if (notes.length === 0) return null;
  return (
    <Card title="Worth knowing">
      {notes.map((note, index) => (
        <CardRow key={index} className={styles.note}>
          <Info size={14} aria-hidden="true" />
          <p>
            <Sentence parts={note} isWhole />
          </p>
        </CardRow>
      ))}
    </Card>
  );
}
