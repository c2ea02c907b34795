//! Puts differences, extents and regions into short words: titles from the catalogue, names on the
//! wire in backticks. Whoever shows an analysis to people uses these.

mod region;
mod report;

use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::catalogue::{Catalogue, SubjectEntry};

pub use report::{Item, Place, Report, Section, report};

use crate::difference::{Answer, Change, Difference, Reach, Verdict, Witness};
use crate::extent::Area;
use crate::limit::Limit;
use crate::region::{AccessBox, Region};
use region::{Noun, all, region_of, texts};

/// Checks that ask about a subject as such, as the server does before it looks for one.
const BARE: &str = "the general check, where no particular one is named";
/// Checks of all things, but not of the subject as such.
const THINGS: &str = "every particular one, but not the general check";

/// A change in one line: "`secrets` Read Value · `prod` · `/payments/**`".
pub fn change(change: &Change, edition: CatalogueEdition) -> String {
    line(&change.subject, &change.actions, &change.reach, edition)
}

/// An area in one line, as for a change.
pub fn area(area: &Area, edition: CatalogueEdition) -> String {
    line(&area.subject, &area.actions, &area.reach, edition)
}

/// The actions of a change: their titles, or "everything", "everything except Delete" alone.
pub fn actions(change: &Change, edition: CatalogueEdition) -> Vec<String> {
    let entry = Catalogue::of(edition).subject(change.subject.as_str());
    report::titles(entry, &change.actions.iter().collect::<Vec<_>>())
}

/// What happens to what is in a change: "newly allowed", "no longer allowed: the server fails".
pub fn transition(before: Answer, after: Answer) -> &'static str {
    match (before, after) {
        (_, Answer::Allowed) => "newly allowed",
        (_, Answer::Denied) => "newly denied",
        (Answer::Allowed, Answer::Error) => "no longer allowed: the server fails",
        (_, Answer::Error) => "newly an error: the server fails",
        (Answer::Allowed, Answer::Unknown) => "no longer certainly allowed: not known",
        (Answer::Unknown, Answer::Unknown) => "not known on either side, so not compared",
        (_, Answer::Unknown) => "newly unknown",
    }
}

/// The verdict in a sentence without a full stop.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "the same in every case",
        Verdict::SameAccess => "the same is allowed, but other requests fail or are denied",
        Verdict::Narrower => "narrower: some access is lost, none is gained",
        Verdict::Wider => "wider: some access is gained, none is lost",
        Verdict::Incomparable => "some access is gained and some is lost",
    }
}

/// The verdict of a difference in a sentence without a full stop. Where all that differs is not
/// known, it says so.
pub fn verdict_of(difference: &Difference) -> String {
    let is_access = |change: &Change| {
        change.before == Answer::Allowed || change.after == Answer::Allowed || change.is_open()
    };
    let mut access = difference
        .changes
        .iter()
        .filter(|it| is_access(it))
        .peekable();
    let sentence = if access.peek().is_some() && access.all(Change::is_open) {
        "what is known is the same, but not everything is known"
    } else {
        verdict(difference.verdict)
    };
    if difference.exhaustive.is_yes() {
        sentence.to_owned()
    } else {
        format!("{sentence}, as far as could be told")
    }
}

/// What kept an answer from being exhaustive.
pub fn limit(limit: &Limit) -> String {
    match limit {
        Limit::Pattern {
            property,
            pattern,
            reason,
        } => format!("not every value of `{property}` was tried against `{pattern}`: {reason}"),
        Limit::Operator { property, operator } => {
            format!("not every value of `{property}` was tried against `{operator}`")
        }
        Limit::States { property } => {
            format!("the patterns on `{property}` are too many to tell all values apart")
        }
        Limit::Cells { property } => {
            format!("the conditions on `{property}` tell too many kinds of values apart")
        }
        Limit::Template { subject, template } => format!(
            "`{template}` in rules on `{subject}` was taken for plain text: what it becomes differs \
             from actor to actor"
        ),
        Limit::Form {
            property,
            expression,
        } => format!("the form `{expression}` of `{property}` cannot be followed"),
        Limit::Disagreement { subject, action } => {
            format!("the judge did not confirm an example of `{subject}` `{action}`")
        }
        Limit::Combinations { subject, action } => {
            format!("`{subject}` `{action}` has too many combinations to try all")
        }
        Limit::Boxes { subject, action } => {
            format!("`{subject}` `{action}` has more pieces than are listed")
        }
    }
}

