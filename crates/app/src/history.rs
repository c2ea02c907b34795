//! Reads the history.

use std::collections::{BTreeMap, BTreeSet};

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};
use reeve_domain::member::Member;
pub use reeve_store::history::HistoryQuery;

use crate::error::DeedError;
use crate::reeve::Reeve;

/// A slice of the history.
#[derive(Debug, Clone)]
pub struct HistorySlice {
    /// The entries, newest first.
    pub entries: Vec<RecordedDeed>,
    /// Whether there are older ones.
    pub more: bool,
}

/// An entry with what it takes to show it.
#[derive(Debug, Clone)]
pub struct RecordedDeed {
    /// The entry.
    pub entry: HistoryEntry,
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
            let ids: Vec<HistoryId> = page.entries.iter().map(|entry| entry.id.clone()).collect();
            let concerned: BTreeSet<MemberId> = page
                .entries
                .iter()
                .filter_map(|entry| entry.member.clone())
                .collect();
            let undone = snapshot.undone_among(&ids)?;
            let members: BTreeMap<MemberId, Member> = snapshot
                .members(&Vec::from_iter(concerned))?
                .into_iter()
                .map(|member| (member.id.clone(), member))
                .collect();
            let entries = page.entries.into_iter().map(|entry| RecordedDeed {
                undone: undone.contains(&entry.id),
                member: entry
                    .member
                    .as_ref()
                    .and_then(|id| members.get(id).cloned()),
                entry,
            });
            Ok(HistorySlice {
                entries: entries.collect(),
                more: page.more,
            })
        })
    }
}
