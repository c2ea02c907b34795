//! What areas of access say of one place: whether they reach it, and what may be done in it.

use reeve_analysis::{AccessBox, Answer, Area, Reach, words};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;

use super::regions::Measured;
use super::{MapDoubt, MapEntry};

/// The areas of one place, action by action.
pub(super) fn told(
    areas: &[&Area],
    pairs: &[(Subject, Action)],
    edition: CatalogueEdition,
) -> Vec<MapEntry> {
    let mut entries = Vec::new();
    for (_, action) in pairs {
        let own = areas.iter().filter(|area| area.actions.contains(action));
        let own: Vec<&&Area> = own.collect();
        if own.is_empty() {
            continue;
        }
        let always = own.iter().any(|area| is_allowed_wholly(area));
        let cases = if always {
            Vec::new()
        } else {
            let case = |area: &&&Area| (area.answer, case_words(area, edition));
            own.iter().map(case).collect()
        };
        entries.push(MapEntry {
            action: action.clone(),
            always,
            cases,
        });
    }
    entries
}

/// The areas of one place that are in doubt, action by action.
pub(super) fn in_doubt(
    areas: &[&Area],
    pairs: &[(Subject, Action)],
    edition: CatalogueEdition,
) -> Vec<MapDoubt> {
    let doubt = |(_, action): &(Subject, Action)| {
        let own = areas.iter().filter(|area| area.actions.contains(action));
        let own: Vec<&&Area> = own.collect();
        let is_whole = own.iter().any(|area| is_whole(&area.reach));
        let cases = own.iter().map(|area| case_words(area, edition));
        (!own.is_empty()).then(|| MapDoubt {
            action: action.clone(),
            cases: if is_whole {
                Vec::new()
            } else {
                cases.collect()
            },
        })
    };
    pairs.iter().filter_map(doubt).collect()
}

/// The part of a box that is about neither the environment nor the path.
fn case_words(area: &Area, edition: CatalogueEdition) -> String {
    let Reach::Things(region) = &area.reach else {
        return String::new();
    };
    let rest = AccessBox {
        regions: region
            .regions
            .iter()
            .filter(|(property, region)| !is_place(property.as_str()) && !region.is_any())
            .cloned()
            .collect(),
    };
    words::access_box(&rest, &area.subject, edition)
}

/// Whether an area has something to say about a path of an environment.
pub(super) fn reaches(area: &Area, environment: &str, path: &str) -> bool {
    let Reach::Things(region) = &area.reach else {
        return area.reach == Reach::Everything;
    };
    let has = |property: &str, text: &str| {
        let region = region.region(property);
        region.is_none_or(|region| region.contains(Some(&Value::text(text))))
    };
    has("environment", environment) && has("secretPath", path)
}

/// Whether an area is allowed whatever the name and the tags.
fn is_allowed_wholly(area: &Area) -> bool {
    area.answer == Answer::Allowed && is_whole(&area.reach)
}

/// Whether one area says all that there is to say of an action, whatever others say.
pub(super) fn says_all(area: &Area, measured: Measured<'_>) -> bool {
    match measured {
        Measured::Access(_) => is_allowed_wholly(area),
        Measured::Doubts(..) => is_whole(&area.reach),
    }
}

fn is_place(property: &str) -> bool {
    matches!(property, "environment" | "secretPath")
}

fn is_whole(reach: &Reach) -> bool {
    match reach {
        Reach::Everything => true,
        Reach::Bare => false,
        Reach::Things(region) => region
            .regions
            .iter()
            .all(|(property, region)| is_place(property.as_str()) || region.is_any()),
    }
}
