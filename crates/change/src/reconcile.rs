//! Compares what is stored with what a pull brought and says what must change, so that the store
//! holds what the server holds.
//!
//! What the pull could not see is no difference: it stays as it was. What only Reeve knows, such as
//! the reason of a privilege, stays as well.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};

/// All access of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Roles.
    pub roles: Vec<Role>,
    /// Members of every kind.
    pub members: Vec<Member>,
    /// Who is in which group: the group, then the member.
    pub group_members: Vec<(MemberId, MemberId)>,
    /// Who has which role.
    pub assignments: Vec<RoleAssignment>,
    /// Additional privileges.
    pub privileges: Vec<AdditionalPrivilege>,
}

/// What the pull could not see, each with whom it is about; nobody means that it may be anybody.
pub type Unseen = BTreeMap<Hidden, BTreeSet<MemberId>>;

/// A kind of thing that the pull could not see, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// Roles, or the rules of some.
    Roles,
    /// Users.
    Users,
    /// Machine identities.
    Identities,
    /// Metadata of users.
    UserMetadata,
    /// Metadata of machine identities.
    IdentityMetadata,
    /// Groups.
    Groups,
    /// Who is in the groups.
    GroupMembers,
    /// Additional privileges of users.
    UserPrivileges,
    /// Additional privileges of users that have ended.
    EndedUserPrivileges,
    /// Additional privileges of identities.
    IdentityPrivileges,
}

/// One difference: `before` is `None` if something is new, `after` if it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A role.
    Role {
        /// As it was.
        before: Option<Role>,
        /// As it is.
        after: Option<Role>,
    },
    /// A member without what hangs on it.
    Member {
        /// As it was.
        before: Option<Member>,
        /// As it is.
        after: Option<Member>,
    },
    /// A member is in a group now, or no longer.
    GroupMembership {
        /// The group.
        group: MemberId,
        /// Who.
        member: MemberId,
        /// Whether it is now.
        is_in: bool,
    },
    /// A role assignment.
    Assignment {
        /// As it was.
        before: Option<RoleAssignment>,
        /// As it is.
        after: Option<RoleAssignment>,
    },
    /// An additional privilege.
    Privilege {
        /// As it was.
        before: Option<AdditionalPrivilege>,
        /// As it is.
        after: Option<AdditionalPrivilege>,
    },
}

/// What must change so that `base` becomes `fetched`, which was read at `now`; roles first, then
/// members, groups, assignments, privileges, each by id.
pub fn reconcile(
    base: State,
    mut fetched: State,
    unseen: &Unseen,
    now: DateTime<Utc>,
) -> Vec<Difference> {
    keep_what_was_not_seen(&base, &mut fetched, unseen, now);
    keep_what_only_we_know(&base, &mut fetched);
    let mut differences = Vec::new();
    each(
        base.roles,
        fetched.roles,
        |role| role.id.clone(),
        |before, after| {
            differences.push(Difference::Role { before, after });
        },
    );
    each(
        base.members,
        fetched.members,
        |member| member.id.clone(),
        |before, after| {
            differences.push(Difference::Member { before, after });
        },
    );
    each(
        base.group_members,
        fetched.group_members,
        Clone::clone,
        |before, after| {
            let is_in = after.is_some();
            if let Some((group, member)) = after.or(before) {
                differences.push(Difference::GroupMembership {
                    group,
                    member,
                    is_in,
                });
            }
        },
    );
    each(
        base.assignments,
        fetched.assignments,
        |one| one.id.clone(),
        |before, after| {
            differences.push(Difference::Assignment { before, after });
        },
    );
    each(
        base.privileges,
        fetched.privileges,
        |one| one.id.clone(),
        |before, after| {
            differences.push(Difference::Privilege { before, after });
        },
    );
    differences
}

/// Gives every thing that differs to `tell`, by key.
fn each<T: PartialEq, K: Ord>(
    before: Vec<T>,
    after: Vec<T>,
    key: impl Fn(&T) -> K,
    mut tell: impl FnMut(Option<T>, Option<T>),
) {
    let mut pairs: BTreeMap<K, (Option<T>, Option<T>)> = BTreeMap::new();
    for thing in before {
        let key = key(&thing);
        pairs.entry(key).or_insert((None, None)).0 = Some(thing);
    }
    for thing in after {
        let key = key(&thing);
        pairs.entry(key).or_insert((None, None)).1 = Some(thing);
    }
    for (before, after) in pairs.into_values() {
        if before != after {
            tell(before, after);
        }
    }
}

