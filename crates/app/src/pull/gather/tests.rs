//! What arrives in an order that only a project has that is changed while it is read.

use reeve_domain::id::AssignmentId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::role::RoleKind;

use super::*;

fn role(id: &str) -> Role {
    Role {
        id: RoleId::new(id),
        kind: RoleKind::Custom,
        slug: format!("slug-{id}"),
        name: id.into(),
        description: String::new(),
        rules: "[]".into(),
    }
}

fn member(id: &str, kind: MemberKind) -> Kept<Member> {
    let thing = Member {
        id: MemberId::new(id),
        kind,
        name: id.into(),
        handle: String::new(),
        username: String::new(),
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    };
    let raw = Box::from("{}");
    Kept { thing, raw }
}

fn holding(id: &str, role: Role) -> Arrival {
    let held = HeldRole {
        id: AssignmentId::new(format!("{id} holds")),
        role,
        lifetime: Lifetime::Permanent,
        raw: Box::from("{}"),
    };
    Arrival::Member(member(id, MemberKind::User), vec![held])
}

fn gathered(arriving: Vec<Arrival>) -> Result<Gathered, DeedError> {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::in_folder(folder.path(), Purpose::Again)?;
    let (arrivals, receiver) = tokio::sync::mpsc::channel(arriving.len());
    for arrival in arriving {
        arrivals.try_send(arrival).unwrap();
    }
    drop(arrivals);
    gather(place, Server::default(), receiver)
}

fn there(gathered: &Gathered, ids: &[&str]) -> Vec<bool> {
    let reader = gathered.workspace.reader();
    let is_there = |id: &&str| reader.read(|snapshot| snapshot.member(&MemberId::new(*id)));
    ids.iter()
        .map(|id| is_there(id).unwrap().is_some())
        .collect()
}

#[test]
fn who_was_seen_in_a_group_and_is_in_none_in_the_end_is_no_member() {
    let gathered = gathered(vec![
        Arrival::Member(member("ann", MemberKind::User), Vec::new()),
        Arrival::Member(member("team", MemberKind::Group), Vec::new()),
        Arrival::GroupPerson(member("left", MemberKind::User)),
        Arrival::GroupPerson(member("guest", MemberKind::User)),
        Arrival::GroupPerson(member("ann", MemberKind::User)),
        Arrival::GroupMembers("team".into(), vec!["guest".into()]),
    ])
    .unwrap();
    let there = there(&gathered, &["ann", "guest", "left"]);
    assert_eq!(there, [true, true, false]);
}

#[test]
fn a_role_that_is_gone_stays_only_while_somebody_has_it_and_then_its_rules_are_not_known() {
    let gathered = gathered(vec![
        Arrival::RoleHead(role("free")),
        Arrival::RoleHead(role("held")),
        holding("ann", role("held")),
        holding("bob", role("never listed")),
        Arrival::RoleGone("free".into()),
        Arrival::RoleGone("held".into()),
    ])
    .unwrap();
    let unlisted: Vec<&str> = gathered
        .unlisted
        .iter()
        .map(|role| role.id.as_str())
        .collect();
    assert_eq!(unlisted, ["never listed", "held"]);
    let roles = gathered
        .workspace
        .reader()
        .read(reeve_store::snapshot::Snapshot::role_count);
    assert_eq!(roles.unwrap(), 2, "nobody has the other one");
}

#[test]
fn rules_of_a_role_that_took_the_name_of_a_listed_one_end_the_pull() {
    let mut other = role("new");
    other.slug = "slug-old".into();
    let ended = gathered(vec![
        Arrival::RoleHead(role("old")),
        Arrival::Role(Kept {
            thing: other,
            raw: Box::from("{}"),
        }),
    ]);
    let changing = |error| matches!(error, DeedError::Remote(FetchError::KeptChanging { .. }));
    assert!(ended.err().is_some_and(changing));
}

#[test]
fn only_what_a_crash_left_long_ago_is_swept_away() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new, other) = (".pull-old", ".pull-new", "old");
    let long_ago = SystemTime::now() - 2 * ABANDONED;
    for name in [old, new, other] {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).unwrap();
        if name != new {
            let opened = std::fs::File::open(&path).unwrap();
            opened.set_modified(long_ago).unwrap();
        }
    }
    drop(Place::in_folder(folder.path(), Purpose::Again).unwrap());
    let left = |name: &str| folder.path().join(name).exists();
    assert_eq!((left(old), left(new), left(other)), (false, true, true));
}
