//! Which members a list is about.

use reeve_domain::id::MemberId;
use reeve_domain::member::MemberKind;
use rusqlite::named_params;

use crate::column;
use crate::error::StoreError;
use crate::search::Sought;
use crate::snapshot::Snapshot;

/// Which members are meant: those for whom all of this holds. The default means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberFilter {
    /// Only members of this kind.
    pub kind: Option<MemberKind>,
    /// Only members with these words: each must begin a word of the name, handle or a metadata
    /// value, or, from three characters on, begin a word of the id or stand anywhere in the name or
    /// handle. Case, marks and punctuation do not count; a text without any word filters nothing.
    pub search: Option<String>,
}

impl MemberFilter {
    /// The search, if there is a word in it.
    pub(crate) fn sought(&self) -> Option<Sought> {
        let text = self.search.as_deref()?;
        Sought::read(text, self.kind)
    }
}

const SELECT_IDS: &str = "
    SELECT id FROM member WHERE :kind IS NULL OR kind = :kind ORDER BY seq";

const SELECT_FOUND_IDS: &str = "
    SELECT id FROM member
    WHERE seq IN (SELECT rowid FROM member_search WHERE member_search MATCH :found)
    ORDER BY seq";

impl Snapshot {
    /// The ids of all members for whom `filter` holds, in the order in which they were added.
    pub fn matching_ids(&self, filter: &MemberFilter) -> Result<Vec<MemberId>, StoreError> {
        let read = |row: &rusqlite::Row<'_>| Ok(row.get::<_, String>("id")?.into());
        match filter.sought() {
            None => self
                .connection
                .prepare_cached(SELECT_IDS)?
                .query_and_then(
                    named_params! {":kind": filter.kind.map(column::kind_word)},
                    read,
                )?
                .collect(),
            Some(sought) => self
                .connection
                .prepare_cached(SELECT_FOUND_IDS)?
                .query_and_then(named_params! {":found": sought.anywhere()}, read)?
                .collect(),
        }
    }
}
