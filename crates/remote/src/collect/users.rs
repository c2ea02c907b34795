//! Users of the project.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};

use super::{Collector, item, roles_held};
use crate::client::parse;
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Step};
use crate::wire::people::{User, UserList, UserMembership};

const WHAT: &str = "the users of the project";

/// A user by id, and the id of the membership, which the server wants where it asks for members.
pub(super) struct UserRef {
    pub id: MemberId,
    pub membership: String,
}

impl Collector<'_> {
    pub(super) async fn users(&self) -> Result<Vec<UserRef>, FetchError> {
        self.step(Step::Users, 0, None);
        let paths = [
            format!("/api/v1/projects/{}/memberships", self.project),
            format!("/api/v1/workspace/{}/memberships", self.project),
        ];
        let asked = self.first_text(WHAT, &paths).await;
        let Some(text) = self.seen(Kind::Users, asked)? else {
            self.step(Step::Users, 0, Some(0));
            return Ok(Vec::new());
        };
        let list: UserList<'_> = parse(WHAT, text.body.as_bytes())?;
        let total = list.memberships.len() as u64;
        let mut users = Vec::with_capacity(list.memberships.len());
        let mut without_metadata = Vec::new();
        for raw in list.memberships {
            let membership: UserMembership = item("a user", raw.get())?;
            let user = UserRef {
                id: MemberId::new(membership.user.id.as_str()),
                membership: membership.id,
            };
            if membership.user.metadata.is_none() {
                without_metadata.push(user.id.clone());
            }
            let roles = roles_held("a role of a user", membership.roles)?;
            let kept = Kept {
                thing: member(membership.user),
                raw: raw.get().into(),
            };
            self.give(Arrival::Member(kept, roles)).await?;
            users.push(user);
        }
        self.remember(text).await?;
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
