//! Which members a list is about.
//!
//! Every part of a filter is a part of one index, which gives the members that pass it; those in all
//! of them pass the filter. Few of them are then put into the order of the list; many are met while
//! that order is walked.

use std::collections::BTreeSet;

use bit_set::BitSet;
use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::member::MemberKind;
use rusqlite::{Connection, Statement, ToSql};

use crate::column;
use crate::error::StoreError;
use crate::search::{FOUND_MAX, Sought};
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
    /// Only members with one of these roles, their own or through a group, ended ones included.
    pub roles: Vec<RoleId>,
    /// Only members whose timed access stands so.
    pub expiry: Option<Expiry>,
    /// Only who is in this group.
    pub group: Option<MemberId>,
    /// Only members of whom all of these are true.
    pub facts: BTreeSet<MemberFact>,
}

/// Something that is true of some members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberFact {
    /// A role or privilege that counts holds a Forbid.
    Forbids,
    /// A role or privilege that counts opens every secret by itself.
    Wide,
    /// It has additional privileges, ended ones included.
    Privileges,
    /// None of its roles, its own or through a group, is permanent.
    NoPermanentRole,
}

/// How the timed access of a member stands: its own roles and privileges, and roles through groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Nothing of it has an end.
    NothingTimed,
    /// Something ends, so long from now at most.
    EndsWithin(TimeDelta),
    /// Something has ended and is still stored.
    Ended,
}

impl MemberFilter {
    /// The search, if there is a word in it.
    pub(crate) fn sought(&self) -> Option<Sought> {
        let text = self.search.as_deref()?;
        Sought::read(text, self.kind)
    }
}

/// Each part of a filter selects the rows of the members that pass it, from one index, each once.
mod part {
    pub(super) const KIND: &str = "
        SELECT seq FROM member INDEXED BY member_by_kind_name WHERE kind = :kind";

    pub(super) const ROLES: &str = "
        SELECT member FROM member_role INDEXED BY member_role_by_role
        WHERE role IN (SELECT value FROM json_each(:roles))";

    pub(super) const NOTHING_TIMED: &str = "
        SELECT seq FROM member INDEXED BY member_by_last_end WHERE last_end IS NULL";

    /// A member has one row whose end is its next one.
    pub(super) const ENDS_WITHIN: &str = "
        SELECT member FROM member_end INDEXED BY member_end_by_end
        WHERE end_at > :now AND end_at <= :until
          AND (previous_end IS NULL OR previous_end <= :now)";

    /// A member has one row whose end is its first one.
    pub(super) const ENDED: &str = "
        SELECT member FROM member_end INDEXED BY member_end_by_end
        WHERE end_at <= :now AND previous_end IS NULL";

    pub(super) const GROUP: &str = "
        SELECT member FROM group_member WHERE whole = :group";

    pub(super) const FORBIDS: &str = "
        SELECT seq FROM member INDEXED BY member_by_forbid WHERE forbid_until > :now";

    pub(super) const WIDE: &str = "
        SELECT seq FROM member INDEXED BY member_by_wide WHERE wide_until > :now";

    pub(super) const PRIVILEGES: &str = "
        SELECT seq FROM member INDEXED BY member_by_fewest_privileges WHERE privilege_count > 0";

    pub(super) const NO_PERMANENT_ROLE: &str = "
        SELECT seq FROM member INDEXED BY member_without_permanent_role
        WHERE has_permanent_role = 0";
}

const SELECT_ROLE_SEQS: &str = "
    SELECT role.seq FROM json_each(?1) AS wanted CROSS JOIN role ON role.id = wanted.value";

const SELECT_MEMBER_SEQ: &str = "
    SELECT coalesce(max(seq), -1) FROM member WHERE id = ?1";

const SELECT_MATCHING: &str = "
    SELECT rowid FROM member_search WHERE member_search MATCH :found";

/// The rows of the members that pass a filter, but for its search; everybody, if nothing but the
/// kind is filtered, for which every order has an index of its own.
pub(crate) struct Passing(Option<Rows>);

/// Rows of the table of members. They are numbered from one, so that a bit each is little.
#[derive(Default)]
pub(crate) struct Rows(BitSet);

impl Rows {
    pub(crate) fn contains(&self, seq: i64) -> bool {
        usize::try_from(seq).is_ok_and(|seq| self.0.contains(seq))
    }

    fn insert(&mut self, seq: i64) {
        if let Ok(seq) = usize::try_from(seq) {
            self.0.insert(seq);
        }
    }

    fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().filter_map(|seq| i64::try_from(seq).ok())
    }
}

impl Passing {
    pub(crate) const EVERYBODY: Self = Self(None);

    /// Who passes `filter` at `now`. It costs a walk along a part of one index for each part of the
    /// filter.
    pub(crate) fn read(
        connection: &Connection,
        filter: &MemberFilter,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let parts = parts(filter);
        if parts.is_empty() {
            return Ok(Self::EVERYBODY);
        }
        let bound = Bound::read(connection, filter, now)?;
        let mut passing: Option<Rows> = None;
        for part in parts {
            let mut rows = bound.rows(connection, part)?;
            if let Some(before) = passing {
                rows.0.intersect_with(&before.0);
            }
            if rows.0.is_empty() {
                return Ok(Self(Some(rows)));
            }
            passing = Some(rows);
        }
        Ok(Self(passing))
    }

    /// Who passes, unless everybody does.
    pub(crate) fn rows(&self) -> Option<&Rows> {
        self.0.as_ref()
    }

    /// How many pass, unless everybody does.
    pub(crate) fn count(&self) -> Option<usize> {
        self.rows().map(|rows| rows.0.len())
    }

