//! Reads the history.

use std::collections::{BTreeMap, BTreeSet};

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};
use reeve_domain::member::Member;
use reeve_store::chain::Link;
pub use reeve_store::history::HistoryQuery;
use reeve_store::history::RecordedEntry;
use reeve_store::snapshot::Snapshot;

use crate::error::{DeedError, StoreError};
use crate::reeve::Reeve;

/// A slice of the history.
#[derive(Debug, Clone)]
pub struct HistorySlice {
    /// The entries, newest first.
    pub entries: Vec<RecordedDeed>,
    /// Where to go on for older ones. A search that finds little pauses after a while, so there may
    /// be a place to go on with few entries or none.
    pub older: Option<HistoryId>,
}

/// An entry with what it takes to show it.
#[derive(Debug, Clone)]
pub struct RecordedDeed {
    /// The entry.
    pub entry: HistoryEntry,
    /// Who did it; empty if that was not recorded.
    pub author: String,
    /// Its place in the chain.
    pub link: Link,
    /// The member it concerns, if that still exists.
    pub member: Option<Member>,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Reeve {
    /// A slice of the history, newest first.
    pub fn history(&self, query: &HistoryQuery) -> Result<HistorySlice, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let page = snapshot.history_page(query)?;
            let entries = recorded_deeds(snapshot, page.entries)?;
            Ok(HistorySlice {
                entries,
                older: page.older,
            })
        })
    }
}

impl Reeve {
    /// Every kind of deed that the history tells of.
    pub fn deeds_done(&self) -> Result<Vec<String>, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.deeds_done()?))
    }
}

/// The entries with what it takes to show them.
pub(crate) fn recorded_deeds(
    snapshot: &Snapshot,
    entries: Vec<RecordedEntry>,
) -> Result<Vec<RecordedDeed>, StoreError> {
    let ids: Vec<HistoryId> = entries.iter().map(|one| one.entry.id.clone()).collect();
    let concerned: BTreeSet<MemberId> = entries
        .iter()
        .filter_map(|one| one.entry.member.clone())
        .collect();
    let undone = snapshot.undone_among(&ids)?;
    let members: BTreeMap<MemberId, Member> = snapshot
        .members(&Vec::from_iter(concerned))?
        .into_iter()
        .map(|member| (member.id.clone(), member))
        .collect();
    let deeds = entries.into_iter().map(|recorded| RecordedDeed {
        undone: undone.contains(&recorded.entry.id),
        member: recorded
            .entry
            .member
            .as_ref()
            .and_then(|id| members.get(id).cloned()),
        author: recorded.author,
        link: recorded.link,
        entry: recorded.entry,
    });
    Ok(deeds.collect())
}
