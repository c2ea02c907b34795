//! Adds a member to the project, and changes what a member is.

mod examine;

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};

use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange, new_id};
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;
use examine::examine;

/// A member being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberDraft {
    /// The member that is changed; `None` if one is added.
    pub member: Option<MemberId>,
    /// What the change began from, as [`revision`] says; not used where one is added.
    pub revision: Option<String>,
    /// What it is; fixed once it is added.
    pub kind: MemberKind,
    /// The name shown.
    pub name: String,
    /// The e-mail address of a user, the slug of a group; not used for an identity.
    pub handle: String,
    /// What a user signs in with; the e-mail address if it is empty.
    pub username: String,
    /// How an identity proves who it is.
    pub auth_methods: Vec<String>,
    /// Keys and values that templates may use; not used for a group.
    pub metadata: Vec<(String, String)>,
    /// The first role, which is permanent; not used for a change.
    pub role: Option<RoleId>,
    /// Who is in the group from the start; not used for a change.
    pub members: Vec<MemberId>,
}

/// What is wrong with a draft, and what is probably not meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberCheck {
    /// What keeps it from being saved.
    pub problems: Vec<Remark>,
    /// What can be saved but is probably not meant.
    pub warnings: Vec<Remark>,
}

/// How saving went.
#[derive(Debug, Clone)]
pub enum MemberSaved {
    /// It is saved.
    Saved {
        /// The member.
        member: MemberId,
        /// The entry of the history; `None` if nothing was different.
        entry: Option<Box<HistoryEntry>>,
    },
    /// It cannot be saved; nothing was changed.
    Refused(MemberCheck),
    /// Somebody else changed it since; nothing was changed.
    Overtaken,
}

/// What tells this state of `member` from every other.
pub fn revision(member: &Member) -> String {
    Thing::Member(member.clone()).revision()
}

impl Reeve {
    /// Looks at `draft`.
    pub fn check_member(&self, draft: &MemberDraft) -> Result<MemberCheck, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(examine(snapshot, draft)?.check))
    }

    /// Saves `draft` unless something is wrong with it, or the member is not any more what the
    /// change began from.
    pub fn write_member(&self, draft: &MemberDraft) -> Result<MemberSaved, DeedError> {
        let now = self.now();
        self.workspace()?.writer().transaction(|transaction| {
            let examined = examine(transaction, draft)?;
            if let Some(before) = &examined.before
                && draft.revision.as_ref() != Some(&revision(before))
            {
                return Ok(MemberSaved::Overtaken);
            }
            let (Some(member), true) = (examined.member, examined.check.problems.is_empty()) else {
                return Ok::<_, DeedError>(MemberSaved::Refused(examined.check));
            };
            let id = member.id.clone();
            let deed = match examined.before {
                Some(before) if before == member => {
                    return Ok(MemberSaved::Saved {
                        member: id,
                        entry: None,
                    });
                }
                Some(before) => edit(before, member),
                None => add(member, draft),
            };
            Ok(MemberSaved::Saved {
                member: id,
                entry: Some(Box::new(deed.carry_out(transaction, now)?)),
            })
        })
    }
}

fn edit(before: Member, after: Member) -> Deed {
    Deed {
        name: "member.edit".to_owned(),
        member: Some(after.id.clone()),
        object: after.id.to_string(),
        title: after.name.clone(),
        reason: String::new(),
        changes: vec![ThingChange::changed(
            Thing::Member(before),
            Thing::Member(after),
        )],
        undoes: None,
    }
}

fn add(member: Member, draft: &MemberDraft) -> Deed {
    let id = member.id.clone();
    let title = member.name.clone();
    let assignment = draft.role.clone().map(|role| {
        Thing::Assignment(RoleAssignment {
            id: AssignmentId::new(new_id()),
            member: id.clone(),
            role,
            lifetime: Lifetime::Permanent,
        })
    });
    let memberships = draft.members.iter().map(|member| Thing::GroupMembership {
        group: id.clone(),
        member: member.clone(),
    });
    let things = [Thing::Member(member)]
        .into_iter()
        .chain(assignment)
        .chain(memberships);
    Deed {
        name: "member.add".to_owned(),
        member: Some(id.clone()),
        object: id.to_string(),
        title,
        reason: String::new(),
        changes: things.map(ThingChange::made).collect(),
        undoes: None,
    }
}
