/** What every part of the form needs: the catalogue, the places, what was remarked, and editing. */
import { createContext, use } from "react";
import type { CatalogueView, FolderReach, Places } from "../../api/generated/commands";
import type { Edit } from "./draft";

export interface FormContext {
  catalogue: CatalogueView;
  places: Places;
  edit: (edit: Edit) => void;
  /** The key that whatever is added next will have. */
  nextKey: number;
  /** What keeps the field from being saved, once its time to be said has come. */
  problem: (field: string) => string | undefined;
  /** What is probably not meant about the field. */
  warning: (field: string) => string | undefined;
  reach: (field: string) => FolderReach | undefined;
  /** Brings the focus to a field, as soon as it is there. */
  focusNext: (field: string) => void;
}

export const PrivilegeFormContext = createContext<FormContext | null>(null);

export function usePrivilegeForm(): FormContext {
  const context = use(PrivilegeFormContext);
  if (!context) throw new Error("a part of the form stands outside of it");
  return context;
}
