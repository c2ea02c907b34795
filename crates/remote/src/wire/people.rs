//! Members of a project: users, machine identities, groups, and who is in them.

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(crate) struct UserList<'a> {
    #[serde(borrow)]
    pub memberships: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserMembership {
    pub id: String,
    pub user: User,
    #[serde(default)]
    pub roles: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub id: String,
    pub username: Option<String>,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    #[serde(default)]
    pub metadata: Option<Vec<Metadata>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityList<'a> {
    #[serde(borrow)]
    pub identity_memberships: Vec<&'a RawValue>,
    pub total_count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityMembership {
    #[serde(default)]
    pub roles: Vec<Box<RawValue>>,
    pub identity: Identity,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identity {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub auth_methods: Option<Vec<String>>,
    #[serde(default)]
    pub metadata: Option<Vec<Metadata>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityAnswer {
    pub identity_membership: Box<RawValue>,
}

#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub key: String,
    pub value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupList {
    pub group_memberships: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupMembership {
    pub group: Group,
    #[serde(default)]
    pub roles: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(crate) struct Group {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub slug: Option<String>,
}

/// `GET /groups/:id/members`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupMemberList<'a> {
    #[serde(borrow)]
    pub members: Vec<&'a RawValue>,
    pub total_count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupMember {
    pub user: Option<User>,
    pub machine_identity: Option<NamedIdentity>,
}

#[derive(Deserialize)]
pub(crate) struct NamedIdentity {
    pub id: String,
    pub name: String,
}

/// `GET /groups/:id/users`, on servers without the list of all members.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupUserList<'a> {
    #[serde(borrow)]
    pub users: Vec<&'a RawValue>,
    pub total_count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupUser {
    #[serde(flatten)]
    pub user: User,
    #[serde(default)]
    pub is_part_of_group: bool,
}

/// `GET /groups/:id/machine-identities`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupIdentityList<'a> {
    #[serde(borrow)]
    pub machine_identities: Vec<&'a RawValue>,
    pub total_count: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupIdentity {
    #[serde(flatten)]
    pub identity: NamedIdentity,
    #[serde(default)]
    pub is_part_of_group: bool,
}
