//! Additional privileges: rules given to one user or machine identity beyond its roles.

use chrono::{DateTime, Utc};

use crate::id::{MemberId, PrivilegeId};
use crate::lifetime::Lifetime;

/// An additional privilege. Its rules are text here and read by the judge's room, so that what
/// this build does not understand survives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdditionalPrivilege {
    /// Its id.
    pub id: PrivilegeId,
    /// Who has it; never a group.
    pub member: MemberId,
    /// Its name on the wire, unique for the member.
    pub slug: String,
    /// How long it counts.
    pub lifetime: Lifetime,
    /// The rules, as JSON text: a list of rule objects.
    pub rules: String,
    /// Why it was given; kept here, never sent.
    pub reason: String,
    /// The ticket it was given for; kept here, never sent.
    pub ticket: String,
    /// Whether it came from an approved access request: the server lets nobody edit or remove it.
    pub managed: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}
