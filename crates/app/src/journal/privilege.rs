//! The deeds done to one privilege.

use reeve_domain::id::HistoryId;
use reeve_domain::privilege::AdditionalPrivilege;

use super::{Deed, Thing, ThingChange};

/// What is done to one privilege: before is `None` if it is made, after if it is removed.
pub(crate) fn privilege_deed(
    before: Option<&AdditionalPrivilege>,
    after: Option<&AdditionalPrivilege>,
    undoes: Option<HistoryId>,
) -> Deed {
    let subject = after.or(before);
    let changes = match (before.cloned(), after.cloned()) {
        (Some(before), Some(after)) => {
            vec![ThingChange::changed(
                Thing::Privilege(before),
                Thing::Privilege(after),
            )]
        }
        (None, Some(after)) => vec![ThingChange::made(Thing::Privilege(after))],
        (Some(before), None) => vec![ThingChange::removed(Thing::Privilege(before))],
        (None, None) => Vec::new(),
    };
    Deed {
        name: match (before, after) {
            (None, _) => "privilege.attach",
            (Some(_), None) => "privilege.remove",
            (Some(_), Some(_)) => "privilege.edit",
        }
        .into(),
        member: subject.map(|privilege| privilege.member.clone()),
        object: subject.map_or_else(String::new, |privilege| privilege.id.to_string()),
        title: subject.map_or_else(String::new, |privilege| privilege.slug.clone()),
        reason: match undoes {
            None => after.map_or_else(String::new, |after| after.reason.clone()),
            Some(_) => String::new(),
        },
        changes,
        undoes,
    }
}