fn keep_what_was_not_seen(base: &State, fetched: &mut State, unseen: &Unseen, now: DateTime<Utc>) {
    let is_hidden = |kind| unseen.contains_key(&kind);
    let is_hidden_of = |kind, member: &MemberId| is_unseen(unseen, kind, member);
    let kinds: BTreeMap<MemberId, MemberKind> = base
        .members
        .iter()
        .map(|member| (member.id.clone(), member.kind))
        .collect();
    let kind_is_hidden = |id: &MemberId| match kinds.get(id) {
        Some(MemberKind::User) => is_hidden(Hidden::Users),
        Some(MemberKind::Identity) => is_hidden(Hidden::Identities),
        Some(MemberKind::Group) => is_hidden(Hidden::Groups),
        None => false,
    };
    if is_hidden(Hidden::Roles) {
        keep_roles(base, fetched);
    }
    keep(
        &base.members,
        &mut fetched.members,
        |member| member.id.clone(),
        |member| kind_is_hidden(&member.id),
    );
    let still: BTreeSet<MemberId> = fetched.members.iter().map(|m| m.id.clone()).collect();
    let roles: BTreeSet<_> = fetched.roles.iter().map(|role| role.id.clone()).collect();
    keep(
        &base.group_members,
        &mut fetched.group_members,
        Clone::clone,
        |(group, member)| {
            (is_hidden(Hidden::GroupMembers) || is_hidden(Hidden::Groups))
                && still.contains(group)
                && still.contains(member)
        },
    );
    keep(
        &base.assignments,
        &mut fetched.assignments,
        |one| one.id.clone(),
        |one| {
            kind_is_hidden(&one.member) && still.contains(&one.member) && roles.contains(&one.role)
        },
    );
    keep(
        &base.privileges,
        &mut fetched.privileges,
        |one| one.id.clone(),
        |one| {
            still.contains(&one.member)
                && match kinds.get(&one.member) {
                    Some(MemberKind::User) => {
                        is_hidden_of(Hidden::UserPrivileges, &one.member)
                            || is_hidden(Hidden::Users)
                            || (is_hidden(Hidden::EndedUserPrivileges)
                                && !one.lifetime.is_active(now))
                    }
                    Some(MemberKind::Identity) => {
                        is_hidden_of(Hidden::IdentityPrivileges, &one.member)
                            || is_hidden(Hidden::Identities)
                    }
                    _ => false,
                }
        },
    );
    for (of, hidden) in [
        (MemberKind::User, Hidden::UserMetadata),
        (MemberKind::Identity, Hidden::IdentityMetadata),
    ] {
        keep_metadata(base, fetched, of, |member| is_hidden_of(hidden, member));
    }
}

fn is_unseen(unseen: &Unseen, kind: Hidden, member: &MemberId) -> bool {
    unseen
        .get(&kind)
        .is_some_and(|whom| whom.is_empty() || whom.contains(member))
}

/// Adds to `after` what it lacks of `before` and `wanted` asks for.
fn keep<T: Clone, K: Ord>(
    before: &[T],
    after: &mut Vec<T>,
    key: impl Fn(&T) -> K,
    wanted: impl Fn(&T) -> bool,
) {
    let there: BTreeSet<K> = after.iter().map(&key).collect();
    after.extend(
        before
            .iter()
            .filter(|thing| !there.contains(&key(thing)) && wanted(thing))
            .cloned(),
    );
}

/// A role whose rules were not seen keeps those it had.
fn keep_roles(base: &State, fetched: &mut State) {
    let before: BTreeMap<_, &Role> = base
        .roles
        .iter()
        .map(|role| (role.id.clone(), role))
        .collect();
    for role in &mut fetched.roles {
        let unseen = match role.kind {
            RoleKind::Custom => role.rules == "[]",
            RoleKind::Predefined => role.rules.is_empty(),
        };
        if let Some(known) = before.get(&role.id).filter(|_| unseen) {
            role.rules.clone_from(&known.rules);
            role.description.clone_from(&known.description);
        }
    }
    keep(
        &base.roles,
        &mut fetched.roles,
        |role| role.id.clone(),
        |_| true,
    );
}

