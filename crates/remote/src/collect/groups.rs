//! Groups of the project and who is in them. The latter needs rights in the organization, so it is
//! often hidden.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};

use super::{Collector, Person, item, roles_held, users};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Kept, Kind, Step};
use crate::path::segment;
use crate::wire::people as wire;

/// The longest page that the server gives.
const PAGE: u64 = 100;

/// A group with who is in it.
pub(super) struct Group {
    pub person: Person,
    pub members: Vec<Kept<Member>>,
}

impl Collector<'_> {
    pub(super) async fn groups(&self) -> Result<Vec<Group>, FetchError> {
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
            let members = self.members_of(&membership.group.id).await?;
            Ok(Group {
                person: Person {
                    roles: roles_held("a role of a group", membership.roles)?,
                    member: Kept {
                        thing: group_member(membership.group),
                        raw: raw.get().into(),
                    },
                },
                members,
            })
        })
        .await
    }

    async fn members_of(&self, group: &str) -> Result<Vec<Kept<Member>>, FetchError> {
        let asked = match self.all_members_of(group).await {
            Err(FetchError::NoSuchRoute { .. }) => self.members_by_kind(group).await,
            other => other,
        };
        match asked {
            Ok(members) => Ok(members),
            // A group of the organization is not found by those who may not see it.
            Err(why) if why.hides() || matches!(why, FetchError::NotFound { .. }) => {
                self.hidden(Kind::GroupMembers, Some(1), None, why);
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    async fn all_members_of(&self, group: &str) -> Result<Vec<Kept<Member>>, FetchError> {
        const WHAT: &str = "the members of a group";
        let path = format!("/api/v1/groups/{}/members", segment(group));
        let pages = self.pages(WHAT, PAGE, |offset| {
            let ask = page(WHAT, &path, offset);
            async move {
                let list: wire::GroupMemberList = self.unless_known(ask).await?;
                Ok((list.members, list.total_count))
            }
        });
        let mut members = Vec::new();
        for raw in pages.await? {
            let member: wire::GroupMember = item("a member of a group", raw.get())?;
            let thing = match (member.user, member.machine_identity) {
                (Some(user), _) => users::member(user),
                (None, Some(identity)) => named(identity),
                (None, None) => continue,
            };
            members.push(Kept {
                thing,
                raw: raw.get().into(),
            });
        }
        Ok(members)
    }

    /// On servers without one list for both kinds.
    async fn members_by_kind(&self, group: &str) -> Result<Vec<Kept<Member>>, FetchError> {
        const USERS: &str = "the users of a group";
        const IDENTITIES: &str = "the machine identities of a group";
        let path = format!("/api/v1/groups/{}/users", segment(group));
        let users = self.pages(USERS, PAGE, |offset| {
            let ask = page(USERS, &path, offset).with("filter", "existingMembers");
            async move {
                let list: wire::GroupUserList = self.unless_known(ask).await?;
                Ok((list.users, list.total_count))
            }
        });
        let mut members = Vec::new();
        for raw in users.await? {
            let user: wire::GroupUser = item("a user of a group", raw.get())?;
            if user.is_part_of_group {
                members.push(Kept {
                    thing: users::member(user.user),
                    raw: raw.get().into(),
                });
            }
        }
        let path = format!("/api/v1/groups/{}/machine-identities", segment(group));
        let identities = self.pages(IDENTITIES, PAGE, |offset| {
            let ask = page(IDENTITIES, &path, offset).with("filter", "assignedMachineIdentities");
            async move {
                let list: wire::GroupIdentityList = self.unless_known(ask).await?;
                Ok((list.machine_identities, list.total_count))
            }
        });
        let identities = match identities.await {
            // Servers before that put users into groups only.
            Err(FetchError::NoSuchRoute { .. }) => Vec::new(),
            other => other?,
        };
        for raw in identities {
            let identity: wire::GroupIdentity = item("an identity of a group", raw.get())?;
            if identity.is_part_of_group {
                members.push(Kept {
                    thing: named(identity.identity),
                    raw: raw.get().into(),
                });
            }
        }
        Ok(members)
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
