//! One page of the list of members, with everything that the list shows.
//!
//! A page costs what its rows cost and an index-only skip to its offset, however many members there
//! are; see `member_end` in the migrations for how the order of next ends is kept for every instant.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;

use crate::column;
use crate::error::StoreError;
use crate::filter::{self, MemberFilter, Passing};
use crate::member::MemberRef;
use crate::order::{self, Filter};
use crate::search::{self, FOUND_MAX, Sought};
use crate::snapshot::Snapshot;

/// Which members are wanted, in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberQuery {
    /// Which of them.
    pub filter: MemberFilter,
    /// The order.
    pub sort: MemberSort,
    /// Its direction.
    pub direction: Direction,
    /// How many members of that order come before the page.
    pub offset: usize,
    /// How many members the page may have.
    pub limit: usize,
    /// The instant that tells future ends from past ones.
    pub now: DateTime<Utc>,
}

/// What members are sorted by. Equal ones follow by name, then in the order they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberSort {
    /// How well they match the search: names that are the text, that begin with it, other names,
    /// then what matches elsewhere. By name without a search. The direction does not count.
    Relevance,
    /// The name, without case and marks.
    Name,
    /// Users, then identities, then groups; by name, ascending, within each.
    Kind,
    /// How many privileges they have, ended ones included.
    Privileges,
    /// The next end after `now`. Whatever the direction, members without one come last: first those
    /// with past ends, the most recent first, then those on whom nothing ends, by name.
    NextEnd,
    /// How many roles they have themselves. Equal ones are turned round with the direction.
    Roles,
    /// In how many groups they are. Equal ones are turned round with the direction.
    Groups,
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest, soonest, A first.
    Ascending,
    /// Largest, latest, Z first.
    Descending,
}

/// A page of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPage {
    /// The members of the page.
    pub rows: Vec<MemberRow>,
    /// How many members match in all.
    pub total: Total,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// The number.
    pub count: u64,
    /// Whether it is that number; otherwise there are more than that.
    pub exact: bool,
}

/// A member as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Its id.
    pub id: MemberId,
    /// What it is.
    pub kind: MemberKind,
    /// The name shown.
    pub name: String,
    /// The e-mail address of a user, the slug of a group.
    pub handle: String,
    /// How an identity proves who it is.
    pub auth_methods: Vec<String>,
    /// Its roles: its own in the order in which they were given, then those through groups.
    pub roles: Vec<RoleChip>,
    /// How many privileges it has, ended ones included.
    pub privilege_count: u64,
    /// When the next of its roles, held directly or through a group, or privileges ends.
    pub next_end: Option<DateTime<Utc>>,
    /// When the last of them that has ended did so.
    pub past_end: Option<DateTime<Utc>>,
    /// The groups it is in, by name.
    pub groups: Vec<MemberRef>,
    /// How many members it has, if it is a group.
    pub group_size: u64,
}

/// A role as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChip {
    /// The assignment that gives it.
    pub assignment: AssignmentId,
    /// The role.
    pub role: RoleId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// How long it is held.
    pub lifetime: Lifetime,
    /// The group through which it is held; `None` if it is held directly.
    pub through: Option<MemberRef>,
}

const SELECT_TOTAL: &str = "
    SELECT sum(members) AS members FROM member_count WHERE :kind IS NULL OR kind = :kind";

const SELECT_ROWS: &str = "
    SELECT member.seq, member.id, kind, name, handle, privilege_count, group_size,
           (SELECT min(end_at) FROM member_end
            WHERE member_end.member = member.seq AND end_at > ?2) AS next_end,
           (SELECT max(end_at) FROM member_end
            WHERE member_end.member = member.seq AND end_at <= ?2) AS past_end
    FROM json_each(?1) AS wanted CROSS JOIN member ON member.seq = wanted.value
    ORDER BY wanted.key";

impl Snapshot {
    /// One page of the list of members.
    pub fn member_page(&self, query: &MemberQuery) -> Result<MemberPage, StoreError> {
        let passing = Passing::read(&self.connection, &query.filter, query.now)?;
        let (seqs, total) = match query.filter.sought() {
            None => self.filtered(query, &passing)?,
            Some(sought) => self.found(query, &passing, &sought)?,
        };
        let rows = self.rows(&seqs, query.now)?;
        Ok(MemberPage { rows, total })
    }

