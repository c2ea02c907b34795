//! Folder grants, member by member. Only the newest servers have them, and only under some plans.
//!
//! Those of users are open to signed-in users only, those of machine identities maybe as well. Where
//! a list is closed the permission audit still tells who has any that count, but not what they give.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU8, Ordering};

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, PrivilegeId};
use reeve_domain::member::MemberKind;

use super::groups::People;
use super::users::UserRef;
use super::{Collector, item};
use crate::audit::{Audited, FolderGrants, ServerSource, SourceKind, audit};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind};
use crate::path::segment;
use crate::wire::access::{self, FolderGrantList};

/// Whose privileges and folder grants are read.
#[derive(Clone, Copy)]
pub(super) enum Holder<'a> {
    User(&'a UserRef),
    Identity(&'a MemberId),
    /// A user who is in the project through groups only.
    GuestUser(&'a MemberId),
    /// An identity that is in the project through groups only.
    GuestIdentity(&'a MemberId),
}

impl<'a> Holder<'a> {
    /// Those in groups who are not in `direct`.
    pub fn guests(in_groups: &'a People, direct: &[Self]) -> Vec<Self> {
        let direct: BTreeSet<&MemberId> = direct.iter().map(Self::id).collect();
        in_groups
            .iter()
            .filter(|(id, _)| !direct.contains(id))
            .filter_map(|(id, kind)| match kind {
                MemberKind::User => Some(Self::GuestUser(id)),
                MemberKind::Identity => Some(Self::GuestIdentity(id)),
                MemberKind::Group => None,
            })
            .collect()
    }

    fn id(&self) -> &'a MemberId {
        match self {
            Self::User(user) => &user.id,
            Self::Identity(id) | Self::GuestUser(id) | Self::GuestIdentity(id) => id,
        }
    }

    fn is_user(&self) -> bool {
        matches!(self, Self::User(_) | Self::GuestUser(_))
    }

    /// What is hidden if its folder grants cannot be read.
    fn kind(&self) -> Kind {
        if self.is_user() {
            Kind::UserFolderGrants
        } else {
            Kind::IdentityFolderGrants
        }
    }
}

/// How the folder grants of users and of identities are read.
#[derive(Default)]
pub(super) struct FolderRoutes {
    users: FolderRoute,
    identities: FolderRoute,
}

#[derive(Default)]
struct FolderRoute(AtomicU8);

/// There are none, or they were said to be hidden: nothing is asked.
const NONE: u8 = 0;
const LISTED: u8 = 1;
const BY_AUDIT: u8 = 2;

impl FolderRoutes {
    /// Whether there is anything to ask.
    pub fn are_open(&self) -> bool {
        [&self.users, &self.identities]
            .into_iter()
            .any(|route| route.get() != NONE)
    }

    fn of(&self, holder: Holder<'_>) -> &FolderRoute {
        if holder.is_user() {
            &self.users
        } else {
            &self.identities
        }
    }
}

impl FolderRoute {
    fn get(&self) -> u8 {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self, to: u8) {
        self.0.store(to, Ordering::Relaxed);
    }
}

impl Collector<'_> {
    /// Finds out with one question whether the server has folder grants at all.
    pub(super) async fn folder_routes(
        &self,
        direct: &[Holder<'_>],
        guests: &[Holder<'_>],
        by_machine: bool,
    ) -> Result<FolderRoutes, FetchError> {
        let routes = FolderRoutes::default();
        let everybody = || direct.iter().chain(guests).copied();
        // A machine learns from its own kind alone whether the plan includes them.
        let best = everybody().find(|one| one.is_user() != by_machine);
        let Some(first) = best.or_else(|| everybody().next()) else {
            return Ok(routes);
        };
        if everybody().any(|one| one.is_user()) {
            routes.users.set(if by_machine { BY_AUDIT } else { LISTED });
        }
        routes.identities.set(LISTED);
        match self.folder_grants_listed(first).await {
            Err(FetchError::NoSuchRoute { .. }) => {
                routes.users.set(NONE);
                routes.identities.set(NONE);
            }
            Err(why @ FetchError::NotInPlan { .. }) => self.outside_the_plan(&routes, why),
            Err(FetchError::WrongToken { .. }) if !first.is_user() => {
                routes.identities.set(BY_AUDIT);
            }
            Err(error) if !is_refusal(&error) => return Err(error),
            Ok(_) | Err(_) => {}
        }
        Ok(routes)
    }

    /// Gives the folder grants of `holder` away, or notes that they are hidden. Those of a user that
    /// the audit tells of are noted with the privileges.
    pub(super) async fn folder_grants(
        &self,
        routes: &FolderRoutes,
        holder: Holder<'_>,
    ) -> Result<(), FetchError> {
        let route = routes.of(holder);
        if route.get() == LISTED {
            match self.folder_grants_listed(holder).await {
                Ok(grants) => {
                    for grant in grants {
                        self.give(Arrival::FolderGrant(grant)).await?;
                    }
                }
                Err(FetchError::WrongToken { .. }) if !holder.is_user() => route.set(BY_AUDIT),
                Err(why @ FetchError::WrongToken { .. }) => {
                    self.close_folder_grants(routes, holder, why);
                }
                Err(why @ FetchError::NotInPlan { .. }) => self.outside_the_plan(routes, why),
                Err(FetchError::NoSuchRoute { .. }) => route.set(NONE),
                // The member has left meanwhile.
                Err(FetchError::NotFound { .. }) => {}
                Err(why) if is_refusal(&why) => {
                    self.hidden(holder.kind(), Some(1), Some(holder.id()), why);
                }
                Err(error) => return Err(error),
            }
        }
        if route.get() != BY_AUDIT {
            return Ok(());
        }
        match holder {
            Holder::User(_) => Ok(()),
            // The audit wants a membership, which they have not.
            Holder::GuestUser(id) => {
                self.hidden(holder.kind(), Some(1), Some(id), wrong_token());
                Ok(())
            }
            Holder::Identity(id) | Holder::GuestIdentity(id) => {
                self.of_audited_identity(routes, holder, id).await
            }
        }
    }

    async fn of_audited_identity(
        &self,
        routes: &FolderRoutes,
        holder: Holder<'_>,
        id: &MemberId,
    ) -> Result<(), FetchError> {
        let whose = Audited::Identity(id.to_string());
        match self.audited(routes, holder, &whose).await {
            Ok(_) => Ok(()),
            // The identity has left meanwhile.
            Err(FetchError::NotFound { .. }) if matches!(holder, Holder::Identity(_)) => Ok(()),
            Err(error) if is_refusal(&error) => {
                self.hidden(holder.kind(), Some(1), Some(id), wrong_token());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The privileges that the audit of `whose` names. Where it is how folder grants are found, too,
    /// it is noted that `holder` has some that are hidden, or that nobody can know.
    pub(super) async fn audited(
        &self,
        routes: &FolderRoutes,
        holder: Holder<'_>,
        whose: &Audited,
    ) -> Result<Vec<ServerSource>, FetchError> {
        let privileges = |folder_grants| async move {
            let mut sources =
                audit(self.client, &self.wanted.project, whose, folder_grants).await?;
            sources.retain(|source| source.kind == SourceKind::Privilege);
            Ok::<_, FetchError>(sources)
        };
        if routes.of(holder).get() != BY_AUDIT {
            return privileges(FolderGrants::LeftOut).await;
        }
        let both = match privileges(FolderGrants::Named).await {
            Err(why) if why.hides() => {
                self.close_folder_grants(routes, holder, why.clone());
                return Err(why);
            }
            other => other?,
        };
        if both.is_empty() {
            return Ok(both);
        }
        let plain = privileges(FolderGrants::LeftOut).await?;
        let is_plain = |source: &ServerSource| plain.iter().any(|one| one.id == source.id);
        if !both.iter().all(is_plain) {
            self.hidden(holder.kind(), Some(1), Some(holder.id()), wrong_token());
        }
        Ok(plain)
    }

    /// Notes once that nothing is known of the folder grants of anybody like `holder`.
    fn close_folder_grants(&self, routes: &FolderRoutes, holder: Holder<'_>, why: FetchError) {
        if routes.of(holder).get() != NONE {
            routes.of(holder).set(NONE);
            self.hidden(holder.kind(), None, None, why);
        }
    }

    /// Says that those that have ended are not named by the audit.
    pub(super) fn hide_ended_folder_grants(&self, routes: &FolderRoutes) {
        for (route, kind) in [
            (&routes.users, Kind::EndedUserFolderGrants),
            (&routes.identities, Kind::EndedIdentityFolderGrants),
        ] {
            if route.get() == BY_AUDIT {
                self.hidden(kind, None, None, wrong_token());
            }
        }
    }

    fn outside_the_plan(&self, routes: &FolderRoutes, why: FetchError) {
        routes.users.set(NONE);
        routes.identities.set(NONE);
        self.hidden(Kind::FolderGrants, None, None, why);
    }

    async fn folder_grants_listed(
        &self,
        holder: Holder<'_>,
    ) -> Result<Vec<Kept<FolderGrant>>, FetchError> {
        let people = if holder.is_user() {
            "users"
        } else {
            "memberships/identities"
        };
        let path = format!(
            "/api/v1/projects/{}/{people}/{}/secret-folder-access",
            self.project,
            segment(holder.id().as_str())
        );
        let ask = Ask::get("the folder grants of a member", path);
        let list: FolderGrantList = self.client.read(ask).await?;
        list.folder_access
            .into_iter()
            .map(|raw| read_folder_grant(raw.into(), holder.id()))
            .collect()
    }
}

/// Whether the server answered, and only does not tell; what it says of one member is no reason to
/// end the pull.
fn is_refusal(error: &FetchError) -> bool {
    error.hides()
        || matches!(
            error,
            FetchError::NotFound { .. } | FetchError::Refused { .. }
        )
}

fn wrong_token() -> FetchError {
    FetchError::WrongToken {
        open_to: "signed-in users",
    }
}

fn read_folder_grant(raw: Box<str>, member: &MemberId) -> Result<Kept<FolderGrant>, FetchError> {
    let grant: access::FolderGrant = item("a folder grant", &raw)?;
    let thing = FolderGrant {
        id: PrivilegeId::new(grant.id),
        member: member.clone(),
        environment: grant.environment,
        path: grant.secret_path,
        tier: grant.permission,
        lifetime: grant.time.lifetime(),
        created_at: grant.created_at,
        updated_at: grant.updated_at,
    };
    Ok(Kept { thing, raw })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone as _, Utc};
    use reeve_domain::lifetime::{Lifetime, Timed};

    use super::*;

    fn read(answer: &str) -> Vec<Kept<FolderGrant>> {
        let list: FolderGrantList = serde_json::from_str(answer).unwrap();
        list.folder_access
            .into_iter()
            .map(|raw| read_folder_grant(raw.into(), &MemberId::new("ann")).unwrap())
            .collect()
    }

    fn at(hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 20, hour, minute, 0).unwrap()
    }

    #[test]
    fn a_permanent_grant_has_no_times_whatever_its_fields() {
        let answer = r#"{"folderAccess":[{"id":"8d7c","projectId":"p","folderId":"f",
            "permission":"full-access","environment":"prod","secretPath":"/app/db",
            "isTemporary":false,"temporaryMode":null,"temporaryRange":null,
            "temporaryAccessStartTime":null,"temporaryAccessEndTime":null,
            "createdAt":"2026-11-20T08:00:00.000Z","updatedAt":"2026-11-20T09:30:00.000Z",
            "userId":"ann"}]}"#;
        let grants = read(answer);
        assert_eq!(
            grants[0].thing,
            FolderGrant {
                id: PrivilegeId::new("8d7c"),
                member: MemberId::new("ann"),
                environment: "prod".into(),
                path: "/app/db".into(),
                tier: "full-access".into(),
                lifetime: Lifetime::Permanent,
                created_at: at(8, 0),
                updated_at: at(9, 30),
            }
        );
    }

    #[test]
    fn a_timed_grant_of_a_level_to_come_keeps_its_word_and_all_that_is_beside_it() {
        let raw = r#"{"id":"1","projectId":"p","folderId":"f","permission":"steward",
            "environment":"dev","secretPath":"/","isTemporary":true,"temporaryMode":"relative",
            "temporaryRange":"1h","temporaryAccessStartTime":"2026-11-20T08:00:00.000Z",
            "temporaryAccessEndTime":"2026-11-20T09:00:00.000Z",
            "createdAt":"2026-11-20T08:00:00.000Z","updatedAt":"2026-11-20T08:00:00.000Z",
            "identityId":"bot","depth":1.50,"notes":{"by":"eve"}}"#;
        let grants = read(&format!(r#"{{"folderAccess":[{raw}],"totalCount":1}}"#));
        assert_eq!(&*grants[0].raw, raw);
        assert_eq!(grants[0].thing.tier, "steward");
        assert_eq!(
            grants[0].thing.lifetime,
            Lifetime::Timed(Timed {
                range: Some("1h".into()),
                start: Some(at(8, 0)),
                end: Some(at(9, 0)),
            })
        );
    }

    #[test]
    fn nobody_has_any() {
        assert_eq!(read(r#"{"folderAccess":[]}"#), []);
    }
}
