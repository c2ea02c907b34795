/** After the whole run: nothing that it leaves for people to look at holds a secret. */
import { join } from "node:path";
import { pictureFolder } from "./places.ts";
import { leakedByAny } from "./secrets.ts";

export default function searchWhatIsLeft(): void {
  const found = leakedByAny(pictureFolder, join(import.meta.dirname, "../.output")).filter(
    // Playwright's own account of a failure repeats what a journey typed.
    (path) => !path.endsWith("error-context.md"),
  );
  if (found.length > 0) throw new Error(`secrets stand in ${found.join(", ")}`);
}
