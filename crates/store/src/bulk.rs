//! Filling tables without keeping, row by row, what triggers keep; it is computed once at the end.

use rusqlite::Connection;

use crate::error::StoreError;

const PAUSE: &str = "
    INSERT INTO bulk (only) VALUES (1)";

const RESUME: &str = "
    DELETE FROM bulk";

const RECOMPUTE: &str = "
    UPDATE member_count
    SET members = (SELECT count(*) FROM member WHERE member.kind = member_count.kind);
    UPDATE role SET
        actor_count = (SELECT count(*) FROM role_assignment
                       WHERE role_assignment.role = role.id AND by_group = 0),
        group_count = (SELECT count(*) FROM role_assignment
                       WHERE role_assignment.role = role.id AND by_group = 1);
    DELETE FROM member_end;
    INSERT INTO member_end (member, end_at, previous_end, kind, sort_key)
        SELECT member.seq, ending.end_at,
               lag(ending.end_at) OVER (PARTITION BY member.seq ORDER BY ending.end_at),
               member.kind, member.sort_key
        FROM (SELECT DISTINCT member, end_at FROM member_ending) AS ending
        JOIN member ON member.id = ending.member
        ORDER BY 1, 2;
    UPDATE member SET
        privilege_count = (SELECT count(*) FROM privilege WHERE privilege.member = member.id),
        group_size = (SELECT count(*) FROM group_member WHERE group_member.group_id = member.id),
        last_end = (SELECT max(end_at) FROM member_end WHERE member_end.member = member.seq)";

/// Runs `fill`, which only inserts, without the triggers that keep counts and ends, and brings those
/// up to date afterwards.
pub(crate) fn with_triggers_paused(
    connection: &Connection,
    fill: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    connection.execute(PAUSE, [])?;
    fill()?;
    connection.execute(RESUME, [])?;
    connection.execute_batch(RECOMPUTE)?;
    Ok(())
}
