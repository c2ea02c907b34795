//! What areas of access say of one place: whether they reach it, and what may be done in it.

use reeve_analysis::{AccessBox, Answer, Area, Reach, words};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;

use super::MapEntry;

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
pub(super) fn is_allowed_wholly(area: &Area) -> bool {
    area.answer == Answer::Allowed && is_whole(&area.reach)
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