    /// The page of a list without a search.
    fn filtered(
        &self,
        query: &MemberQuery,
        passing: &Passing,
    ) -> Result<(Vec<i64>, Total), StoreError> {
        let total = match passing.count() {
            None => self.total(query.filter.kind)?,
            Some(count) => exactly(count),
        };
        let filter = match (passing.rows(), passing.few()) {
            (None, _) => Filter::None,
            (Some(_), Some(few)) => Filter::Among(few),
            (Some(rows), None) => Filter::Within(vec![rows]),
        };
        Ok((order::sorted(&self.connection, query, &filter)?, total))
    }

    /// The page of a list of what is sought.
    fn found(
        &self,
        query: &MemberQuery,
        passing: &Passing,
        sought: &Sought,
    ) -> Result<(Vec<i64>, Total), StoreError> {
        let found = search::find(&self.connection, sought, passing, FOUND_MAX)?;
        let total = Total {
            exact: found.all,
            ..exactly(found.seqs.len())
        };
        if query.sort == MemberSort::Relevance {
            let page = found.seqs.into_iter().skip(query.offset).take(query.limit);
            return Ok((page.collect(), total));
        }
        if found.all {
            let among = Filter::Among(column::number_list(found.seqs));
            return Ok((order::sorted(&self.connection, query, &among)?, total));
        }
        let matching = filter::matching(&self.connection, &sought.anywhere())?;
        let mut within = vec![&matching];
        within.extend(passing.rows());
        let seqs = order::sorted(&self.connection, query, &Filter::Within(within))?;
        Ok((seqs, total))
    }

    fn total(&self, kind: Option<MemberKind>) -> Result<Total, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_TOTAL)?;
        let count = statement.query_row(&[(":kind", &kind.map(column::kind_word))], |row| {
            column::count(row, "members")
        })?;
        Ok(Total { count, exact: true })
    }

    fn rows(&self, seqs: &[i64], now: DateTime<Utc>) -> Result<Vec<MemberRow>, StoreError> {
        let wanted = column::number_list(seqs.iter().copied());
        let mut auth_methods = self.auth_methods(&wanted)?;
        let mut groups = self.groups_of(&wanted)?;
        let mut chips = self.chips(&wanted)?;
        self.connection
            .prepare_cached(SELECT_ROWS)?
            .query_and_then((&wanted, column::millis(now)), |row| {
                let seq = row.get("seq")?;
                Ok(MemberRow {
                    auth_methods: auth_methods.remove(&seq).unwrap_or_default(),
                    roles: chips.remove(&seq).unwrap_or_default(),
                    groups: groups.remove(&seq).unwrap_or_default(),
                    ..read_row(row)?
                })
            })?
            .collect()
    }

    fn chips(&self, seqs: &str) -> Result<BTreeMap<i64, Vec<RoleChip>>, StoreError> {
        let mut chips: BTreeMap<i64, Vec<RoleChip>> = BTreeMap::new();
        for held in self.held(seqs)? {
            chips.entry(held.holder).or_default().push(held.chip);
        }
        Ok(chips)
    }
}

fn exactly(count: usize) -> Total {
    Total {
        count: u64::try_from(count).unwrap_or(u64::MAX),
        exact: true,
    }
}

fn read_row(row: &rusqlite::Row<'_>) -> Result<MemberRow, StoreError> {
    Ok(MemberRow {
        id: row.get::<_, String>("id")?.into(),
        kind: column::member_kind(row, "kind")?,
        name: row.get("name")?,
        handle: row.get("handle")?,
        auth_methods: Vec::new(),
        roles: Vec::new(),
        privilege_count: column::count(row, "privilege_count")?,
        next_end: column::optional_instant(row, "next_end")?,
        past_end: column::optional_instant(row, "past_end")?,
        groups: Vec::new(),
        group_size: column::count(row, "group_size")?,
    })
}