    /// Whether the member in the row `seq` passes.
    pub(crate) fn admits(&self, seq: i64) -> bool {
        self.rows().is_none_or(|rows| rows.contains(seq))
    }

    /// The rows of all who pass, as a JSON list, if they are at most [`FOUND_MAX`].
    pub(crate) fn few(&self) -> Option<String> {
        let rows = self.rows()?;
        (rows.0.len() <= FOUND_MAX).then(|| column::number_list(rows.iter()))
    }
}

/// The selects of the parts of `filter`, those that mostly leave few first.
fn parts(filter: &MemberFilter) -> Vec<&'static str> {
    let mut parts = Vec::new();
    if filter.group.is_some() {
        parts.push(part::GROUP);
    }
    parts.extend(filter.expiry.map(|expiry| match expiry {
        Expiry::NothingTimed => part::NOTHING_TIMED,
        Expiry::EndsWithin(_) => part::ENDS_WITHIN,
        Expiry::Ended => part::ENDED,
    }));
    if !filter.roles.is_empty() {
        parts.push(part::ROLES);
    }
    parts.extend(filter.facts.iter().map(|fact| match fact {
        MemberFact::Forbids => part::FORBIDS,
        MemberFact::Wide => part::WIDE,
        MemberFact::Privileges => part::PRIVILEGES,
        MemberFact::NoPermanentRole => part::NO_PERMANENT_ROLE,
    }));
    if !parts.is_empty() && filter.kind.is_some() {
        parts.push(part::KIND);
    }
    parts
}

/// What the selects of a filter are bound to.
struct Bound {
    kind: Option<&'static str>,
    roles: String,
    group: i64,
    now: i64,
    until: i64,
}

impl Bound {
    fn read(
        connection: &Connection,
        filter: &MemberFilter,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let until = match filter.expiry {
            // What cannot be told as an instant lies after everything.
            Some(Expiry::EndsWithin(span)) => now
                .checked_add_signed(span)
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
            _ => now,
        };
        let group = match &filter.group {
            None => -1,
            Some(group) => connection
                .prepare_cached(SELECT_MEMBER_SEQ)?
                .query_row([group.as_str()], |row| row.get(0))?,
        };
        let wanted = column::json_list(filter.roles.iter().map(RoleId::as_str));
        let roles = connection
            .prepare_cached(SELECT_ROLE_SEQS)?
            .query_map([wanted], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        Ok(Self {
            kind: filter.kind.map(column::kind_word),
            roles: column::number_list(roles),
            group,
            now: column::millis(now),
            until: column::millis(until),
        })
    }

    fn rows(&self, connection: &Connection, part: &str) -> Result<Rows, StoreError> {
        let mut statement = connection.prepare_cached(part)?;
        bind_one(&mut statement, ":kind", self.kind)?;
        bind_one(&mut statement, ":roles", &self.roles)?;
        bind_one(&mut statement, ":group", self.group)?;
        bind_one(&mut statement, ":now", self.now)?;
        bind_one(&mut statement, ":until", self.until)?;
        read_rows(&mut statement)
    }
}

fn read_rows(statement: &mut Statement<'_>) -> Result<Rows, StoreError> {
    let mut rows = statement.raw_query();
    let mut found = Rows::default();
    while let Some(row) = rows.next()? {
        found.insert(row.get(0)?);
    }
    Ok(found)
}

/// The rows of the members that the full-text query `found` finds.
pub(crate) fn matching(connection: &Connection, found: &str) -> Result<Rows, StoreError> {
    let mut statement = connection.prepare_cached(SELECT_MATCHING)?;
    bind_one(&mut statement, ":found", found)?;
    read_rows(&mut statement)
}

/// Binds `value` if `statement` mentions `name`.
pub(crate) fn bind_one(
    statement: &mut Statement<'_>,
    name: &str,
    value: impl ToSql,
) -> rusqlite::Result<()> {
    match statement.parameter_index(name)? {
        Some(index) => statement.raw_bind_parameter(index, value),
        None => Ok(()),
    }
}

const SELECT_IDS: &str = "
    SELECT seq, id FROM member WHERE :kind IS NULL OR kind = :kind ORDER BY seq";

impl Snapshot {
    /// The ids of all members for whom `filter` holds at `now`, in the order in which they were
    /// added.
    pub fn matching_ids(
        &self,
        filter: &MemberFilter,
        now: DateTime<Utc>,
    ) -> Result<Vec<MemberId>, StoreError> {
        let passing = Passing::read(&self.connection, filter, now)?;
        let found = match filter.sought() {
            Some(sought) if sought.is_too_long() => return Ok(Vec::new()),
            Some(sought) => Some(matching(&self.connection, &sought.anywhere())?),
            None => None,
        };
        let mut statement = self.connection.prepare_cached(SELECT_IDS)?;
        bind_one(&mut statement, ":kind", filter.kind.map(column::kind_word))?;
        let mut rows = statement.raw_query();
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let seq = row.get("seq")?;
            if passing.admits(seq) && found.as_ref().is_none_or(|found| found.contains(seq)) {
                ids.push(row.get::<_, String>("id")?.into());
            }
        }
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn every_part_is_one_search_of_one_index() {
        for part in [
            part::KIND,
            part::ROLES,
            part::NOTHING_TIMED,
            part::ENDS_WITHIN,
            part::ENDED,
            part::GROUP,
            part::FORBIDS,
            part::WIDE,
            part::PRIVILEGES,
            part::NO_PERMANENT_ROLE,
        ] {
            let plan = plan::of(part);
            let index =
                plan[0].contains("USING COVERING INDEX") || plan[0].contains("USING PRIMARY KEY");
            assert!(plan[0].starts_with("SEARCH") && index, "{part}: {plan:?}");
            assert!(!plan::sorts(&plan), "{part}: {plan:?}");
        }
    }
}
