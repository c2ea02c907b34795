import { GitMerge } from "lucide-react";
import { Button } from "../button/Button";
import { SegmentedControl } from "../segmented/SegmentedControl";
import styles from "./overlap.module.css";

/** Whose words are saved. */
export type OverlapSide = "mine" | "theirs";

/** A part that was changed here and elsewhere. */
export interface Clash<Part extends string = string> {
  part: Part;
  /** What it is called on the form. */
  name: string;
  mine: string;
  theirs: string;
  /** Which of them stands in the form. */
  side: OverlapSide;
}

export interface OverlapBarProps<Part extends string> {
  /** The names of the parts that were changed elsewhere alone, and stand in the form now. */
  taken: readonly string[];
  clashes: readonly Clash<Part>[];
  /** Puts one side of a part into the form. */
  onChoose: (part: Part, side: OverlapSide) => void;
  onClose: () => void;
}

const SIDES = [
  { id: "mine", label: "Mine" },
  { id: "theirs", label: "Theirs" },
] as const;

/** Says that what is edited was changed elsewhere meanwhile, and lets each clash be settled in place. */
export function OverlapBar<Part extends string>(props: OverlapBarProps<Part>) {
  const { taken, clashes, onChoose, onClose } = props;
  return (
    <section className={styles.bar} aria-label="Changed elsewhere">
      <header className={styles.head} role="alert">
        <GitMerge size={15} className={styles.icon} aria-hidden="true" />
        <p>
          <b>It was changed elsewhere while you were writing.</b>{" "}
          {taken.length > 0 && (
            <>Taken over: {taken.map((name) => name.toLowerCase()).join(", ")}. </>
          )}
          {clashes.length > 0
            ? "Both changed what stands below; choose which is saved."
            : "Nothing of yours was touched."}
        </p>
        <Button size="small" variant="ghost" onPress={onClose}>
          Close
        </Button>
      </header>
      {clashes.map(({ part, name, mine, theirs, side }) => (
        <div key={part} className={styles.part}>
          <span className={styles.name}>{name}</span>
          <SegmentedControl
            label={`${name}: which is saved`}
            size="small"
            segments={SIDES}
            value={side}
            onChange={(chosen) => onChoose(part, chosen)}
          />
          <Side word="Mine" text={mine} />
          <Side word="Theirs" text={theirs} />
        </div>
      ))}
    </section>
  );
}

function Side({ word, text }: { word: string; text: string }) {
  return (
    <p className={styles.side}>
      <span className={styles.word}>{word}</span> {text}
    </p>
  );
}
