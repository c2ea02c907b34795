//! What reconciling says of small states.

use super::*;
use chrono::{TimeDelta, TimeZone as _};
use reeve_domain::id::{AssignmentId, PrivilegeId};
use reeve_domain::role::RoleKind;

/// All access of a project.
#[derive(Clone, Default)]
struct State {
    roles: Vec<Role>,
    members: Vec<Member>,
    group_members: Vec<(MemberId, MemberId)>,
    assignments: Vec<RoleAssignment>,
    privileges: Vec<AdditionalPrivilege>,
    folder_grants: Vec<FolderGrant>,
}

/// What is to be compared with what, by key.
fn pairs<T: Clone, K: Ord>(
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> K,
) -> Vec<(Option<T>, Option<T>)> {
    let mut pairs: BTreeMap<K, (Option<T>, Option<T>)> = BTreeMap::new();
    for thing in before {
        pairs.entry(key(thing)).or_default().0 = Some(thing.clone());
    }
    for thing in after {
        pairs.entry(key(thing)).or_default().1 = Some(thing.clone());
    }
    pairs.into_values().collect()
}

/// Rules that are an empty list stand for rules that were not fetched.
fn reconcile(base: &State, fetched: &State, unseen: &Unseen) -> Vec<Difference> {
    let kind = |id: &MemberId| {
        let mut all = base.members.iter().chain(&fetched.members);
        all.find(|member| member.id == *id).unwrap().kind
    };
    let mut reconciliation = Reconciliation::new(unseen, now());
    let mut differences = Vec::new();
    for (before, after) in pairs(&base.roles, &fetched.roles, |one| one.id.clone()) {
        let seen = after.as_ref().is_some_and(|role| role.rules != "[]");
        differences.extend(reconciliation.role(before, after, seen));
    }
    for (before, after) in pairs(&base.members, &fetched.members, |one| one.id.clone()) {
        let by_groups = before
            .as_ref()
            .is_some_and(|known| base.assignments.iter().all(|one| one.member != known.id));
        differences.extend(reconciliation.member(before, after, by_groups));
    }
    for (before, after) in pairs(&base.group_members, &fetched.group_members, Clone::clone) {
        let is = (before.is_some(), after.is_some());
        let (group, member) = after.or(before).unwrap();
        differences.extend(reconciliation.group_membership(group, member, is));
    }
    for (before, after) in pairs(&base.assignments, &fetched.assignments, |one| {
        one.id.clone()
    }) {
        let kind = kind(&before.as_ref().or(after.as_ref()).unwrap().member);
        differences.extend(reconciliation.assignment(before, after, kind));
    }
    for (before, after) in pairs(&base.privileges, &fetched.privileges, |one| one.id.clone()) {
        let kind = kind(&before.as_ref().or(after.as_ref()).unwrap().member);
        differences.extend(reconciliation.privilege(before, after, kind));
    }
    for (before, after) in pairs(&base.folder_grants, &fetched.folder_grants, |one| {
        one.id.clone()
    }) {
        let kind = kind(&before.as_ref().or(after.as_ref()).unwrap().member);
        differences.extend(reconciliation.folder_grant(before, after, kind));
    }
    differences
}

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

fn folder_grant(id: &str, member: &str, ends_in: i64) -> FolderGrant {
    let privilege = privilege(id, member, ends_in);
    FolderGrant {
        id: privilege.id,
        member: privilege.member,
        environment: "dev".into(),
        path: "/app".into(),
        tier: "read".into(),
        lifetime: privilege.lifetime,
        created_at: privilege.created_at,
        updated_at: privilege.updated_at,
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
        folder_grants: vec![
            folder_grant("ann's", "ann", 1),
            folder_grant("ann's over", "ann", -1),
            folder_grant("bot's", "bot", 1),
            folder_grant("bot's over", "bot", -1),
        ],
    }
}

fn compared(fetched: &State, hidden: &[Hidden]) -> Vec<Difference> {
    let anybody = hidden.iter().map(|kind| (*kind, BTreeSet::new()));
    reconcile(&state(), fetched, &anybody.collect())
}

#[test]
fn the_same_state_differs_in_nothing_whatever_its_order() {
    let mut again = state();
    again.members.reverse();
    again.privileges.reverse();
    assert_eq!(compared(&again, &[]), []);
}

#[test]
fn what_the_server_does_not_know_is_no_difference() {
    let mut fetched = state();
    for privilege in &mut fetched.privileges {
        privilege.reason.clear();
        privilege.ticket.clear();
    }
    assert_eq!(compared(&fetched, &[]), []);
}

