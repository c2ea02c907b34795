//! The access map.

use reeve_app::access_map::{self as app, Answer, MapAnswer};
use reeve_policy::catalogue::Catalogue;

use super::common::{count, instant};
use super::privilege::remarks;
use super::remote::unseen_parts;
use super::rule::action_name;
use crate::dto::access_map::{
    AccessMapAnswer, MapAccess, MapCase, MapCell, MapDoubt, MapEntry, MapRegion,
};
use crate::dto::simulate::OutcomeKind;

/// How many folders of a region are listed.
const LISTED: usize = 60;

/// A map as it travels.
pub fn answer(answer: &MapAnswer, catalogue: &Catalogue) -> AccessMapAnswer {
    match answer {
        MapAnswer::Mapped(map) => map_view(map, catalogue),
        MapAnswer::Incomplete(problems) => AccessMapAnswer {
            problems: remarks(problems),
            name: String::new(),
            at: None,
            actions: Vec::new(),
            environments: Vec::new(),
            regions: Vec::new(),
            beside_now: false,
            limits: Vec::new(),
            unseen: Vec::new(),
        },
    }
}

fn map_view(map: &app::AccessMap, catalogue: &Catalogue) -> AccessMapAnswer {
    let entry = catalogue.subject(map.subject.as_str());
    AccessMapAnswer {
        problems: Vec::new(),
        name: map.asked.name(),
        at: Some(instant(map.at)),
        actions: map
            .actions
            .iter()
            .map(|action| action_name(action, entry))
            .collect(),
        environments: map.environments.clone(),
        regions: map.regions.iter().map(region).collect(),
        beside_now: map.beside_now,
        limits: map.limits.clone(),
        unseen: unseen_parts(&map.unseen),
    }
}

fn region(region: &app::MapRegion) -> MapRegion {
    MapRegion {
        folders: region.folders.iter().take(LISTED).cloned().collect(),
        count: count(region.folders.len()),
        example: region.example.clone(),
        cells: region
            .cells
            .iter()
            .map(|cell| MapCell {
                exists: cell.exists,
                entries: entries(&cell.access.entries),
                doubts: doubts(&cell.access.doubts),
                now: cell.now.as_ref().map(|now| MapAccess {
                    entries: entries(&now.entries),
                    doubts: doubts(&now.doubts),
                }),
            })
            .collect(),
    }
}

fn entries(entries: &[app::MapEntry]) -> Vec<MapEntry> {
    let case = |(answer, words): &(Answer, String)| MapCase {
        outcome: answer_kind(*answer),
        words: words.clone(),
    };
    entries
        .iter()
        .map(|entry| MapEntry {
            action: entry.action.to_string(),
            always: entry.always,
            cases: entry.cases.iter().map(case).collect(),
        })
        .collect()
}

fn doubts(doubts: &[app::MapDoubt]) -> Vec<MapDoubt> {
    doubts
        .iter()
        .map(|doubt| MapDoubt {
            action: doubt.action.to_string(),
            cases: doubt.cases.clone(),
        })
        .collect()
}

fn answer_kind(answer: Answer) -> OutcomeKind {
    match answer {
        Answer::Allowed => OutcomeKind::Allowed,
        Answer::Denied => OutcomeKind::Denied,
        Answer::Error => OutcomeKind::ServerError,
        Answer::Unknown => OutcomeKind::Unknown,
    }
}
