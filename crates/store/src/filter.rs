//! Which members a list is about.
//!
//! Every part of a filter is known in two ways: as a source, which gives the members that pass it
//! from an index, and as a test of one member. Few members are found from the smallest source and
//! tested; many are tested while the order of the list is walked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
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
    /// Something ends after now, and not after this instant.
    EndsUntil(DateTime<Utc>),
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

/// One part of a filter.
struct Part {
    /// Selects the rows of the members that pass, each once.
    source: &'static str,
    /// Whether the member in the row `{seq}` passes.
    test: &'static str,
}

const KIND: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_by_kind_name WHERE kind = :kind",
    test: "EXISTS (SELECT 1 FROM member AS tested WHERE tested.seq = {seq} AND tested.kind = :kind)",
};

const ROLES: Part = Part {
    source: "SELECT DISTINCT member FROM member_role INDEXED BY member_role_by_role
             WHERE role IN (SELECT value FROM json_each(:roles))",
    test: "EXISTS (SELECT 1 FROM member_role AS tested WHERE tested.member = {seq}
           AND tested.role IN (SELECT value FROM json_each(:roles)))",
};

const ONE_ROLE: Part = Part {
    source: "SELECT member FROM member_role INDEXED BY member_role_by_role
             WHERE role = json_extract(:roles, '$[0]')",
    test: "EXISTS (SELECT 1 FROM member_role AS tested WHERE tested.member = {seq}
           AND tested.role = json_extract(:roles, '$[0]'))",
};

const NOTHING_TIMED: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_by_last_end WHERE last_end IS NULL",
    test: "EXISTS (SELECT 1 FROM member AS tested
           WHERE tested.seq = {seq} AND tested.last_end IS NULL)",
};

/// A member has one row whose end is its next one.
const ENDS_UNTIL: Part = Part {
    source: "SELECT member FROM member_end INDEXED BY member_end_by_end
             WHERE end_at > :now AND end_at <= :until
               AND (previous_end IS NULL OR previous_end <= :now)",
    test: "EXISTS (SELECT 1 FROM member_end AS tested
           WHERE tested.member = {seq} AND tested.end_at > :now AND tested.end_at <= :until)",
};

/// A member has one row whose end is its first one.
const ENDED: Part = Part {
    source: "SELECT member FROM member_end INDEXED BY member_end_by_end
             WHERE end_at <= :now AND previous_end IS NULL",
    test: "EXISTS (SELECT 1 FROM member_end AS tested
           WHERE tested.member = {seq} AND tested.end_at <= :now)",
};

const GROUP: Part = Part {
    source: "SELECT member FROM group_member WHERE whole = :group",
    test: "EXISTS (SELECT 1 FROM group_member AS tested
           WHERE tested.whole = :group AND tested.member = {seq})",
};

const FORBIDS: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_by_forbid WHERE forbid_until > :now",
    test: "EXISTS (SELECT 1 FROM member AS tested
           WHERE tested.seq = {seq} AND tested.forbid_until > :now)",
};

const WIDE: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_by_wide WHERE wide_until > :now",
    test: "EXISTS (SELECT 1 FROM member AS tested
           WHERE tested.seq = {seq} AND tested.wide_until > :now)",
};

const PRIVILEGES: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_by_fewest_privileges
             WHERE privilege_count > 0",
    test: "EXISTS (SELECT 1 FROM member AS tested
           WHERE tested.seq = {seq} AND tested.privilege_count > 0)",
};

const WITHOUT_PERMANENT_ROLE: Part = Part {
    source: "SELECT seq FROM member INDEXED BY member_without_permanent_role
             WHERE has_permanent_role = 0",
    test: "EXISTS (SELECT 1 FROM member AS tested
           WHERE tested.seq = {seq} AND tested.has_permanent_role = 0)",
};

const SELECT_ROLE_SEQS: &str = "
    SELECT role.seq FROM json_each(?1) AS wanted CROSS JOIN role ON role.id = wanted.value";

const SELECT_MEMBER_SEQ: &str = "
    SELECT coalesce(max(seq), -1) FROM member WHERE id = ?1";

/// A filter without its search, as SQL with what it is bound to.
pub(crate) struct Parts {
    all: Vec<&'static Part>,
    kind: Option<&'static str>,
    roles: String,
    group: i64,
    now: i64,
    until: i64,
}

