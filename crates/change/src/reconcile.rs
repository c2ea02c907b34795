//! Compares what is stored with what a pull brought, thing by thing, and says what must change, so that
//! the store holds what the server holds.
//!
//! What the pull could not see is no difference: it stays as it was. What only Reeve knows, such as
//! the reason of a privilege, stays as well.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;

/// What the pull could not see, each with whom it is about, which are groups where it is who is in
/// them; nobody means that it may be anybody.
pub type Unseen = BTreeMap<Hidden, BTreeSet<MemberId>>;

/// A kind of thing that the pull could not see, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// Roles.
    Roles,
    /// The rules of some roles, while all roles were listed.
    RulesOfRoles,
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
    /// All folder grants.
    FolderGrants,
    /// Folder grants of users.
    UserFolderGrants,
    /// Folder grants of users that have ended.
    EndedUserFolderGrants,
    /// Folder grants of identities.
    IdentityFolderGrants,
    /// Folder grants of identities that have ended.
    EndedIdentityFolderGrants,
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
    /// A folder grant.
    FolderGrant {
        /// As it was.
        before: Option<FolderGrant>,
        /// As it is.
        after: Option<FolderGrant>,
    },
}

/// Says what must change, one thing after the other: roles first, then members, groups, assignments,
/// privileges and folder grants, because what hangs on something that goes cannot stay.
///
/// Each method takes a thing as it is stored and as it was fetched. Things that are the same on both
/// sides may be left out.
#[derive(Debug)]
pub struct Reconciliation<'a> {
    unseen: &'a Unseen,
    /// When it was fetched.
    now: DateTime<Utc>,
    gone_roles: BTreeSet<RoleId>,
    gone_members: BTreeSet<MemberId>,
}

impl<'a> Reconciliation<'a> {
    /// Begins to compare with what was fetched at `now` by somebody who did not see `unseen`.
    pub fn new(unseen: &'a Unseen, now: DateTime<Utc>) -> Self {
        Self {
            unseen,
            now,
            gone_roles: BTreeSet::new(),
            gone_members: BTreeSet::new(),
        }
    }

    /// What differs of a role, whose rules were fetched or not.
    pub fn role(
        &mut self,
        before: Option<Role>,
        mut after: Option<Role>,
        rules_were_seen: bool,
    ) -> Option<Difference> {
        if let (Some(known), Some(role)) = (&before, &mut after)
            && !rules_were_seen
            && (self.is_hidden(Hidden::Roles) || self.is_hidden(Hidden::RulesOfRoles))
        {
            role.rules.clone_from(&known.rules);
            role.description.clone_from(&known.description);
        }
        if after.is_none() {
            if self.is_hidden(Hidden::Roles) {
                return None;
            }
            let gone = before.iter().map(|role| role.id.clone());
            self.gone_roles.extend(gone);
        }
        (before != after).then_some(Difference::Role { before, after })
    }

    /// What differs of a member. `by_groups` tells whether what is stored is in the project through
    /// groups only.
    pub fn member(
        &mut self,
        before: Option<Member>,
        mut after: Option<Member>,
        by_groups: bool,
    ) -> Option<Difference> {
        if let (Some(known), Some(member)) = (&before, &mut after)
            && member.metadata.is_empty()
            && self.is_metadata_hidden(member)
        {
            member.metadata.clone_from(&known.metadata);
        }
        if let (Some(known), None) = (&before, &after) {
            if self.is_kind_hidden(known.kind) || (by_groups && self.are_groups_hidden()) {
                return None;
            }
            self.gone_members.insert(known.id.clone());
        }
        (before != after).then_some(Difference::Member { before, after })
    }

    /// What differs of the fact that `member` is in `group`.
    pub fn group_membership(
        &self,
        group: MemberId,
        member: MemberId,
        (before, after): (bool, bool),
    ) -> Option<Difference> {
        let is_hidden =
            self.is_hidden(Hidden::Groups) || self.is_hidden_of(Hidden::GroupMembers, &group);
        let stays = is_hidden && self.stays(&group) && self.stays(&member);
        if before == after || (before && stays) {
            return None;
        }
        Some(Difference::GroupMembership {
            group,
            member,
            is_in: after,
        })
    }

