//! Acts on chosen members.

use std::collections::BTreeMap;

use reeve_app::act_on_members::{self as app, Why};
use reeve_app::selection::Selection;
use reeve_domain::id::{MemberId, RoleId};

use super::common::{count, member_ref};
use super::error::sentence;
use super::history::done;
use super::member::filter;
use super::privilege::{draft, duration, remarks};
use crate::dto::act::{
    MemberSelection, MembersAct, MembersActAnswer, MembersActPreview, PassedOver,
};

/// How many members that are passed over are named for each reason.
const NAMED: usize = 5;

/// The selection as the use cases take it.
pub fn selection(selection: MemberSelection) -> Selection {
    let ids = |ids: Vec<String>| ids.into_iter().map(MemberId::from);
    match selection {
        MemberSelection::Members { members } => Selection::Members(ids(members).collect()),
        MemberSelection::Matching {
            filter: chosen,
            except,
        } => Selection::Matching {
            filter: filter(chosen),
            except: ids(except).collect(),
        },
    }
}

/// The act as the use cases take it.
pub fn act(act: MembersAct) -> app::Act {
    match act {
        MembersAct::AddRole {
            role,
            duration: lasting,
        } => app::Act::AddRole {
            role: RoleId::from(role),
            duration: duration(lasting),
        },
        MembersAct::RemoveRole { role } => app::Act::RemoveRole {
            role: RoleId::from(role),
        },
        MembersAct::AddToGroup { group } => app::Act::AddToGroup {
            group: MemberId::from(group),
        },
        MembersAct::RemoveFromGroup { group } => app::Act::RemoveFromGroup {
            group: MemberId::from(group),
        },
        MembersAct::AttachPrivilege { draft: given } => {
            app::Act::AttachPrivilege(Box::new(draft(*given)))
        }
        MembersAct::Remove => app::Act::Remove,
    }
}

/// What an act would do, as it travels.
pub fn preview(preview: &app::ActPreview) -> MembersActPreview {
    let mut by_reason: BTreeMap<Why, PassedOver> = BTreeMap::new();
    for passed in &preview.passed_over {
        let entry = by_reason.entry(passed.why).or_insert_with(|| PassedOver {
            reason: reason(passed.why),
            count: 0,
            members: Vec::new(),
        });
        entry.count += 1;
        if entry.members.len() < NAMED {
            entry.members.push(member_ref(&passed.member));
        }
    }
    MembersActPreview {
        problems: remarks(&preview.problems),
        chosen: count(preview.chosen),
        affected: count(preview.affected),
        passed_over: by_reason.into_values().collect(),
        loses_roles: count(preview.loses.roles),
        loses_privileges: count(preview.loses.privileges),
        loses_folder_grants: count(preview.loses.folder_grants),
        loses_memberships: count(preview.loses.memberships),
    }
}

/// How an act went, as it travels.
pub fn answer(answer: &app::ActAnswer) -> MembersActAnswer {
    match answer {
        app::ActAnswer::Done {
            entry,
            preview: did,
        } => MembersActAnswer::Done {
            done: done(entry),
            preview: preview(did),
        },
        app::ActAnswer::Nothing(would) => MembersActAnswer::Nothing {
            preview: preview(would),
        },
    }
}

fn reason(why: Why) -> String {
    match why {
        Why::HasRole => "has the role already".into(),
        Why::HasNotRole => "does not have the role itself".into(),
        Why::Roles(refusal) => sentence(&refusal.to_string()),
        Why::GroupHasNoPrivileges => "is a group, which has roles only".into(),
        Why::NameTaken => "has a privilege of this name already".into(),
        Why::IsGroup => "is a group, which cannot be in a group".into(),
        Why::InGroup => "is in the group already".into(),
        Why::NotInGroup => "is not in the group".into(),
    }
}
