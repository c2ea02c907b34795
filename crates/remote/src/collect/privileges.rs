//! Additional privileges, member by member: a list without rules, then each with its rules. Folder
//! grants are read beside them.
//!
//! Those of users are open to signed-in users only. A machine identity reads the active ones from
//! the server's permission audit instead, and cannot see those that have ended.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU8, Ordering};

use reeve_domain::id::{MemberId, PrivilegeId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::privilege::AdditionalPrivilege;

use super::folder_grants::{FolderRoutes, Holder};
use super::groups::People;
use super::users::UserRef;
use super::{Collector, item, locked};
use crate::audit::{Audited, ServerSource};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Renamed, Step, never_told};
use crate::path::segment;
use crate::wire::access::{PrivilegeAnswer, PrivilegeHead, PrivilegeList, WithRules};

const OF_USERS: &str = "/api/v1/user-project-additional-privilege";
const OF_IDENTITIES: &str = "/api/v2/identity-project-additional-privilege";

/// How the privileges of users are read.
#[derive(Default)]
struct UserRoute(AtomicU8);

const DIRECT: u8 = 0;
const BY_AUDIT: u8 = 1;
const CLOSED: u8 = 2;

type Privileges = Vec<Kept<AdditionalPrivilege>>;

impl Collector<'_> {
    /// Privileges and folder grants of everybody. Who is in the project through groups only has no
    /// privileges.
    pub(super) async fn privileges(
        &self,
        users: &[UserRef],
        identities: &[MemberId],
        in_groups: &People,
    ) -> Result<(), FetchError> {
        let token = self.client.token().await;
        let by_machine = token.is_some_and(|token| !token.is_user());
        let mut holders: Vec<Holder<'_>> = users.iter().map(Holder::User).collect();
        holders.extend(identities.iter().map(Holder::Identity));
        let route = &UserRoute::default();
        if by_machine && !users.is_empty() {
            route.0.store(BY_AUDIT, Ordering::Relaxed);
        }
        let guests = Holder::guests(in_groups, &holders);
        let folders = &self.folder_routes(&holders, &guests, by_machine).await?;
        if folders.are_open() {
            holders.extend(guests);
        }
        self.for_each(Step::Privileges, holders, |holder| async move {
            let privileges = match holder {
                Holder::User(user) => self.of_user(route, folders, user).await?,
                Holder::Identity(id) => self.of_identity(id).await?,
                Holder::GuestUser(_) | Holder::GuestIdentity(_) => Vec::new(),
            };
            for privilege in self.told_apart(privileges) {
                self.give(Arrival::Privilege(privilege)).await?;
            }
            self.folder_grants(folders, holder).await
        })
        .await?;
        if route.0.load(Ordering::Relaxed) == BY_AUDIT {
            let why = FetchError::WrongToken {
                open_to: "signed-in users",
            };
            self.hidden(Kind::EndedUserPrivileges, None, None, why);
        }
        self.hide_ended_folder_grants(folders);
        Ok(())
    }

    /// The privileges of one member, each with a name of its own: all but the first that bear the
    /// same one get a number.
    fn told_apart(&self, mut privileges: Privileges) -> Privileges {
        let mut names = BTreeSet::new();
        for privilege in &mut privileges {
            let privilege = &mut privilege.thing;
            let slug = privilege.slug.clone();
            let mut number = 2;
            while !names.insert(privilege.slug.clone()) {
                privilege.slug = format!("{slug} ({number})");
                number += 1;
            }
            if privilege.slug != slug {
                locked(&self.renamed).push(Renamed {
                    member: privilege.member.clone(),
                    slug,
                    shown_as: privilege.slug.clone(),
                });
            }
        }
        privileges
    }

    async fn of_identity(&self, id: &MemberId) -> Result<Privileges, FetchError> {
        let ask = Ask::get("the privileges of a machine identity", OF_IDENTITIES.into())
            .with("identityId", id.as_str())
            .with("projectId", self.wanted.project.as_str());
        match self.listed(ask, OF_IDENTITIES, id).await {
            Err(why) if why.hides() => {
                self.hidden(Kind::IdentityPrivileges, Some(1), Some(id), why);
                Ok(Vec::new())
            }
            other => other,
        }
    }

    async fn of_user(
        &self,
        route: &UserRoute,
        folders: &FolderRoutes,
        user: &UserRef,
    ) -> Result<Privileges, FetchError> {
        let UserRef { id, membership } = user;
        if route.0.load(Ordering::Relaxed) == DIRECT {
            let ask = Ask::get("the privileges of a user", OF_USERS.into())
                .with("projectMembershipId", membership.as_str());
            match self.listed(ask, OF_USERS, id).await {
                Err(FetchError::WrongToken { .. }) => {
                    route.0.store(BY_AUDIT, Ordering::Relaxed);
                }
                Err(why) if why.hides() => {
                    self.hidden(Kind::UserPrivileges, Some(1), Some(id), why);
                    return Ok(Vec::new());
                }
                other => return other,
            }
        }
        if route.0.load(Ordering::Relaxed) == CLOSED {
            return Ok(Vec::new());
        }
        let whose = Audited::Membership(membership.clone());
        match self.audited(folders, Holder::User(user), &whose).await {
            Ok(sources) => Ok(sources
                .into_iter()
                .map(|source| from_audit(id, source))
                .collect()),
            Err(FetchError::NotFound { .. }) => Ok(Vec::new()),
            Err(why) if why.hides() => {
                // The same for everybody: one question is enough.
                route.0.store(CLOSED, Ordering::Relaxed);
                self.hidden(Kind::UserPrivileges, None, None, why);
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    async fn listed(
        &self,
        ask: Ask,
        base: &str,
        member: &MemberId,
    ) -> Result<Privileges, FetchError> {
        let list: PrivilegeList = match self.client.read(ask).await {
            Ok(list) => list,
            // The member has left meanwhile.
            Err(FetchError::NotFound { .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut privileges = Vec::with_capacity(list.privileges.len());
        for raw in list.privileges {
            let head: PrivilegeHead = item("a privilege", raw.get())?;
            privileges.extend(self.privilege(base, member, &head).await?);
        }
        Ok(privileges)
    }

    /// One privilege with its rules; `None` if it is gone meanwhile.
    async fn privilege(
        &self,
        base: &str,
        member: &MemberId,
        head: &PrivilegeHead,
    ) -> Result<Option<Kept<AdditionalPrivilege>>, FetchError> {
        if let Some(known) = self.remembers.privilege(&head.id)
            && is_same(&known, head)
        {
            return read_privilege(&known, member, head).map(Some);
        }
        let ask = Ask::get("a privilege", format!("{base}/{}", segment(&head.id)));
        match self.client.read::<PrivilegeAnswer>(ask).await {
            Ok(answer) => read_privilege(answer.privilege.get(), member, head).map(Some),
            Err(FetchError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Whether the server says that a privilege is as the last pull read it.
fn is_same(known: &str, head: &PrivilegeHead) -> bool {
    serde_json::from_str::<PrivilegeHead>(known).is_ok_and(|before| {
        before.updated_at == head.updated_at
            && before.slug == head.slug
            && before.time.is_temporary == head.time.is_temporary
            && before.time.end == head.time.end
    })
}

fn read_privilege(
    raw: &str,
    member: &MemberId,
    listed: &PrivilegeHead,
) -> Result<Kept<AdditionalPrivilege>, FetchError> {
    let head: PrivilegeHead = item("a privilege", raw)?;
    let rules: WithRules<'_> = item("the rules of a privilege", raw)?;
    Ok(Kept {
        thing: AdditionalPrivilege {
            id: PrivilegeId::new(head.id),
            member: member.clone(),
            slug: head.slug,
            managed: listed.is_linked_to_access_approval.unwrap_or_default(),
            lifetime: head.time.lifetime(),
            rules: rules.permissions.get().to_owned(),
            reason: String::new(),
            ticket: String::new(),
            created_at: head.created_at,
            updated_at: head.updated_at,
        },
        raw: raw.into(),
    })
}

/// The audit tells neither the range nor when a privilege was made.
fn from_audit(member: &MemberId, source: ServerSource) -> Kept<AdditionalPrivilege> {
    Kept {
        thing: AdditionalPrivilege {
            id: PrivilegeId::new(source.id),
            member: member.clone(),
            slug: source.name,
            managed: false,
            lifetime: if source.is_temporary {
                Lifetime::Timed(Timed {
                    range: None,
                    start: source.start,
                    end: source.end,
                })
            } else {
                Lifetime::Permanent
            },
            rules: source.rules,
            reason: String::new(),
            ticket: String::new(),
            created_at: never_told(),
            updated_at: never_told(),
        },
        raw: Box::from(""),
    }
}
