//! Users of the project.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};

use super::{Collector, Person, item, roles_held};
use crate::error::FetchError;
use crate::fetched::{Kept, Kind, Step};
use crate::wire::people::{User, UserList, UserMembership};

impl Collector<'_> {
    /// Users with the ids of their memberships.
    pub(super) async fn users(&self) -> Result<Vec<(String, Person)>, FetchError> {
        self.step(Step::Users, 0, None);
        let asked: Result<UserList, _> = self
            .first_known(
                "the users of the project",
                &[
                    format!("/api/v1/projects/{}/memberships", self.project),
                    format!("/api/v1/workspace/{}/memberships", self.project),
                ],
            )
            .await;
        let list = self.seen(Kind::Users, asked)?;
        let memberships = list.map(|list| list.memberships).unwrap_or_default();
        let total = memberships.len() as u64;
        let mut without_metadata = Vec::new();
        let users = memberships
            .into_iter()
            .map(|raw| {
                let membership: UserMembership = item("a user", raw.get())?;
                if membership.user.metadata.is_none() {
                    without_metadata.push(MemberId::new(membership.user.id.as_str()));
                }
                let person = Person {
                    roles: roles_held("a role of a user", membership.roles)?,
                    member: Kept {
                        thing: member(membership.user),
                        raw: raw.into(),
                    },
                };
                Ok((membership.id, person))
            })
            .collect::<Result<_, FetchError>>()?;
        if without_metadata.len() as u64 == total && total > 0 {
            self.hidden(Kind::UserMetadata, Some(total), None, no_metadata());
        } else {
            for whom in &without_metadata {
                self.hidden(Kind::UserMetadata, Some(1), Some(whom), no_metadata());
            }
        }
        self.step(Step::Users, total, Some(total));
        Ok(users)
    }
}

fn no_metadata() -> FetchError {
    FetchError::NoSuchRoute {
        what: "how to list users with their metadata".to_owned(),
    }
}

/// A user as a member.
pub(super) fn member(user: User) -> Member {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (email, username) = (given(user.email), given(user.username));
    let handle = email
        .clone()
        .or_else(|| username.clone())
        .unwrap_or_else(|| user.id.clone());
    let full = [given(user.first_name), given(user.last_name)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    Member {
        id: MemberId::new(user.id),
        kind: MemberKind::User,
        name: if full.is_empty() {
            handle.clone()
        } else {
            full
        },
        username: username.unwrap_or_else(|| handle.clone()),
        handle,
        auth_methods: Vec::new(),
        metadata: user
            .metadata
            .unwrap_or_default()
            .into_iter()
            .map(|pair| (pair.key, pair.value))
            .collect(),
    }
}
