//! What a member can do at all.

use reeve_app::effective_permissions::{self as app, Access};
use reeve_policy::catalogue::Catalogue;

use super::common::{count, instant, standing};
use super::rule::rule_view;
use super::trace::{source_view, text_parts};
use crate::dto::effective::{
    AccessState, ActionAccess, EffectivePermissions, RuleBehindCell, SubjectAccess,
};

/// What a member can do, as it travels.
pub fn permissions(permissions: &app::EffectivePermissions) -> EffectivePermissions {
    let catalogue = Catalogue::of(permissions.catalogue);
    EffectivePermissions {
        at: instant(permissions.at),
        subjects: subjects(&permissions.cells, catalogue),
        rules: permissions
            .rules
            .iter()
            .map(|behind| RuleBehindCell {
                rule: rule_view(&behind.rule, catalogue),
                source: behind.source.as_ref().map(|source| {
                    let lifetime = behind.lifetime.as_ref();
                    source_view(
                        source,
                        lifetime.map(|lifetime| standing(lifetime, permissions.at)),
                    )
                }),
                position: count(behind.position + 1),
            })
            .collect(),
        notes: permissions.notes.iter().map(text_parts).collect(),
        as_written: permissions.as_written,
    }
}

/// Cells come subject by subject.
fn subjects(cells: &[app::AccessCell], catalogue: &Catalogue) -> Vec<SubjectAccess> {
    let runs = cells.chunk_by(|one, next| one.subject == next.subject);
    runs.filter_map(|run| Some((&run.first()?.subject, run)))
        .map(|(subject, run)| {
            let entry = catalogue.subject(subject.as_str());
            SubjectAccess {
                subject: subject.to_string(),
                title: entry
                    .map_or(subject.as_str(), |entry| &entry.title)
                    .to_owned(),
                area: entry.map_or("", |entry| &entry.area).to_owned(),
                known: entry.is_some(),
                actions: run
                    .iter()
                    .map(|cell| {
                        let known = entry.and_then(|entry| entry.action(cell.action.as_str()));
                        ActionAccess {
                            action: cell.action.to_string(),
                            title: known
                                .map_or(cell.action.as_str(), |action| &action.title)
                                .to_owned(),
                            legacy: known.is_some_and(|action| action.legacy),
                            access: state(cell.access),
                            rules: cell.rules.iter().map(|place| count(*place)).collect(),
                        }
                    })
                    .collect(),
            }
        })
        .collect()
}

fn state(access: Access) -> AccessState {
    match access {
        Access::Allow => AccessState::Allow,
        Access::Conditional => AccessState::Conditional,
        Access::Mixed => AccessState::Mixed,
        Access::Forbid => AccessState::Forbid,
        Access::None => AccessState::None,
        Access::Unknown => AccessState::Unknown,
    }
}
