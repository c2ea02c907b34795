//! Grants that begin later, and entries of the history that concern several members.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use reeve_domain::lifetime::Lifetime;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_store::error::StoreError;
use reeve_store::history::{Concern, HistoryQuery};
use support::{Temporary, at, entry, group, role, until, user};

fn team() -> Temporary {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        transaction.insert_member(&user("ann", "Ann"))?;
        transaction.insert_member(&user("bob", "Bob"))?;
        transaction.insert_member(&group("ops", "Ops"))?;
        transaction.insert_role(&role("r"))
    });
    temporary
}

fn scheduled(id: &str, member: &str, start: i64, what: ScheduledObject) -> ScheduledGrant {
    ScheduledGrant {
        id: id.into(),
        member: member.into(),
        what,
        start: at(start),
        lifetime: until(start + 60),
        reason: "migration".into(),
        ticket: "OPS-1".into(),
        created_at: at(0),
        updated_at: at(1),
        trouble: None,
    }
}

fn privilege() -> ScheduledObject {
    ScheduledObject::Privilege {
        slug: "db".into(),
        rules: "[1.50]".into(),
    }
}

#[test]
fn what_is_scheduled_is_read_back_unchanged_and_in_the_order_of_its_start() {
    let temporary = team();
    let mut given = [
        scheduled("a", "ann", 10, privilege()),
        scheduled("b", "ann", 5, ScheduledObject::Role("r".into())),
        scheduled("c", "bob", 7, privilege()),
    ];
    given[1].lifetime = Lifetime::Permanent;
    given[1].trouble = Some("the name is taken".into());
    temporary.write(|transaction| {
        given
            .iter()
            .try_for_each(|grant| transaction.insert_scheduled(grant))
    });
    let of_ann = temporary.read(|snapshot| snapshot.scheduled_of(&["ann".into()]));
    assert_eq!(of_ann, [given[1].clone(), given[0].clone()]);
    let begun = temporary.read(|snapshot| snapshot.scheduled_begun(at(7)));
    assert_eq!(begun, [given[1].clone(), given[2].clone()]);
    let next = |minute| temporary.read(|snapshot| snapshot.next_start_after(at(minute)));
    assert_eq!(
        [next(0), next(5), next(10)],
        [Some(at(5)), Some(at(7)), None]
    );

    given[0].start = at(20);
    given[0].what = ScheduledObject::Role("r".into());
    temporary.write(|transaction| transaction.update_scheduled(&given[0]));
    let changed = temporary.read(|snapshot| snapshot.scheduled(&"a".into()));
    assert_eq!(changed.as_ref(), Some(&given[0]));
    temporary.write(|transaction| transaction.remove_scheduled(&"a".into()));
    assert_eq!(
        temporary.read(|snapshot| snapshot.scheduled(&"a".into())),
        None
    );
}

#[test]
fn what_is_scheduled_goes_with_its_member_and_holds_its_role() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.insert_scheduled(&scheduled("a", "ann", 5, ScheduledObject::Role("r".into())))
    });
    let held = temporary.refuses(|transaction| transaction.remove_role(&"r".into()));
    assert!(matches!(held, StoreError::InUse { .. }), "{held:?}");
    temporary.write(|transaction| transaction.remove_member(&"ann".into()));
    assert_eq!(
        temporary.read(|snapshot| snapshot.scheduled(&"a".into())),
        None
    );
    temporary.write(|transaction| transaction.remove_role(&"r".into()));
}

#[test]
fn nothing_is_scheduled_for_a_member_that_does_not_exist_or_a_privilege_for_a_group() {
    let temporary = team();
    temporary.refuses(|transaction| {
        transaction.insert_scheduled(&scheduled("a", "nobody", 5, privilege()))
    });
    temporary.refuses(|transaction| {
        transaction.insert_scheduled(&scheduled("a", "ops", 5, privilege()))
    });
    temporary.write(|transaction| {
        transaction.insert_scheduled(&scheduled("a", "ops", 5, ScheduledObject::Role("r".into())))
    });
}

#[test]
fn an_entry_that_concerns_several_members_is_in_the_history_of_each() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.append_history(&entry("h1", Some("ann")))?;
        transaction.append_history(&entry("h2", None))?;
        let members = ["ann", "bob"].map(|id| Concern::Member(id.into()));
        transaction.note_concerned(&"h2".into(), members)?;
        transaction.append_history(&entry("h3", Some("ann")))
    });
    let ids = |member: &str, before: Option<&str>| -> Vec<String> {
        let query = HistoryQuery {
            member: Some(member.into()),
            before: before.map(Into::into),
            limit: 2,
            ..HistoryQuery::default()
        };
        let page = temporary.read(|snapshot| snapshot.history_page(&query));
        page.entries
            .iter()
            .map(|recorded| recorded.entry.id.to_string())
            .collect()
    };
    assert_eq!(ids("ann", None), ["h3", "h2"]);
    assert_eq!(ids("ann", Some("h2")), ["h1"]);
    assert_eq!(ids("bob", None), ["h2"]);
    assert_eq!(ids("ops", None), Vec::<String>::new());
}
