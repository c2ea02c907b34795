/** What every part of the form needs beside its rules: editing, and what was remarked. */
import { createContext, use } from "react";
import type { CatalogueView } from "../../api/generated/commands";
import type { Edit } from "./draft";

export interface FormContext {
  catalogue: CatalogueView;
  edit: (edit: Edit) => void;
  /** What keeps the field from being saved, once its time to be said has come. */
  problem: (field: string) => string | undefined;
  /** Brings the focus to a field, as soon as it is there. */
  focusNext: (field: string) => void;
  /** The rules as they would be stored, as JSON text; undefined until they are known. */
  rulesText: string | undefined;
}

export const PrivilegeFormContext = createContext<FormContext | null>(null);

export function usePrivilegeForm(): FormContext {
  const context = use(PrivilegeFormContext);
  if (!context) throw new Error("a part of the form stands outside of it");
  return context;
}
