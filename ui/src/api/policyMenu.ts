/** What *Add Policies* offers: the catalogue's templates, and its subjects by area. */
import { formatQuantity } from "../lib/numbers";
import type {
  CatalogueView,
  PolicyDraft,
  PolicyTemplateView,
  SubjectView,
} from "./generated/commands";

const TEMPLATE = "template:";

/** The templates asked for most stand on top. */
const USUAL = ["secret-viewer", "secret-editor", "project-manager"];

/** The usual templates, the subjects by area, and the other templates. */
export function policyGroups({ subjects, templates }: CatalogueView) {
  const areas = Map.groupBy(subjects, ({ area }) => area);
  const [usual, others] = [
    templates.filter(({ id }) => USUAL.includes(id)),
    templates.filter(({ id }) => !USUAL.includes(id)),
  ];
  return [
    { title: "Templates", options: usual.map(templateOption) },
    ...[...areas].map(([title, members]) => ({
      title,
      options: members.map((subject) => ({
        id: subject.subject,
        label: subject.title,
        slug: subject.subject,
        description: subject.description,
      })),
    })),
    { title: "More templates", options: others.map(templateOption) },
  ];
}

function templateOption({ id, title, description, policies }: PolicyTemplateView) {
  return {
    id: TEMPLATE + id,
    label: title,
    description: `${description} (${formatQuantity(policies.length, "policy", "policies")})`,
  };
}

/** The policies that the chosen options stand for. */
export function policiesOf(ids: readonly string[], catalogue: CatalogueView): PolicyDraft[] {
  return ids.flatMap((id) => {
    if (id.startsWith(TEMPLATE)) return templateOf(id, catalogue)?.policies ?? [];
    const subject = catalogue.subjects.find((it) => it.subject === id);
    return subject ? [startingPolicy(subject, catalogue)] : [];
  });
}

/** What the chosen options are called together. */
export function titleOf(ids: readonly string[], catalogue: CatalogueView): string {
  const titles = ids.map(
    (id) =>
      templateOf(id, catalogue)?.title ??
      catalogue.subjects.find((it) => it.subject === id)?.title ??
      id,
  );
  return titles.length === 1 ? (titles[0] ?? "") : formatQuantity(titles.length, "choice");
}

function templateOf(id: string, { templates }: CatalogueView): PolicyTemplateView | undefined {
  return templates.find((template) => TEMPLATE + template.id === id);
}

/** What a policy on `subject` starts with: what the templates for viewing give, or reading. */
export function startingPolicy(subject: SubjectView, catalogue: CatalogueView): PolicyDraft {
  const viewing = catalogue.templates
    .filter(({ title }) => /\bviewing\b/i.test(title))
    .flatMap(({ policies }) => policies)
    .find((policy) => policy.subject === subject.subject);
  const reading = subject.actions.filter(({ action, legacy }) => action === "read" && !legacy);
  return {
    subject: subject.subject,
    actions: viewing?.actions ?? reading.map(({ action }) => action),
    inverted: false,
    conditions: [],
  };
}