    /// What differs of an assignment to a member of this kind.
    pub fn assignment(
        &self,
        before: Option<RoleAssignment>,
        after: Option<RoleAssignment>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), None) = (&before, &after)
            && self.is_kind_hidden(kind)
            && self.stays(&known.member)
            && !self.gone_roles.contains(&known.role)
        {
            return None;
        }
        (before != after).then_some(Difference::Assignment { before, after })
    }

    /// What differs of a privilege of a member of this kind.
    pub fn privilege(
        &self,
        before: Option<AdditionalPrivilege>,
        mut after: Option<AdditionalPrivilege>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), Some(privilege)) = (&before, &mut after) {
            keep_what_only_we_know(known, privilege);
        }
        if let (Some(known), None) = (&before, &after)
            && self.stays(&known.member)
            && self.is_privilege_hidden(known, kind)
        {
            return None;
        }
        (before != after).then_some(Difference::Privilege { before, after })
    }

    /// What differs of a folder grant of a member of this kind.
    pub fn folder_grant(
        &self,
        before: Option<FolderGrant>,
        after: Option<FolderGrant>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), None) = (&before, &after)
            && self.stays(&known.member)
            && self.is_folder_grant_hidden(known, kind)
        {
            return None;
        }
        (before != after).then_some(Difference::FolderGrant { before, after })
    }

    fn stays(&self, member: &MemberId) -> bool {
        !self.gone_members.contains(member)
    }

    fn is_hidden(&self, kind: Hidden) -> bool {
        self.unseen.contains_key(&kind)
    }

    fn is_hidden_of(&self, kind: Hidden, member: &MemberId) -> bool {
        self.unseen
            .get(&kind)
            .is_some_and(|whom| whom.is_empty() || whom.contains(member))
    }

    fn are_groups_hidden(&self) -> bool {
        self.is_hidden(Hidden::Groups) || self.is_hidden(Hidden::GroupMembers)
    }

    fn is_kind_hidden(&self, kind: MemberKind) -> bool {
        self.is_hidden(match kind {
            MemberKind::User => Hidden::Users,
            MemberKind::Identity => Hidden::Identities,
            MemberKind::Group => Hidden::Groups,
        })
    }

    fn is_metadata_hidden(&self, member: &Member) -> bool {
        match member.kind {
            MemberKind::User => self.is_hidden_of(Hidden::UserMetadata, &member.id),
            MemberKind::Identity => self.is_hidden_of(Hidden::IdentityMetadata, &member.id),
            MemberKind::Group => false,
        }
    }

    fn is_privilege_hidden(&self, privilege: &AdditionalPrivilege, kind: MemberKind) -> bool {
        let of = |kind| self.is_hidden_of(kind, &privilege.member);
        self.is_kind_hidden(kind)
            || match kind {
                MemberKind::User => {
                    of(Hidden::UserPrivileges)
                        || (self.is_hidden(Hidden::EndedUserPrivileges)
                            && !privilege.lifetime.is_active(self.now))
                }
                MemberKind::Identity => of(Hidden::IdentityPrivileges),
                MemberKind::Group => false,
            }
    }

    fn is_folder_grant_hidden(&self, grant: &FolderGrant, kind: MemberKind) -> bool {
        let (all, ended) = match kind {
            MemberKind::User => (Hidden::UserFolderGrants, Hidden::EndedUserFolderGrants),
            MemberKind::Identity => (
                Hidden::IdentityFolderGrants,
                Hidden::EndedIdentityFolderGrants,
            ),
            MemberKind::Group => return false,
        };
        self.is_kind_hidden(kind)
            || self.is_hidden(Hidden::FolderGrants)
            || self.is_hidden_of(all, &grant.member)
            || (self.is_hidden(ended) && !grant.lifetime.is_active(self.now))
    }
}

fn keep_what_only_we_know(known: &AdditionalPrivilege, privilege: &mut AdditionalPrivilege) {
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

#[cfg(test)]
mod tests {
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
}
