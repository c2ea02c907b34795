//! Filling tables with many rows: what triggers keep row by row and what indices sort row by row is
//! done once, at the end.

use rusqlite::Connection;

use crate::error::StoreError;
use crate::fact;
use crate::open::PAGES;

const PAUSE: &str = "
    INSERT INTO bulk (only) VALUES (1)";

const RESUME: &str = "
    DELETE FROM bulk";

/// How many bytes of words the search index gathers before it sorts and writes them: many at once
/// while filling, the usual megabyte otherwise.
const GATHER: &str = "
    INSERT INTO member_search (member_search, rank) VALUES ('hashsize', ?1)";

const GATHER_FEW: i64 = 1 << 20;

/// How much memory filling may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// So much that no page is written twice.
    Ample,
    /// The same however much is filled in.
    Little,
}

impl Room {
    /// For pages that wait to be written, as SQLite wants it: minus the number of KiB.
    fn pages(self) -> i64 {
        match self {
            Self::Ample => -131_072,
            Self::Little => PAGES / 2,
        }
    }

    /// For words, in bytes.
    fn words(self) -> i64 {
        match self {
            Self::Ample => 64 << 20,
            Self::Little => 4 << 20,
        }
    }
}

/// The indices that only order lists; a filling transaction asks for none of them.
const SELECT_ORDERS: &str = "
    SELECT name, sql FROM sqlite_schema
    WHERE type = 'index' AND tbl_name IN ('member', 'member_end', 'member_role') AND sql IS NOT NULL
    ORDER BY name";

/// What the triggers keep, from scratch. Rows were only added, so that what is not met here is
/// right already.
const RECOMPUTE: &str = "
    UPDATE member_count
    SET members = (SELECT count(*) FROM member WHERE member.kind = member_count.kind);

    UPDATE role SET
        actor_count = (SELECT count(*) FROM role_assignment
                       WHERE role_assignment.role = role.seq AND by_group = 0),
        group_count = (SELECT count(*) FROM role_assignment
                       WHERE role_assignment.role = role.seq AND by_group = 1);

    DELETE FROM member_end;

    INSERT INTO member_end (member, end_at, previous_end, kind, sort_key)
        SELECT member.seq, ending.end_at,
               lag(ending.end_at) OVER (PARTITION BY ending.member ORDER BY ending.end_at),
               member.kind, member.sort_key
        FROM (SELECT DISTINCT member, end_at FROM member_ending) AS ending
        CROSS JOIN member ON member.seq = ending.member;

    UPDATE member SET privilege_count = counted.privileges
        FROM (SELECT member, count(*) AS privileges FROM privilege GROUP BY member) AS counted
        WHERE counted.member = member.seq AND privilege_count <> counted.privileges;

    UPDATE member SET group_size = counted.members
        FROM (SELECT whole, count(*) AS members FROM group_member GROUP BY whole) AS counted
        WHERE counted.whole = member.seq AND group_size <> counted.members;

    UPDATE member SET last_end = latest.end_at
        FROM (SELECT member, max(end_at) AS end_at FROM member_end GROUP BY member) AS latest
        WHERE latest.member = member.seq AND last_end IS NOT latest.end_at;

    DELETE FROM member_role;

    INSERT INTO member_role (member, role)
        SELECT DISTINCT member, role FROM member_grant WHERE role IS NOT NULL;

    UPDATE member SET role_count = counted.roles
        FROM (SELECT member, count(*) AS roles FROM role_assignment GROUP BY member) AS counted
        WHERE counted.member = member.seq AND role_count <> counted.roles;

    UPDATE member SET group_count = counted.groups
        FROM (SELECT member, count(*) AS groups FROM group_member GROUP BY member) AS counted
        WHERE counted.member = member.seq AND group_count <> counted.groups;";

/// Runs `fill`, which only inserts, and brings up to date afterwards what was left undone meanwhile.
/// If it fails, the transaction around it must be given up.
pub(crate) fn fill(
    connection: &Connection,
    room: Room,
    fill: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let undone = begin(connection, room)?;
    fill()?;
    finish(connection, undone)
}

/// What filling has left undone.
#[derive(Debug)]
#[must_use]
pub(crate) struct Undone {
    /// The indices that only order lists, by name with what makes them.
    orders: Vec<(String, String)>,
}

/// Begins to fill. Until the end, what triggers keep is out of date.
pub(crate) fn begin(connection: &Connection, room: Room) -> Result<Undone, StoreError> {
    let orders = orders(connection)?;
    for (name, _) in &orders {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    connection.execute(GATHER, [room.words()])?;
    connection.pragma_update(None, "cache_size", room.pages())?;
    connection.execute(PAUSE, [])?;
    Ok(Undone { orders })
}

/// Does what was left undone.
pub(crate) fn finish(connection: &Connection, undone: Undone) -> Result<(), StoreError> {
    connection.execute(RESUME, [])?;
    connection.execute(GATHER, [GATHER_FEW])?;
    connection.execute_batch(RECOMPUTE)?;
    connection.execute_batch(fact::RECOMPUTE)?;
    for (_, sql) in undone.orders {
        connection.execute_batch(&sql)?;
    }
    connection.pragma_update(None, "cache_size", PAGES)?;
    Ok(())
}

fn orders(connection: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    connection
        .prepare_cached(SELECT_ORDERS)?
        .query_and_then([], |row| Ok((row.get("name")?, row.get("sql")?)))?
        .collect()
}