#[test]
fn every_kind_of_change_is_told_once_and_in_order() {
    let mut fetched = state();
    fetched.roles[0].rules = "[]".into();
    fetched.members.remove(1);
    fetched.group_members.clear();
    fetched.assignments[0].id = AssignmentId::new("b");
    fetched.privileges.remove(2);
    fetched.folder_grants[0].tier = "edit".into();
    fetched.folder_grants.truncate(1);
    fetched.folder_grants.push(folder_grant("new", "ann", 1));
    let kinds: Vec<&str> = compared(&fetched, &[])
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
            Difference::FolderGrant {
                before: Some(_),
                after: Some(_),
            } => "folder grant changed",
            Difference::FolderGrant {
                before: Some(_),
                after: None,
            } => "folder grant gone",
            Difference::FolderGrant {
                before: None,
                after: Some(_),
            } => "folder grant new",
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
            "privilege gone",
            "folder grant changed",
            "folder grant gone",
            "folder grant gone",
            "folder grant gone",
            "folder grant new",
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
        Hidden::UserFolderGrants,
        Hidden::IdentityFolderGrants,
    ];
    assert_eq!(compared(&nothing, &all), []);
}

/// The folder grants of the state that go if none is fetched and `unseen` is not seen.
#[track_caller]
fn check_folder_grants_gone(unseen: &Unseen, gone: &[&str]) {
    let mut fetched = state();
    fetched.folder_grants.clear();
    let differences = reconcile(&state(), &fetched, unseen);
    let ids: Vec<&str> = differences
        .iter()
        .map(|difference| match difference {
            Difference::FolderGrant {
                before: Some(gone),
                after: None,
            } => gone.id.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, gone);
}

#[test]
fn folder_grants_stay_with_those_of_whom_they_were_not_seen() {
    let of = |hidden, whom: &[&str]| {
        Unseen::from([(hidden, whom.iter().map(|id| MemberId::new(*id)).collect())])
    };
    check_folder_grants_gone(
        &Unseen::new(),
        &["ann's", "ann's over", "bot's", "bot's over"],
    );
    check_folder_grants_gone(&of(Hidden::FolderGrants, &[]), &[]);
    check_folder_grants_gone(&of(Hidden::UserFolderGrants, &[]), &["bot's", "bot's over"]);
    check_folder_grants_gone(
        &of(Hidden::UserFolderGrants, &["bob"]),
        &["ann's", "ann's over", "bot's", "bot's over"],
    );
    check_folder_grants_gone(
        &of(Hidden::IdentityFolderGrants, &["bot"]),
        &["ann's", "ann's over"],
    );
    check_folder_grants_gone(
        &of(Hidden::EndedUserFolderGrants, &[]),
        &["ann's", "bot's", "bot's over"],
    );
    check_folder_grants_gone(
        &of(Hidden::EndedIdentityFolderGrants, &[]),
        &["ann's", "ann's over", "bot's"],
    );
}

#[test]
fn folder_grants_go_with_their_holder_even_if_they_were_not_seen() {
    let mut fetched = state();
    fetched.members.retain(|member| member.id.as_str() != "bot");
    fetched
        .privileges
        .retain(|one| one.member.as_str() != "bot");
    fetched
        .folder_grants
        .retain(|one| one.member.as_str() != "bot");
    let differences = compared(&fetched, &[Hidden::IdentityFolderGrants]);
    assert_eq!(differences.len(), 4, "{differences:?}");
}

#[test]
fn a_privilege_that_has_ended_stays_if_only_active_ones_were_seen() {
    let mut fetched = state();
    fetched
        .privileges
        .retain(|privilege| privilege.id.as_str() == "bots");
    let differences = compared(&fetched, &[Hidden::EndedUserPrivileges]);
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
        compared(&fetched, &[Hidden::Roles, Hidden::UserMetadata]),
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
    let lost: Vec<String> = reconcile(&base, &fetched, &unseen)
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
fn a_role_that_is_not_listed_any_more_goes_though_the_rules_of_another_were_not_seen() {
    let mut fetched = state();
    fetched.assignments.clear();
    fetched.roles.clear();
    let kinds = |hidden| compared(&fetched, &[hidden]).len();
    assert_eq!(
        kinds(Hidden::RulesOfRoles),
        2,
        "the role and its assignment"
    );
    assert_eq!(kinds(Hidden::Roles), 1, "the assignment of a seen member");
}

#[test]
fn who_is_in_the_project_through_a_group_stays_while_it_is_not_seen_who_is_in_it() {
    let mut base = state();
    base.members.push(member("guest", MemberKind::User));
    base.group_members
        .push((MemberId::new("team"), MemberId::new("guest")));
    let mut fetched = state();
    fetched.group_members.clear();
    let team = BTreeSet::from([MemberId::new("team")]);
    let unseen = Unseen::from([(Hidden::GroupMembers, team)]);
    assert_eq!(reconcile(&base, &fetched, &unseen), []);
    let others = BTreeSet::from([MemberId::new("others")]);
    let unseen = Unseen::from([(Hidden::GroupMembers, others)]);
    let differences = reconcile(&base, &fetched, &unseen);
    assert_eq!(differences.len(), 2, "both left the group that was seen");
    let seen = reconcile(&base, &fetched, &Unseen::new());
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn metadata_that_an_identity_lost_does_not_stay_because_that_of_users_was_not_seen() {
    let mut fetched = state();
    fetched.members[1].metadata.clear();
    let differences = compared(&fetched, &[Hidden::UserMetadata]);
    assert!(
        matches!(differences.as_slice(), [Difference::Member { after: Some(now), .. }] if now.id.as_str() == "bot" && now.metadata.is_empty()),
        "{differences:?}"
    );
}
