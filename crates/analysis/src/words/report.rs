//! Lays a difference out for people: what happens, to which actions on which subjects, where; what
//! concerns most first, and what changes alike told once.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::catalogue::{Catalogue, SubjectEntry};

use super::region::all;
use super::{access_box, examples, limit, title_of, verdict_of};
use crate::difference::{Answer, Change, Difference, Reach};
use crate::limit::Exhaustive;

/// How many examples are told of one place.
const EXAMPLES: usize = 2;
/// From how many actions on it is "everything except" shorter than a list, if it is much fewer that
/// are left out.
const EXCEPT_FROM: usize = 4;
/// So many subjects are read in one line; more are listed by area.
const IN_A_LINE: usize = 8;

/// A difference as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How the second set compares with the first, in a sentence without a full stop.
    pub verdict: String,
    /// What happens, gains first; empty if nothing differs.
    pub sections: Vec<Section>,
    /// What kept the answer from being exhaustive.
    pub limits: Vec<String>,
}

/// What changes in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// How: "newly allowed".
    pub title: &'static str,
    /// What, the widest first.
    pub items: Vec<Item>,
}

/// Actions that change in the same places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which actions on which subjects: "Read Value on `secrets`", "everything on 12 subjects".
    pub what: String,
    /// The subjects by area, if they are too many for a line: "Secrets: `secrets`, `commits`".
    pub areas: Vec<String>,
    /// Where; empty if everywhere.
    pub places: Vec<Place>,
}

/// A place with requests in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where: "`prod` · `/payments/**`".
    pub words: String,
    /// Requests there, each confirmed by the judge; none where the words are one already.
    pub examples: Vec<String>,
}

/// Lays a difference out.
pub fn report(difference: &Difference, edition: CatalogueEdition) -> Report {
    let mut kinds: Vec<(Answer, Answer)> = Vec::new();
    for change in &difference.changes {
        if !kinds.contains(&(change.before, change.after)) {
            kinds.push((change.before, change.after));
        }
    }
    kinds.sort_by_key(|(before, after)| (*after, *before));
    Report {
        verdict: verdict_of(difference),
        sections: kinds
            .into_iter()
            .map(|(before, after)| {
                let changes = difference.changes.iter();
                let alike: Vec<&Change> = changes
                    .filter(|change| (change.before, change.after) == (before, after))
                    .collect();
                Section {
                    title: title(before, after),
                    items: items(&alike, edition),
                }
            })
            .collect(),
        limits: match &difference.exhaustive {
            Exhaustive::Yes => Vec::new(),
            Exhaustive::No(limits) => limits.iter().map(limit).collect(),
        },
    }
}

impl Report {
    /// Everything but the verdict and the limits, a line each, what belongs together indented.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for section in &self.sections {
            lines.push(section.title.to_owned());
            for item in &section.items {
                lines.push(format!("  {}", item.what));
                lines.extend(item.areas.iter().map(|area| format!("    {area}")));
                for place in &item.places {
                    lines.push(format!("    {}", place.words));
                    if !place.examples.is_empty() {
                        lines.push(format!("      such as {}", place.examples.join("; ")));
                    }
                }
            }
        }
        lines
    }
}

fn title(before: Answer, after: Answer) -> &'static str {
    match (before, after) {
        (Answer::Denied | Answer::Allowed, Answer::Allowed) => "newly allowed",
        (Answer::Error, Answer::Allowed) => "newly allowed, where the server failed",
        (Answer::Unknown, Answer::Allowed) => "certainly allowed, where it was not known",
        (Answer::Allowed | Answer::Denied, Answer::Denied) => "newly denied",
        (Answer::Error, Answer::Denied) => "denied, where the server failed",
        (Answer::Unknown, Answer::Denied) => "certainly denied, where it was not known",
        (Answer::Allowed, Answer::Error) => "newly an error, where it was allowed",
        (Answer::Denied | Answer::Error, Answer::Error) => "newly an error, where it was denied",
        (Answer::Unknown, Answer::Error) => "certainly an error, where it was not known",
        (Answer::Allowed, Answer::Unknown) => "not known, where it was allowed",
        (Answer::Denied, Answer::Unknown) => "not known, where it was denied",
        (Answer::Error, Answer::Unknown) => "not known, where the server failed",
        (Answer::Unknown, Answer::Unknown) => "not known on either side, so not compared",
    }
}

/// The same actions on one subject, or on several that change in the same places.
struct Group<'a> {
    subjects: Vec<&'a Subject>,
    actions: Vec<&'a Action>,
    places: Vec<Place>,
}

fn items(changes: &[&Change], edition: CatalogueEdition) -> Vec<Item> {
    let mut groups: Vec<Group> = Vec::new();
    for group in by_subject(changes, edition) {
        let label = actions_label(group.subjects.first(), &group.actions, edition);
        let same = groups.iter_mut().find(|other| {
            other.places == group.places
                && actions_label(other.subjects.first(), &other.actions, edition) == label
        });
        match same {
            Some(other) => other.subjects.extend(group.subjects),
            None => groups.push(group),
        }
    }
    groups.sort_by_key(|group| {
        let is_everywhere = group.places.is_empty();
        Reverse((is_everywhere, group.subjects.len() * group.actions.len()))
    });
    groups
        .into_iter()
        .map(|group| item(&group, edition))
        .collect()
}

