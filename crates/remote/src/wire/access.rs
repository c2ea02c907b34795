//! Roles, assignments, additional privileges and folder grants.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use reeve_domain::lifetime::{Lifetime, Timed};

#[derive(Deserialize)]
pub(crate) struct RoleList {
    pub roles: Vec<Box<RawValue>>,
}

/// A role as lists give it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleHead {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub updated_at: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct RoleAnswer {
    pub role: Box<RawValue>,
}

/// What only the answer about one role or privilege has.
#[derive(Deserialize)]
pub(crate) struct WithRules<'a> {
    #[serde(borrow)]
    pub permissions: &'a RawValue,
}

/// A member has a role.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleHeld {
    pub id: String,
    pub role: String,
    pub custom_role_id: Option<String>,
    pub custom_role_name: Option<String>,
    pub custom_role_slug: Option<String>,
    #[serde(flatten)]
    pub time: Time,
}

impl RoleHeld {
    /// The slug of the role: custom ones come as `custom` with their slug beside it.
    pub fn slug(&self) -> &str {
        self.custom_role_slug.as_deref().unwrap_or(&self.role)
    }
}

/// The temporary fields of assignments and privileges.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Time {
    pub is_temporary: bool,
    #[serde(rename = "temporaryRange")]
    pub range: Option<String>,
    #[serde(rename = "temporaryAccessStartTime")]
    pub start: Option<DateTime<Utc>>,
    #[serde(rename = "temporaryAccessEndTime")]
    pub end: Option<DateTime<Utc>>,
}

impl Time {
    /// How long it counts. What a permanent one has in these fields is left over and means nothing.
    pub fn lifetime(self) -> Lifetime {
        if self.is_temporary {
            Lifetime::Timed(Timed {
                range: self.range,
                start: self.start,
                end: self.end,
            })
        } else {
            Lifetime::Permanent
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct PrivilegeList {
    pub privileges: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrivilegeHead {
    pub id: String,
    pub slug: String,
    #[serde(flatten)]
    pub time: Time,
    /// Only lists say whether it came from an access request.
    #[serde(default)]
    pub is_linked_to_access_approval: Option<bool>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Deserialize)]
pub(crate) struct PrivilegeAnswer {
    pub privilege: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderGrantList {
    pub folder_access: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FolderGrant {
    pub id: String,
    /// How much it grants, in one word.
    pub permission: String,
    /// The slug of the environment.
    pub environment: String,
    pub secret_path: String,
    #[serde(flatten)]
    pub time: Time,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
