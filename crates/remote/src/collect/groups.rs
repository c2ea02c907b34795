//! Groups of the project and who is in them. The latter needs rights in the organization, so it is
//! often hidden.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{Collector, item, locked, roles_held, users};
use crate::client::{Ask, parse};
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Step};
use crate::path::segment;
use crate::wire::people as wire;

/// The longest page that the server gives.
const PAGE: u64 = 100;

/// Users and identities, each with its kind.
pub(super) type People = BTreeMap<MemberId, MemberKind>;

impl Collector<'_> {
    /// Everybody who is in a group.
    pub(super) async fn groups(&self) -> Result<People, FetchError> {
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
        let people = &Mutex::new(People::new());
        self.for_each(Step::Groups, memberships, |raw| async move {
            let membership: wire::GroupMembership = item("a group", raw.get())?;
            let roles = roles_held("a role of a group", membership.roles)?;
            let thing = group_member(membership.group);
            let group = thing.id.clone();
            let raw = raw.into();
            self.give(Arrival::Member(Kept { thing, raw }, roles))
                .await?;
            let members = self.members_of(&group).await?;
            locked(people).extend(members.iter().cloned());
            let ids = members.into_iter().map(|(id, _)| id).collect();
            self.give(Arrival::GroupMembers(group, ids)).await
        })
        .await?;
        Ok(std::mem::take(&mut *locked(people)))
    }

    async fn members_of(
        &self,
        group: &MemberId,
    ) -> Result<Vec<(MemberId, MemberKind)>, FetchError> {
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
        Ok(listed.into_iter().filter_map(Listed::member).collect())
    }

    async fn all_members_of(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        let path = format!("/api/v1/groups/{}/members", segment(group));
        let ask = Ask::get("the members of a group", path);
        self.listed_members(ask, of_both_kinds).await
    }

    /// On servers without one list for both kinds.
    async fn members_by_kind(&self, group: &str) -> Result<Vec<Listed>, FetchError> {
        let path = format!("/api/v1/groups/{}/users", segment(group));
        let ask = Ask::get("the users of a group", path).with("filter", "existingMembers");
        let mut listed = self.listed_members(ask, of_users).await?;
        let path = format!("/api/v1/groups/{}/machine-identities", segment(group));
        let ask = Ask::get("the machine identities of a group", path)
            .with("filter", "assignedMachineIdentities");
        match self.listed_members(ask, of_identities).await {
            // Servers before that put users into groups only.
            Err(FetchError::NoSuchRoute { .. }) => {}
            other => listed.extend(other?),
        }
        Ok(listed)
    }

    /// What `read` finds in the pages of a list. Members are given away.
    async fn listed_members(
        &self,
        ask: Ask,
        read: fn(&str) -> Result<Page<'_>, FetchError>,
    ) -> Result<Vec<Listed>, FetchError> {
        self.pages(ask.what, PAGE, |offset| {
            let ask = ask
                .clone()
                .with("offset", offset.to_string())
                .with("limit", PAGE.to_string());
            async move {
                let text = self.text(ask).await?;
                let Page { items, total } = read(&text.body)?;
                let mut listed = Vec::with_capacity(items.len());
                for (member, raw) in items {
                    listed.push(match member {
                        Some(member) => self.give_person(member, raw).await?,
                        None => Listed::Other(raw.get().into()),
                    });
                }
                self.remember(text).await?;
                Ok((listed, total))
            }
        })
        .await
    }

    async fn give_person(&self, thing: Member, raw: &RawValue) -> Result<Listed, FetchError> {
        let listed = Listed::Member(thing.id.clone(), thing.kind);
        let raw = raw.get().into();
        self.give(Arrival::GroupPerson(Kept { thing, raw })).await?;
        Ok(listed)
    }
}

/// A page of a list of a group: each item with the member that it is, if it is one.
struct Page<'a> {
    items: Vec<(Option<Member>, &'a RawValue)>,
    total: u64,
}

impl<'a> Page<'a> {
    fn of<T: DeserializeOwned>(
        items: Vec<&'a RawValue>,
        total: u64,
        member: fn(T) -> Option<Member>,
    ) -> Result<Self, FetchError> {
        let items = items
            .into_iter()
            .map(|raw| Ok((member(item("a member of a group", raw.get())?), raw)))
            .collect::<Result<_, FetchError>>()?;
        Ok(Self { items, total })
    }
}

fn of_both_kinds(body: &str) -> Result<Page<'_>, FetchError> {
    let list: wire::GroupMemberList<'_> = parse("the members of a group", body.as_bytes())?;
    Page::of(
        list.members,
        list.total_count,
        |member: wire::GroupMember| match (member.user, member.machine_identity) {
            (Some(user), _) => Some(users::member(user)),
            (None, identity) => identity.map(named),
        },
    )
}

fn of_users(body: &str) -> Result<Page<'_>, FetchError> {
    let list: wire::GroupUserList<'_> = parse("the users of a group", body.as_bytes())?;
    Page::of(list.users, list.total_count, |user: wire::GroupUser| {
        user.is_part_of_group.then(|| users::member(user.user))
    })
}

fn of_identities(body: &str) -> Result<Page<'_>, FetchError> {
    let list: wire::GroupIdentityList<'_> =
        parse("the machine identities of a group", body.as_bytes())?;
    Page::of(
        list.machine_identities,
        list.total_count,
        |one: wire::GroupIdentity| one.is_part_of_group.then(|| named(one.identity)),
    )
}

/// What the list of a group has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    /// Somebody in the group.
    Member(MemberId, MemberKind),
    /// Somebody who is not in it, or of an unknown kind: the text, so that items can be counted.
    Other(Box<str>),
}

impl Listed {
    fn member(self) -> Option<(MemberId, MemberKind)> {
        match self {
            Self::Member(id, kind) => Some((id, kind)),
            Self::Other(_) => None,
        }
    }
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
