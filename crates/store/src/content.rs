//! Everything that fills a workspace at once, as a sample or an import does.

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::{Environment, Folder, Tag};
use reeve_domain::role::Role;

use crate::bulk::{self, Room};
use crate::error::StoreError;
use crate::search;
use crate::transaction::Transaction;

/// What is added at once. Things may refer to each other and to what is stored already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Content<'a> {
    /// Environments, in order, after those that are stored already.
    pub environments: &'a [Environment],
    /// Folders of these environments.
    pub folders: &'a [Folder],
    /// Tags.
    pub tags: &'a [Tag],
    /// Roles.
    pub roles: &'a [Role],
    /// Members of every kind.
    pub members: &'a [Member],
    /// Who is in which group: the group, then the member.
    pub group_members: &'a [(MemberId, MemberId)],
    /// Role assignments.
    pub assignments: &'a [RoleAssignment],
    /// Privileges.
    pub privileges: &'a [AdditionalPrivilege],
    /// Folder grants.
    pub folder_grants: &'a [FolderGrant],
}

/// From so many rows on it pays to recompute what depends on them once, for the whole workspace.
const MANY: usize = 2000;

impl Content<'_> {
    fn rows(&self) -> usize {
        self.members.len()
            + self.group_members.len()
            + self.assignments.len()
            + self.privileges.len()
            + self.folder_grants.len()
    }
}

const COUNT_ENVIRONMENTS: &str = "
    SELECT coalesce(max(position) + 1, 0) FROM environment";

impl Transaction {
    /// Adds all of `content`; many things far quicker than one by one.
    pub fn insert_all(&self, content: &Content<'_>) -> Result<(), StoreError> {
        let first: i64 = self
            .connection
            .query_row(COUNT_ENVIRONMENTS, [], |row| row.get(0))?;
        let first = usize::try_from(first).unwrap_or_default();
        for (position, environment) in content.environments.iter().enumerate() {
            self.put_environment(first + position, environment)?;
        }
        for folder in content.folders {
            self.put_folder(folder)?;
        }
        for tag in content.tags {
            self.put_tag(tag)?;
        }
        for role in content.roles {
            self.insert_role(role)?;
        }
        if content.rows() < MANY {
            self.insert_access(content)
        } else {
            bulk::fill(&self.connection, Room::Ample, || {
                self.insert_access(content)
            })
        }
    }

    fn insert_access(&self, content: &Content<'_>) -> Result<(), StoreError> {
        let mut seqs = Vec::with_capacity(content.members.len());
        for member in content.members {
            seqs.push(self.insert_unindexed(member)?);
        }
        // Words are gathered as long as nothing else is written, so that they are written once.
        for (seq, member) in seqs.into_iter().zip(content.members) {
            search::index(&self.connection, seq, member)?;
        }
        for (group, member) in content.group_members {
            self.add_to_group(group, member)?;
        }
        for assignment in content.assignments {
            self.insert_assignment(assignment)?;
        }
        for privilege in content.privileges {
            self.insert_privilege(privilege)?;
        }
        for grant in content.folder_grants {
            self.insert_folder_grant(grant, "")?;
        }
        Ok(())
    }
}
