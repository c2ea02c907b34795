/** The catalogue as the rule cards take it: members of a list's elements are properties of their own. */
import type { CatalogueView, PropertyView, SubjectView } from "./generated/commands";

export function cardCatalogue(catalogue: CatalogueView): CatalogueView {
  return { ...catalogue, subjects: catalogue.subjects.map(withElements) };
}

function withElements(subject: SubjectView): SubjectView {
  return { ...subject, properties: subject.properties.flatMap(spread) };
}

function spread(property: PropertyView): PropertyView[] {
  const members = property.elements.map((member) => ({
    ...member,
    property: `${property.property}.$elemMatch.${member.property}`,
    title: `${property.title}: ${member.title}`,
  }));
  return property.operators.length > 0 || members.length === 0 ? [property, ...members] : members;
}
