//! One act on chosen members: giving and taking a role, putting them into a group or out of it,
//! removing them from the project.
//!
//! An act does what can be done and passes over the rest, each with its reason; what it would do can
//! be seen before. All of it is one entry of the history.

mod membership;
mod privilege;
mod removal;
mod role;

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::Member;
use reeve_store::snapshot::Snapshot;

use crate::blast_radius::AccessEffect;
use crate::duration::{DurationDraft, read_duration};
use crate::error::DeedError;
use crate::journal::{Deed, ThingChange};
use crate::permanent_role::RolesRefusal;
use crate::preview_privilege::{PrivilegeDraft, Remark};
use crate::reeve::Reeve;
use crate::selection::Selection;

/// What is to be done with members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Give them a role.
    AddRole {
        /// The role.
        role: RoleId,
        /// How long.
        duration: DurationDraft,
    },
    /// Take away a role that they have themselves.
    RemoveRole {
        /// The role.
        role: RoleId,
    },
    /// Put them into a group.
    AddToGroup {
        /// The group.
        group: MemberId,
    },
    /// Take them out of a group.
    RemoveFromGroup {
        /// The group.
        group: MemberId,
    },
    /// Give each of them an additional privilege.
    AttachPrivilege(Box<PrivilegeDraft>),
    /// Remove them from the project, with all they have.
    Remove,
}

/// What an act would do, or did.
#[derive(Debug, Clone, Default)]
pub struct ActPreview {
    /// What is wrong with the act itself; nothing is done then.
    pub problems: Vec<Remark>,
    /// How many members were chosen and exist.
    pub chosen: usize,
    /// How many members it changes.
    pub affected: usize,
    /// Who is passed over.
    pub passed_over: Vec<PassedOver>,
    /// What else goes with them: roles, privileges and folder grants of removed members.
    pub loses: Losses,
}

/// What members lose beside what the act names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Losses {
    /// Role assignments.
    pub roles: usize,
    /// Additional privileges.
    pub privileges: usize,
    /// Folder grants.
    pub folder_grants: usize,
    /// Memberships in groups, or members of removed groups.
    pub memberships: usize,
}

/// A member that an act does not change.
#[derive(Debug, Clone)]
pub struct PassedOver {
    /// The member.
    pub member: Member,
    /// Why.
    pub why: Why,
}

/// Why an act passes over a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It has the role already.
    HasRole,
    /// It does not have the role itself.
    HasNotRole,
    /// A server would refuse the roles that it would be left with.
    Roles(RolesRefusal),
    /// It is a group, and a group has roles only.
    GroupHasNoPrivileges,
    /// It has a privilege of this name already.
    NameTaken,
    /// It is a group, and a group holds users and identities only.
    IsGroup,
    /// It is in the group already.
    InGroup,
    /// It is not in the group.
    NotInGroup,
}

/// How an act went.
#[derive(Debug, Clone)]
pub enum ActAnswer {
    /// It was done to some.
    Done {
        /// The entry of the history.
        entry: Box<HistoryEntry>,
        /// What it did.
        preview: ActPreview,
    },
    /// There was nothing that could be done, so nothing was changed.
    Nothing(ActPreview),
}

impl Reeve {
    /// What `act` would do to `selection`. Changes nothing.
    pub fn preview_act(&self, selection: &Selection, act: &Act) -> Result<ActPreview, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(Plan::make(snapshot, selection, act, now)?.preview))
    }

    /// Whose access `act` would change, and how, if it were done to `selection` now. Ends with
    /// [`DeedError::Superseded`] soon after `cancelled` says yes.
    pub fn act_effect(
        &self,
        selection: &Selection,
        act: &Act,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<AccessEffect, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let plan = Plan::make(snapshot, selection, act, now)?;
            self.effect_in(snapshot, &plan.changes, now, cancelled)
        })
    }

    /// Does `act` to `selection`, as far as it can be done.
    pub fn act_on_members(&self, selection: &Selection, act: &Act) -> Result<ActAnswer, DeedError> {
        let now = self.now();
        let answer = self.workspace()?.writer().transaction(|transaction| {
            let plan = Plan::make(transaction, selection, act, now)?;
            if plan.changes.is_empty() {
                return Ok::<_, DeedError>(ActAnswer::Nothing(plan.preview));
            }
            let (deed, preview) = plan.into_deed();
            Ok(ActAnswer::Done {
                entry: Box::new(deed.carry_out(transaction, now)?),
                preview,
            })
        })?;
        self.ends_changed.notify_one();
        Ok(answer)
    }
}

/// What an act comes to.
#[derive(Default)]
struct Plan {
    name: &'static str,
    /// The name of the role or group it is about; of the member if it is about one alone.
    title: String,
    /// The id of what it is about.
    object: String,
    /// Why, in the admin's words.
    reason: String,
    /// The members that it changes.
    affected: Vec<MemberId>,
    changes: Vec<ThingChange>,
    preview: ActPreview,
}

impl Plan {
    fn make(
        snapshot: &Snapshot,
        selection: &Selection,
        act: &Act,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Self, DeedError> {
        let members = snapshot.members(&selection.ids(snapshot, now)?)?;
        let mut problems = Vec::new();
        let mut plan = match act {
            Act::AddRole { role, duration } => match read_duration(duration, now, &mut problems) {
                Some(lifetime) => role::add(snapshot, &members, role, &lifetime)?,
                None => Self::default(),
            },
            Act::RemoveRole { role } => role::remove(snapshot, &members, role)?,
            Act::AddToGroup { group } => membership::add(snapshot, &members, group)?,
            Act::RemoveFromGroup { group } => membership::remove(snapshot, &members, group)?,
            Act::AttachPrivilege(draft) => {
                privilege::attach(snapshot, &members, draft, now, &mut problems)?
            }
            Act::Remove => removal::remove(snapshot, &members)?,
        };
        plan.preview.problems = problems;
        plan.preview.chosen = members.len();
        plan.preview.affected = plan.affected.len();
        Ok(plan)
    }

    fn affect(&mut self, member: &MemberId, change: ThingChange) {
        self.affected.push(member.clone());
        self.changes.push(change);
    }

    fn pass_over(&mut self, member: &Member, why: Why) {
        self.preview.passed_over.push(PassedOver {
            member: member.clone(),
            why,
        });
    }

    /// Several members are counted in the title, since the entry names none of them.
    fn into_deed(self) -> (Deed, ActPreview) {
        let one = match self.affected.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        };
        let title = match (self.affected.len(), self.title.is_empty()) {
            (1, _) => self.title,
            (count, true) => format!("{count} members"),
            (count, false) => format!("{} · {count} members", self.title),
        };
        let deed = Deed {
            name: self.name.to_owned(),
            member: one,
            object: self.object,
            title,
            reason: self.reason,
            changes: self.changes,
            undoes: None,
        };
        (deed, self.preview)
    }
}

/// The lifetimes of `held` by one member after a change.
fn check<'a>(lifetimes: impl IntoIterator<Item = &'a Lifetime>) -> Option<Why> {
    crate::permanent_role::check_roles(lifetimes)
        .err()
        .map(Why::Roles)
}