impl Parts {
    /// Reads `filter` at `now`. The kind alone is no part: every order has an index for each kind.
    pub(crate) fn read(
        connection: &Connection,
        filter: &MemberFilter,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut parts: Vec<&'static Part> = Vec::new();
        match filter.roles.len() {
            0 => {}
            1 => parts.push(&ONE_ROLE),
            _ => parts.push(&ROLES),
        }
        let until = match filter.expiry {
            Some(Expiry::EndsUntil(until)) => until,
            _ => now,
        };
        parts.extend(filter.expiry.map(|expiry| match expiry {
            Expiry::NothingTimed => &NOTHING_TIMED,
            Expiry::EndsUntil(_) => &ENDS_UNTIL,
            Expiry::Ended => &ENDED,
        }));
        let group = match &filter.group {
            None => -1,
            Some(group) => {
                parts.push(&GROUP);
                connection
                    .prepare_cached(SELECT_MEMBER_SEQ)?
                    .query_row([group.as_str()], |row| row.get(0))?
            }
        };
        parts.extend(filter.facts.iter().map(|fact| match fact {
            MemberFact::Forbids => &FORBIDS,
            MemberFact::Wide => &WIDE,
            MemberFact::Privileges => &PRIVILEGES,
            MemberFact::NoPermanentRole => &WITHOUT_PERMANENT_ROLE,
        }));
        if !parts.is_empty() && filter.kind.is_some() {
            parts.push(&KIND);
        }
        let wanted = column::json_list(filter.roles.iter().map(RoleId::as_str));
        let roles = connection
            .prepare_cached(SELECT_ROLE_SEQS)?
            .query_map([wanted], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        Ok(Self {
            all: parts,
            kind: filter.kind.map(column::kind_word),
            roles: column::number_list(roles),
            group,
            now: column::millis(now),
            until: column::millis(until),
        })
    }

    /// Everybody passes.
    pub(crate) fn none() -> Self {
        Self {
            all: Vec::new(),
            kind: None,
            roles: String::new(),
            group: -1,
            now: 0,
            until: 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether the member in the row `seq`, an expression, passes: ` AND …` for each part.
    pub(crate) fn tests(&self, seq: &str) -> String {
        tests(&self.all, seq)
    }

    /// Binds what `statement` mentions of the filter.
    pub(crate) fn bind(&self, statement: &mut Statement<'_>) -> rusqlite::Result<()> {
        bind_one(statement, ":kind", self.kind)?;
        bind_one(statement, ":roles", &self.roles)?;
        bind_one(statement, ":group", self.group)?;
        bind_one(statement, ":now", self.now)?;
        bind_one(statement, ":until", self.until)
    }

    /// The rows of all members that pass, if they are at most [`FOUND_MAX`], in no order.
    pub(crate) fn few(&self, connection: &Connection) -> Result<Option<Vec<i64>>, StoreError> {
        let many = FOUND_MAX.saturating_add(1);
        for part in &self.all {
            let sql = format!("SELECT count(*) FROM ({} LIMIT {many})", part.source);
            if self.number(connection, &sql)? < column::limit(many) {
                return self.rows(connection, &self.select(part)).map(Some);
            }
        }
        Ok(None)
    }

    /// How many members pass.
    pub(crate) fn count(&self, connection: &Connection) -> Result<u64, StoreError> {
        let Some(part) = self.smallest(connection)? else {
            return Ok(0);
        };
        let sql = format!("SELECT count(*) FROM ({})", self.select(part));
        Ok(self.number(connection, &sql)?.unsigned_abs())
    }

    /// Members from the source of `part` that pass the other parts.
    fn select(&self, part: &'static Part) -> String {
        let others: Vec<&'static Part> = self
            .all
            .iter()
            .copied()
            .filter(|other| !std::ptr::eq(*other, part))
            .collect();
        let source = part.source;
        if others.is_empty() {
            return source.to_owned();
        }
        // The source names the row `seq` or `member`; as a table it has one column.
        format!(
            "WITH passing (seq) AS ({source}) SELECT seq FROM passing WHERE true{}",
            tests(&others, "passing.seq")
        )
    }

    fn smallest(&self, connection: &Connection) -> Result<Option<&'static Part>, StoreError> {
        let [one] = self.all.as_slice() else {
            let mut smallest: Option<(i64, &'static Part)> = None;
            for part in &self.all {
                let most = smallest.map_or(i64::MAX, |(count, _)| count);
                let sql = format!("SELECT count(*) FROM ({} LIMIT {most})", part.source);
                let count = self.number(connection, &sql)?;
                if count < most {
                    smallest = Some((count, part));
                }
            }
            return Ok(smallest.map(|(_, part)| part));
        };
        Ok(Some(one))
    }

    fn rows(&self, connection: &Connection, sql: &str) -> Result<Vec<i64>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        self.bind(&mut statement)?;
        let mut rows = statement.raw_query();
        let mut seqs = Vec::new();
        while let Some(row) = rows.next()? {
            seqs.push(row.get(0)?);
        }
        Ok(seqs)
    }

    fn number(&self, connection: &Connection, sql: &str) -> Result<i64, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        self.bind(&mut statement)?;
        let mut rows = statement.raw_query();
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok(row.get(0)?)
    }
}

fn tests(parts: &[&'static Part], seq: &str) -> String {
    let mut tests = String::new();
    for part in parts {
        tests.extend([" AND ", &part.test.replace("{seq}", seq)]);
    }
    tests
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

impl Snapshot {
    /// The ids of all members for whom `filter` holds at `now`, in the order in which they were
    /// added.
    pub fn matching_ids(
        &self,
        filter: &MemberFilter,
        now: DateTime<Utc>,
    ) -> Result<Vec<MemberId>, StoreError> {
        let parts = Parts::read(&self.connection, filter, now)?;
        let mut sql = format!(
            "SELECT id FROM member WHERE (:kind IS NULL OR kind = :kind){}",
            parts.tests("member.seq")
        );
        let sought = filter.sought();
        match &sought {
            Some(sought) if sought.is_too_long() => return Ok(Vec::new()),
            Some(_) => sql.push_str(
                " AND seq IN (SELECT rowid FROM member_search WHERE member_search MATCH :found)",
            ),
            None => {}
        }
        sql.push_str(" ORDER BY seq");
        let mut statement = self.connection.prepare_cached(&sql)?;
        parts.bind(&mut statement)?;
        bind_one(
            &mut statement,
            ":found",
            sought.as_ref().map(Sought::anywhere),
        )?;
        let mut rows = statement.raw_query();
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(row.get::<_, String>("id")?.into());
        }
        Ok(ids)
    }
}