/// Requests that show a change, each once; none where the words for the place name the one check.
pub fn examples(change: &Change) -> Vec<String> {
    if change.reach == Reach::Bare {
        return Vec::new();
    }
    let mut examples: Vec<String> = change.witnesses.iter().map(witness).collect();
    examples.dedup();
    examples
}

/// A witness: "`prod:/payments/STRIPE_KEY`, tagged `pci`".
pub fn witness(witness: &Witness) -> String {
    use reeve_domain::attributes::Attributes;
    match &witness.request.attributes {
        Attributes::Bare => "no particular one named".to_owned(),
        Attributes::Of(object) => attributes(object),
    }
}

/// Attributes as a place with what else is known: "`prod:/payments/STRIPE_KEY`, untagged".
pub fn attributes(object: &Object) -> String {
    let text = |name: &str| object.get(name).and_then(Value::as_text);
    let mut words = Vec::new();
    let place = place(text("environment"), text("secretPath"), text("secretName"));
    if !place.is_empty() {
        words.push(format!("`{place}`"));
    }
    for (name, value) in object.iter() {
        match (name, value) {
            ("environment" | "secretPath" | "secretName", Value::Text(_)) => {}
            ("secretTags", Value::List(tags)) if tags.is_empty() => words.push("untagged".into()),
            ("secretTags", Value::List(tags)) => {
                words.push(format!("tagged {}", all(&texts(tags))));
            }
            (name, Value::Text(text)) => words.push(format!("{name} `{text}`")),
            (name, Value::List(items)) if items.is_empty() => words.push(format!("no {name}")),
            (name, Value::List(items)) => words.push(format!("{name} {}", all(&texts(items)))),
            (name, _) => words.push(name.to_owned()),
        }
    }
    if words.is_empty() {
        return "one of which nothing is said".to_owned();
    }
    words.join(", ")
}

/// Which checks, in words: "everywhere", "`prod` · `/app/**`".
pub fn reach(reach: &Reach, subject: &Subject, edition: CatalogueEdition) -> String {
    match reach {
        Reach::Bare => BARE.to_owned(),
        Reach::Everything => "everywhere".to_owned(),
        Reach::Things(region) if region.is_everything() => THINGS.to_owned(),
        Reach::Things(region) => access_box(region, subject, edition),
    }
}

/// A box in words, its attributes separated by dots: "`prod` · `/app` · named `DB_*`".
pub fn access_box(region: &AccessBox, subject: &Subject, edition: CatalogueEdition) -> String {
    let is_free = |name: &str| region.region(name).is_none_or(Region::is_any);
    let mut words = Vec::new();
    if is_free("environment") && !is_free("secretPath") {
        words.push("any environment".to_owned());
    }
    words.extend(region.regions.iter().filter_map(|(property, region)| {
        let noun = Noun::of(property, subject, edition);
        region_of(region, &noun)
    }));
    words.join(" · ")
}

fn line(subject: &Subject, actions: &[Action], which: &Reach, edition: CatalogueEdition) -> String {
    let entry = Catalogue::of(edition).subject(subject.as_str());
    let titles: Vec<String> = actions.iter().map(|it| title_of(entry, it)).collect();
    format!(
        "`{subject}` {} · {}",
        titles.join(", "),
        reach(which, subject, edition)
    )
}

fn title_of(entry: Option<&SubjectEntry>, action: &Action) -> String {
    let known = entry.and_then(|entry| entry.action(action.as_str()));
    known.map_or_else(|| format!("`{action}`"), |known| known.title.to_string())
}

fn place(environment: Option<&str>, path: Option<&str>, name: Option<&str>) -> String {
    let mut place = String::new();
    if let Some(environment) = environment {
        place.push_str(environment);
        if path.is_some() || name.is_some() {
            place.push(':');
        }
    }
    if let Some(path) = path {
        place.push_str(path);
    }
    if let Some(name) = name {
        if path.is_some() && !place.ends_with('/') {
            place.push('/');
        }
        place.push_str(name);
    }
    place
}
