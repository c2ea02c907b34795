//! Under which source each of those who may stands: under that of the rule which decides the deed
//! itself, and under no other, so that everybody is counted once.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use reeve_policy::assemble::Source;

use super::answered::{Row, shown_as};
use super::crowd::Crowd;
use super::{Shown, SourceCount};

/// The key of all additional privileges together.
const PRIVILEGE: &str = "privilege";
/// The key of all folder grants together.
const FOLDER: &str = "folder";
/// The key of what a template has mixed up, so that nobody can say which source it is.
const UNTOLD: &str = "untold";

/// Says for each of `rows` under which of the sources it stands, most members first.
pub(super) fn divide(rows: &mut [Row], crowd: &Crowd, at: DateTime<Utc>) -> Vec<SourceCount> {
    let mut found: Vec<SourceCount> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    // Those of one class whose last source stands at the same place mostly share it.
    let mut by_source: HashMap<Option<*const Source>, usize> = HashMap::new();
    for row in rows.iter_mut() {
        if shown_as(row) != Shown::Allowed {
            continue;
        }
        let source = last_source(row, crowd, at);
        let pointer = source.map(std::ptr::from_ref);
        let place = *by_source.entry(pointer).or_insert_with(|| {
            let key = source_key(source);
            *by_key.entry(key.clone()).or_insert_with(|| {
                let name = source_name(source);
                found.push(SourceCount {
                    key,
                    name,
                    members: 0,
                });
                found.len() - 1
            })
        });
        if let Some(count) = found.get_mut(place) {
            count.members += 1;
        }
        row.section = Some(place);
    }
    by_size(rows, found)
}

/// Puts the sources in order and says so to the rows.
fn by_size(rows: &mut [Row], found: Vec<SourceCount>) -> Vec<SourceCount> {
    let mut counts: Vec<(usize, SourceCount)> = found.into_iter().enumerate().collect();
    counts.sort_by(|(_, one), (_, other)| {
        let by_size = other.members.cmp(&one.members);
        by_size
            .then_with(|| one.name.cmp(&other.name))
            .then_with(|| one.key.cmp(&other.key))
    });
    let mut ranks = vec![0; counts.len()];
    for (rank, (place, _)) in counts.iter().enumerate() {
        if let Some(slot) = ranks.get_mut(*place) {
            *slot = rank;
        }
    }
    for row in rows {
        row.section = row.section.and_then(|place| ranks.get(place).copied());
    }
    counts.into_iter().map(|(_, count)| count).collect()
}

fn source_key(source: Option<&Source>) -> String {
    match source {
        Some(Source::Role { id, .. }) => format!("role:{id}"),
        Some(Source::Folder { .. }) => FOLDER.to_owned(),
        Some(_) => PRIVILEGE.to_owned(),
        None => UNTOLD.to_owned(),
    }
}

fn source_name(source: Option<&Source>) -> String {
    match source {
        Some(Source::Role { name, .. }) => name.to_string(),
        Some(Source::Folder { .. }) => "Folder Access".to_owned(),
        Some(_) => "Additional Privileges".to_owned(),
        None => "A template mixed the rules".to_owned(),
    }
}

fn last_source<'a>(row: &Row, crowd: &'a Crowd, at: DateTime<Utc>) -> Option<&'a Source> {
    let person = crowd.people.get(row.person)?;
    let held = person.active(at).nth(*row.answer.sources.last()?)?;
    crowd.source(held)
}