fn item(group: &Group<'_>, edition: CatalogueEdition) -> Item {
    let actions = actions_label(group.subjects.first(), &group.actions, edition);
    let places = group.places.clone();
    let count = group.subjects.len();
    if count > IN_A_LINE {
        return Item {
            what: format!("{actions} on {count} subjects"),
            areas: by_area(&group.subjects, edition),
            places,
        };
    }
    let subjects: Vec<String> = group.subjects.iter().map(|s| format!("`{s}`")).collect();
    Item {
        what: format!("{actions} on {}", all(&subjects)),
        areas: Vec::new(),
        places,
    }
}

/// The subjects of each area in a line, in the catalogue's order; at last those it does not know.
fn by_area(subjects: &[&Subject], edition: CatalogueEdition) -> Vec<String> {
    let catalogue = Catalogue::of(edition);
    let area_of = |subject: &Subject| {
        let entry = catalogue.subject(subject.as_str());
        entry.map_or("Others", |entry| &*entry.area)
    };
    let areas = catalogue.areas().iter().map(|area| &**area);
    areas
        .chain(["Others"])
        .filter_map(|area| {
            let within = subjects.iter().filter(|subject| area_of(subject) == area);
            let names: Vec<String> = within.map(|subject| format!("`{subject}`")).collect();
            (!names.is_empty()).then(|| format!("{area}: {}", names.join(", ")))
        })
        .collect()
}

/// The places of each list of actions on each subject. The check that names no particular thing is
/// told beside the things of the same actions.
fn by_subject<'a>(changes: &[&'a Change], edition: CatalogueEdition) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for change in changes.iter().filter(|change| change.reach != Reach::Bare) {
        let actions: Vec<&Action> = change.actions.iter().collect();
        let place = place(change, edition);
        let same = groups.iter_mut().find(|group| {
            group.subjects.first() == Some(&&change.subject) && group.actions == actions
        });
        match same {
            Some(group) => group.places.extend(place),
            None => groups.push(Group {
                subjects: vec![&change.subject],
                actions,
                places: place.into_iter().collect(),
            }),
        }
    }
    for change in changes.iter().filter(|change| change.reach == Reach::Bare) {
        let mut left: Vec<&Action> = change.actions.iter().collect();
        for group in &mut groups {
            let is_told = group.subjects.first() == Some(&&change.subject)
                && group.actions.iter().all(|action| left.contains(action));
            if is_told {
                left.retain(|action| !group.actions.contains(action));
                group.places.extend(place(change, edition));
            }
        }
        if !left.is_empty() {
            groups.push(Group {
                subjects: vec![&change.subject],
                actions: left,
                places: place(change, edition).into_iter().collect(),
            });
        }
    }
    groups
}

/// Where; nothing if everywhere.
fn place(change: &Change, edition: CatalogueEdition) -> Option<Place> {
    let words = match &change.reach {
        Reach::Everything => return None,
        Reach::Bare => super::BARE.to_owned(),
        Reach::Things(region) if region.is_everything() => super::THINGS.to_owned(),
        Reach::Things(region) => access_box(region, &change.subject, edition),
    };
    let mut examples = examples(change);
    examples.truncate(EXAMPLES);
    Some(Place { words, examples })
}

/// "everything", "everything except Delete", "Read and Edit".
fn actions_label(
    subject: Option<&&Subject>,
    actions: &[&Action],
    edition: CatalogueEdition,
) -> String {
    let entry = subject.and_then(|subject| Catalogue::of(edition).subject(subject.as_str()));
    all(&titles(entry, actions))
}

/// What the actions are called: one by one, or together where that is shorter.
pub(super) fn titles(entry: Option<&SubjectEntry>, actions: &[&Action]) -> Vec<String> {
    let named: BTreeSet<&str> = actions.iter().map(|action| action.as_str()).collect();
    if let Some(missing) = entry.and_then(|entry| missing(entry, &named)) {
        match missing.as_slice() {
            [] if actions.len() > 1 => return vec!["everything".to_owned()],
            few if actions.len() >= EXCEPT_FROM && few.len() * 2 <= actions.len() => {
                return vec![format!("everything except {}", all(few))];
            }
            _ => {}
        }
    }
    actions.iter().map(|it| title_of(entry, it)).collect()
}

/// The titles of the actions that are not named; `None` if some are named that the catalogue lacks.
fn missing(entry: &SubjectEntry, named: &BTreeSet<&str>) -> Option<Vec<String>> {
    let is_known = |name: &&str| entry.action(name).is_some() || *name == "manage";
    named.iter().all(is_known).then(|| {
        let actions = entry.actions.iter();
        actions
            .filter(|action| !named.contains(action.action.as_str()))
            .map(|action| action.title.to_string())
            .collect()
    })
}
