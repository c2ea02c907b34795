//! The sample project: realistic, rich, and the same for the same instant, so that an admin can
//! look round before connecting anything, and tests and benchmarks have something to work on.
//!
//! Everything is made up. Times are relative to `now`, so that some access is always about to end.

mod access;
mod people;
mod places;
mod roles;

use chrono::{DateTime, Utc};
use fastrand::Rng;
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, ProjectId};
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::{
    CatalogueEdition, Environment, Folder, Project, ProjectKind, SecretName, Semantics, Tag,
};
use reeve_domain::role::Role;
use reeve_store::content::Content;
use reeve_store::error::StoreError;
use reeve_store::transaction::Transaction;

pub(crate) use roles::predefined_roles;

/// Everything in the sample project.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The project.
    pub project: Project,
    /// Its environments, in order.
    pub environments: Vec<Environment>,
    /// Its folders.
    pub folders: Vec<Folder>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The names of its secrets.
    pub secret_names: Vec<SecretName>,
    /// Its roles, predefined ones first.
    pub roles: Vec<Role>,
    /// Its members: users, identities, groups.
    pub members: Vec<Member>,
    /// Who is in which group: group, then member.
    pub group_members: Vec<(MemberId, MemberId)>,
    /// Who has which role.
    pub assignments: Vec<RoleAssignment>,
    /// The additional privileges.
    pub privileges: Vec<AdditionalPrivilege>,
    /// The folder grants.
    pub folder_grants: Vec<FolderGrant>,
}

impl Sample {
    /// Puts everything into an empty workspace.
    pub(crate) fn insert(&self, transaction: &Transaction) -> Result<(), StoreError> {
        transaction.put_project(&self.project)?;
        transaction.insert_all(&Content {
            environments: &self.environments,
            folders: &self.folders,
            tags: &self.tags,
            roles: &self.roles,
            members: &self.members,
            group_members: &self.group_members,
            assignments: &self.assignments,
            privileges: &self.privileges,
            folder_grants: &self.folder_grants,
        })?;
        for secret in &self.secret_names {
            transaction.put_secret_name(secret)?;
        }
        Ok(())
    }
}

/// How large a sample shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A team as one meets it: some 60 users, 25 identities, 8 groups.
    Team,
    /// So many users and identities in all, for benchmarks.
    Members(u32),
}

/// Makes the sample project as it stands at `now`.
pub fn generate(now: DateTime<Utc>, size: Size) -> Sample {
    // A fixed seed: the same project every time.
    let mut random = Rng::with_seed(0x5ee5_e011);
    let roles = roles::roles(&mut random);
    let (members, group_members) = match size {
        Size::Team => people::team(&mut random),
        Size::Members(count) => people::crowd(&mut random, count),
    };
    let assignments = access::assignments(&mut random, &members, &roles, now);
    let privileges = access::privileges(&mut random, &members, now);
    let project = ProjectId::new(new_id(&mut random));
    let folder_grants = access::folder_grants(&mut random, &members, now);
    Sample {
        project: Project {
            id: project,
            name: "checkout-app".into(),
            slug: "checkout-app".into(),
            kind: ProjectKind::Local,
            semantics: Semantics::ForbidWins,
            catalogue: CatalogueEdition::Current,
        },
        environments: places::environments(),
        folders: places::folders(),
        tags: places::tags(),
        secret_names: places::secret_names(),
        roles,
        members,
        group_members,
        assignments,
        privileges,
        folder_grants,
    }
}

/// An id in the form the server uses, from the sample's own random numbers.
fn new_id(random: &mut Rng) -> String {
    uuid::Builder::from_random_bytes(random.u128(..).to_be_bytes())
        .into_uuid()
        .to_string()
}

/// One of `items`. The sample's lists are never empty.
fn pick<'a, T>(random: &mut Rng, items: &'a [T]) -> Option<&'a T> {
    items.get(random.usize(..items.len().max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use reeve_domain::lifetime::Standing;
    use reeve_domain::member::MemberKind;
    use std::collections::HashSet;

    fn sample() -> (Sample, DateTime<Utc>) {
        let now = Utc.with_ymd_and_hms(2026, 3, 2, 9, 30, 0).unwrap();
        (generate(now, Size::Team), now)
    }

    #[test]
    fn the_sample_is_rich() {
        let (sample, _) = sample();
        let of = |kind| sample.members.iter().filter(|m| m.kind == kind).count();
        assert_eq!(of(MemberKind::User), 60);
        assert_eq!(of(MemberKind::Identity), 25);
        assert_eq!(of(MemberKind::Group), 8);
        assert_eq!(sample.roles.len(), 12);
        assert_eq!(sample.privileges.len(), 40);
        assert_eq!(sample.folder_grants.len(), 2);
        assert_eq!(sample.environments.len(), 4);
        assert!(sample.folders.len() > 100);
    }

    #[test]
    fn its_privileges_are_in_every_state_and_some_end_soon() {
        let (sample, now) = sample();
        let standings: Vec<_> = sample
            .privileges
            .iter()
            .map(|p| p.lifetime.standing(now))
            .collect();
        assert!(standings.contains(&Standing::Permanent));
        assert!(standings.contains(&Standing::NeverActive));
        assert!(standings.iter().any(|s| matches!(s, Standing::Ended(_))));
        let soon = now + chrono::TimeDelta::hours(1);
        assert!(
            standings
                .iter()
                .any(|s| matches!(s, Standing::ActiveUntil(end) if *end < soon))
        );
    }

    #[test]
    fn names_of_privileges_are_unique_per_member_and_groups_have_none() {
        let (sample, _) = sample();
        let mut seen = HashSet::new();
        for privilege in &sample.privileges {
            assert!(seen.insert((privilege.member.clone(), privilege.slug.clone())));
            let member = sample.members.iter().find(|m| m.id == privilege.member);
            assert!(member.is_some_and(|m| m.kind != MemberKind::Group));
        }
    }

    #[test]
    fn everyone_has_a_role_that_does_not_end() {
        let (sample, _) = sample();
        for member in &sample.members {
            assert!(
                sample.assignments.iter().any(|a| a.member == member.id
                    && a.lifetime == reeve_domain::lifetime::Lifetime::Permanent),
                "{}",
                member.name
            );
        }
    }

    #[test]
    fn the_same_instant_gives_the_same_sample() {
        let (first, now) = sample();
        let second = generate(now, Size::Team);
        assert_eq!(first.members, second.members);
        assert_eq!(first.privileges, second.privileges);
    }

    #[test]
    fn a_crowd_has_the_size_asked_for() {
        let (_, now) = sample();
        let crowd = generate(now, Size::Members(1_000));
        let actors = crowd
            .members
            .iter()
            .filter(|m| m.kind != MemberKind::Group)
            .count();
        assert_eq!(actors, 1_000);
    }
}
