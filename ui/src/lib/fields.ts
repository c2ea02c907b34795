/** Finds the fields of a form on the page by their key paths, which `data-field` bears. */

const CONTROL = "input:not([disabled]), textarea, button:not([disabled]), [tabindex='0']";

/** Brings the focus to a field, or to the nearest thing around it that is there. */
export function focusField(root: HTMLElement | null, field: string): void {
  for (let path = field; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const place = root?.querySelector<HTMLElement>(`[data-field="${path}"]`);
    if (!place) continue;
    const control = place.matches(CONTROL) ? place : place.querySelector<HTMLElement>(CONTROL);
    control?.focus();
    place.scrollIntoView({ block: "nearest" });
    return;
  }
}

/** Brings the focus to the first control in `root`. */
export function focusFirst(root: HTMLElement): void {
  root.querySelector<HTMLElement>(CONTROL)?.focus();
}

/** The field that `element` belongs to. */
export function fieldOf(element: Element): string | undefined {
  return element.closest<HTMLElement>("[data-field]")?.dataset.field;
}
