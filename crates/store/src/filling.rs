//! Filling an empty workspace thing by thing as a pull brings them, in little memory however many
//! they are.

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;

use crate::bulk::{self, Room, Undone};
use crate::column;
use crate::error::StoreError;
use crate::search;
use crate::transaction::Transaction;

/// A workspace is being filled. Until the end search finds nobody, and counts are out of date.
#[derive(Debug)]
#[must_use]
pub struct Filling {
    undone: Undone,
}

/// How many members are made findable at once.
const BATCH: usize = 500;

const SELECT_AFTER: &str = "
    SELECT seq, id FROM member WHERE seq > ?1 ORDER BY seq LIMIT ?2";

impl Transaction {
    /// Begins to fill an empty workspace.
    pub fn begin_filling(&self) -> Result<Filling, StoreError> {
        let undone = bulk::begin(&self.connection, Room::Little)?;
        Ok(Filling { undone })
    }

    /// Brings up to date what was left undone while filling.
    pub fn finish_filling(&self, filling: Filling) -> Result<(), StoreError> {
        let mut last = 0;
        loop {
            let rows: Vec<(i64, MemberId)> = self
                .connection
                .prepare_cached(SELECT_AFTER)?
                .query_and_then((last, column::limit(BATCH)), |row| {
                    Ok::<_, StoreError>((row.get("seq")?, row.get::<_, String>("id")?.into()))
                })?
                .collect::<Result<_, _>>()?;
            let Some((seq, _)) = rows.last() else {
                break;
            };
            last = *seq;
            let ids: Vec<MemberId> = rows.into_iter().map(|(_, id)| id).collect();
            for (seq, member) in self.members_with_seq(&ids)? {
                search::index(&self.connection, seq, &member)?;
            }
        }
        bulk::finish(&self.connection, filling.undone)
    }

    /// Adds a member with the text from which it was read, unless there is one with this id already.
    /// Tells whether there was none.
    pub fn fill_in_member(&self, member: &Member, raw: &str) -> Result<bool, StoreError> {
        self.insert_unless_there(member, raw)
    }

    /// Gives a role to a member, with the text from which that was read.
    pub fn fill_in_assignment(
        &self,
        assignment: &RoleAssignment,
        raw: &str,
    ) -> Result<(), StoreError> {
        self.insert_assignment_with(assignment, raw)
    }

    /// Adds a privilege with the text from which it was read, which may be empty.
    pub fn fill_in_privilege(
        &self,
        privilege: &AdditionalPrivilege,
        raw: &str,
    ) -> Result<(), StoreError> {
        self.insert_privilege_with(privilege, raw)
    }

    /// Adds a folder grant with the text from which it was read, which may be empty.
    pub fn fill_in_folder_grant(&self, grant: &FolderGrant, raw: &str) -> Result<(), StoreError> {
        self.insert_folder_grant(grant, raw)
    }
}
