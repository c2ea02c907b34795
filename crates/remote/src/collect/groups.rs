//! Groups of the project and who is in them. The latter needs rights in the organization, so it is
//! often hidden.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use serde_json::value::RawValue;

use super::{Collector, item, roles_held, users};
use crate::client::{Ask, parse};
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Step};
use crate::path::segment;
use crate::wire::people as wire;

/// The longest page that the server gives.
const PAGE: u64 = 100;

impl Collector<'_> {
    pub(super) async fn groups(&self) -> Result<(), FetchError> {
        self.step(Step::Groups, 0, None);
        let asked: Result<wire::GroupList, _> = self
            .first_known(
                "the groups of the project",
                &[
                    format!("/api/v1/projects/{}/memberships/groups", self.project),
                    format!("/api/v1/projects/{}/groups", self.project),
                    format!("/api/v2/workspace/{}/groups", self.project),
                ],
            )
            .await;
        let list = self.seen(Kind::Groups, asked)?;
        let memberships = list.map(|list| list.group_memberships).unwrap_or_default();
        self.for_each(Step::Groups, memberships, |raw| async move {
            let membership: wire::GroupMembership = item("a group", raw.get())?;
            let roles = roles_held("a role of a group", membership.roles)?;
            let thing = group_member(membership.group);
            let group = thing.id.clone();
            let raw = raw.into();
            self.give(Arrival::Member(Kept { thing, raw }, roles))
                .await?;
            let members = self.members_of(&group).await?;
            self.give(Arrival::GroupMembers(group, members)).await
        })
        .await
    }

    async fn members_of(&self, group: &MemberId) -> Result<Vec<MemberId>, FetchError> {
        let asked = match self.all_members_of(group.as_str()).await {
            Err(FetchError::NoSuchRoute { .. }) => self.members_by_kind(group.as_str()).await,
            other => other,
        };
        let listed = match asked {
            Ok(listed) => listed,
            // A group of the organization is not found by those who may not see it.
            Err(why) if why.hides() || matches!(why, FetchError::NotFound { .. }) => {
                self.hidden(Kind::GroupMembers, Some(1), Some(group), why);
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        Ok(listed.into_iter().filter_map(Listed::id).collect())
    }

    async fn all_members_of(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        const WHAT: &str = "the members of a group";
        let path = &format!("/api/v1/groups/{}/members", segment(group));
        self.pages(WHAT, PAGE, |offset| async move {
            let text = self.text(page(WHAT, path, offset)).await?;
            let list: wire::GroupMemberList<'_> = parse(WHAT, text.body.as_bytes())?;
            let mut listed = Vec::with_capacity(list.members.len());
            for raw in list.members {
                let member: wire::GroupMember = item("a member of a group", raw.get())?;
                listed.push(match (member.user, member.machine_identity) {
                    (Some(user), _) => self.give_person(users::member(user), raw).await?,
                    (None, Some(identity)) => self.give_person(named(identity), raw).await?,
                    (None, None) => Listed::Other(raw.get().into()),
                });
            }
            let total = list.total_count;
            self.remember(text).await?;
            Ok((listed, total))
        })
        .await
    }

    /// On servers without one list for both kinds.
    async fn members_by_kind(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        let mut listed = self.users_of(group).await?;
        match self.identities_of(group).await {
            // Servers before that put users into groups only.
            Err(FetchError::NoSuchRoute { .. }) => {}
            other => listed.extend(other?),
        }
        Ok(listed)
    }

    async fn users_of(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        const WHAT: &str = "the users of a group";
        let path = &format!("/api/v1/groups/{}/users", segment(group));
        self.pages(WHAT, PAGE, |offset| async move {
            let ask = page(WHAT, path, offset).with("filter", "existingMembers");
            let text = self.text(ask).await?;
            let list: wire::GroupUserList<'_> = parse(WHAT, text.body.as_bytes())?;
            let mut listed = Vec::with_capacity(list.users.len());
            for raw in list.users {
                let user: wire::GroupUser = item("a user of a group", raw.get())?;
                listed.push(if user.is_part_of_group {
                    self.give_person(users::member(user.user), raw).await?
                } else {
                    Listed::Other(raw.get().into())
                });
            }
            let total = list.total_count;
            self.remember(text).await?;
            Ok((listed, total))
        })
        .await
    }

    async fn identities_of(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        const WHAT: &str = "the machine identities of a group";
        let path = &format!("/api/v1/groups/{}/machine-identities", segment(group));
        self.pages(WHAT, PAGE, |offset| async move {
            let ask = page(WHAT, path, offset).with("filter", "assignedMachineIdentities");
            let text = self.text(ask).await?;
            let list: wire::GroupIdentityList<'_> = parse(WHAT, text.body.as_bytes())?;
            let mut listed = Vec::with_capacity(list.machine_identities.len());
            for raw in list.machine_identities {
                let identity: wire::GroupIdentity = item("an identity of a group", raw.get())?;
                listed.push(if identity.is_part_of_group {
                    self.give_person(named(identity.identity), raw).await?
                } else {
                    Listed::Other(raw.get().into())
                });
            }
            let total = list.total_count;
            self.remember(text).await?;
            Ok((listed, total))
        })
        .await
    }

    async fn give_person(&self, thing: Member, raw: &RawValue) -> Result<Listed, FetchError> {
        let listed = Listed::Member(thing.id.clone());
        let raw = raw.get().into();
        self.give(Arrival::GroupPerson(Kept { thing, raw })).await?;
        Ok(listed)
    }
}

/// What the list of a group has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    /// Somebody in the group.
    Member(MemberId),
    /// Somebody who is not in it, or of an unknown kind: the text, so that items can be counted.
    Other(Box<str>),
}

impl Listed {
    fn id(self) -> Option<MemberId> {
        match self {
            Self::Member(id) => Some(id),
            Self::Other(_) => None,
        }
    }
}

fn page(what: &'static str, path: &str, offset: u64) -> Ask {
    Ask::get(what, path.to_owned())
        .with("offset", offset.to_string())
        .with("limit", PAGE.to_string())
}

fn group_member(group: wire::Group) -> Member {
    Member {
        id: MemberId::new(group.id),
        kind: MemberKind::Group,
        username: group.name.clone(),
        name: group.name,
        handle: group.slug.unwrap_or_default(),
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    }
}

fn named(identity: wire::NamedIdentity) -> Member {
    Member {
        id: MemberId::new(identity.id),
        kind: MemberKind::Identity,
        username: identity.name.clone(),
        name: identity.name,
        handle: String::new(),
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    }
}
