//! Folder grants: a role on exactly one folder, which replaces there whatever else its holder has.

use chrono::{DateTime, Utc};

use crate::id::{MemberId, PrivilegeId};
use crate::lifetime::Lifetime;

/// A grant on one folder. Only the newest servers have them; admins never get any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderGrant {
    /// Its id; the server keeps it among the additional privileges.
    pub id: PrivilegeId,
    /// Who has it; never a group.
    pub member: MemberId,
    /// The slug of the environment.
    pub environment: String,
    /// The path of the folder. Folders in it are not meant.
    pub path: String,
    /// How much it grants, in the server's word, such as `read` or `full-access`.
    pub tier: String,
    /// How long it counts.
    pub lifetime: Lifetime,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}