fn keep_metadata(
    base: &State,
    fetched: &mut State,
    of: MemberKind,
    is_hidden: impl Fn(&MemberId) -> bool,
) {
    let before: BTreeMap<_, &Member> = base.members.iter().map(|m| (m.id.clone(), m)).collect();
    let hidden = |one: &&mut Member| one.kind == of && is_hidden(&one.id);
    for member in fetched.members.iter_mut().filter(hidden) {
        if let Some(known) = before
            .get(&member.id)
            .filter(|_| member.metadata.is_empty())
        {
            member.metadata.clone_from(&known.metadata);
        }
    }
}

fn keep_what_only_we_know(base: &State, fetched: &mut State) {
    let before: BTreeMap<_, &AdditionalPrivilege> = base
        .privileges
        .iter()
        .map(|privilege| (privilege.id.clone(), privilege))
        .collect();
    for privilege in &mut fetched.privileges {
        let Some(known) = before.get(&privilege.id) else {
            continue;
        };
        privilege.reason.clone_from(&known.reason);
        privilege.ticket.clone_from(&known.ticket);
        // An account without dates says nothing against the ones we have.
        if privilege.created_at == DateTime::UNIX_EPOCH {
            privilege.created_at = known.created_at;
            privilege.updated_at = known.updated_at;
            privilege.managed = known.managed;
        }
        if let (Lifetime::Timed(now), Lifetime::Timed(then)) =
            (&mut privilege.lifetime, &known.lifetime)
            && now.range.is_none()
            && now.end == then.end
        {
            now.range.clone_from(&then.range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone as _};
    use reeve_domain::id::{AssignmentId, PrivilegeId, RoleId};

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap()
    }

    fn member(id: &str, kind: MemberKind) -> Member {
        Member {
            id: MemberId::new(id),
            kind,
            name: id.into(),
            handle: String::new(),
            username: id.into(),
            auth_methods: Vec::new(),
            metadata: vec![("team".into(), "core".into())],
        }
    }

    fn privilege(id: &str, member: &str, ends_in: i64) -> AdditionalPrivilege {
        let start = now() - TimeDelta::hours(10);
        AdditionalPrivilege {
            id: PrivilegeId::new(id),
            member: MemberId::new(member),
            slug: id.into(),
            lifetime: Lifetime::timed("1h", start, now() + TimeDelta::hours(ends_in)),
            rules: "[]".into(),
            reason: "because".into(),
            ticket: "T-1".into(),
            managed: false,
            created_at: start,
            updated_at: start,
        }
    }

    fn state() -> State {
        State {
            roles: vec![Role {
                id: RoleId::new("r"),
                kind: RoleKind::Custom,
                slug: "reader".into(),
                name: "Reader".into(),
                description: String::new(),
                rules: r#"[{"subject":"secrets","action":["readValue"]}]"#.into(),
            }],
            members: vec![
                member("ann", MemberKind::User),
                member("bot", MemberKind::Identity),
                member("team", MemberKind::Group),
            ],
            group_members: vec![(MemberId::new("team"), MemberId::new("ann"))],
            assignments: vec![RoleAssignment {
                id: AssignmentId::new("a"),
                member: MemberId::new("ann"),
                role: RoleId::new("r"),
                lifetime: Lifetime::Permanent,
            }],
            privileges: vec![
                privilege("open", "ann", 1),
                privilege("over", "ann", -1),
                privilege("bots", "bot", 1),
            ],
        }
    }

    fn compared(fetched: State, hidden: &[Hidden]) -> Vec<Difference> {
        let anybody = hidden.iter().map(|kind| (*kind, BTreeSet::new()));
        reconcile(state(), fetched, &anybody.collect(), now())
    }

    #[test]
    fn the_same_state_differs_in_nothing_whatever_its_order() {
        let mut again = state();
        again.members.reverse();
        again.privileges.reverse();
        assert_eq!(compared(again, &[]), []);
    }

    #[test]
    fn what_the_server_does_not_know_is_no_difference() {
        let mut fetched = state();
        for privilege in &mut fetched.privileges {
            privilege.reason.clear();
            privilege.ticket.clear();
        }
        assert_eq!(compared(fetched, &[]), []);
    }

    #[test]
    fn every_kind_of_change_is_told_once_and_in_order() {
        let mut fetched = state();
        fetched.roles[0].rules = "[]".into();
        fetched.members.remove(1);
        fetched.group_members.clear();
        fetched.assignments[0].id = AssignmentId::new("b");
        fetched.privileges.remove(2);
        let kinds: Vec<&str> = compared(fetched, &[])
            .iter()
            .map(|difference| match difference {
                Difference::Role {
                    before: Some(_),
                    after: Some(_),
                } => "role changed",
                Difference::Member {
                    before: Some(_),
                    after: None,
                } => "member gone",
                Difference::GroupMembership { is_in: false, .. } => "out of the group",
                Difference::Assignment {
                    before: Some(_),
                    after: None,
                } => "assignment gone",
                Difference::Assignment {
                    before: None,
                    after: Some(_),
                } => "assignment new",
                Difference::Privilege {
                    before: Some(_),
                    after: None,
                } => "privilege gone",
                _ => "odd",
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "role changed",
                "member gone",
                "out of the group",
                "assignment gone",
                "assignment new",
                "privilege gone"
            ]
        );
    }

    #[test]
    fn what_could_not_be_seen_stays() {
        let nothing = State::default();
        let all = [
            Hidden::Roles,
            Hidden::Users,
            Hidden::Identities,
            Hidden::Groups,
            Hidden::GroupMembers,
            Hidden::UserPrivileges,
            Hidden::IdentityPrivileges,
        ];
        assert_eq!(compared(nothing, &all), []);
    }

    #[test]
    fn a_privilege_that_has_ended_stays_if_only_active_ones_were_seen() {
        let mut fetched = state();
        fetched
            .privileges
            .retain(|privilege| privilege.id.as_str() == "bots");
        let differences = compared(fetched, &[Hidden::EndedUserPrivileges]);
        assert!(
            matches!(differences.as_slice(), [Difference::Privilege { before: Some(gone), after: None }] if gone.slug == "open"),
            "{differences:?}"
        );
    }

    #[test]
    fn rules_and_metadata_that_were_not_seen_stay() {
        let mut fetched = state();
        fetched.roles[0].rules = "[]".into();
        fetched.members[0].metadata.clear();
        assert_eq!(
            compared(fetched, &[Hidden::Roles, Hidden::UserMetadata]),
            []
        );
    }

    #[test]
    fn what_was_not_seen_of_one_stays_and_what_another_lost_does_not() {
        let mut base = state();
        base.members.push(member("crawler", MemberKind::Identity));
        base.privileges.push(privilege("crawls", "crawler", 1));
        let mut fetched = base.clone();
        for member in &mut fetched.members {
            member.metadata.clear();
        }
        fetched.members[0].metadata = base.members[0].metadata.clone();
        fetched
            .privileges
            .retain(|one| one.member.as_str() == "ann");
        let only = |id: &str| BTreeSet::from([MemberId::new(id)]);
        let unseen = Unseen::from([
            (Hidden::IdentityMetadata, only("bot")),
            (Hidden::IdentityPrivileges, only("bot")),
        ]);
        let lost: Vec<String> = reconcile(base, fetched, &unseen, now())
            .iter()
            .map(|difference| match difference {
                Difference::Member {
                    after: Some(now), ..
                } => format!("metadata of {}", now.id),
                Difference::Privilege {
                    before: Some(gone),
                    after: None,
                } => gone.slug.clone(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(lost, ["metadata of crawler", "metadata of team", "crawls"]);
    }

    #[test]
    fn metadata_that_an_identity_lost_does_not_stay_because_that_of_users_was_not_seen() {
        let mut fetched = state();
        fetched.members[1].metadata.clear();
        let differences = compared(fetched, &[Hidden::UserMetadata]);
        assert!(
            matches!(differences.as_slice(), [Difference::Member { after: Some(now), .. }] if now.id.as_str() == "bot" && now.metadata.is_empty()),
            "{differences:?}"
        );
    }
}
