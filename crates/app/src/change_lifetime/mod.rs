//! Changes how long privileges and role assignments count: extend, shorten, end now, restart, renew,
//! make permanent; and takes away what has ended.
//!
//! One act on one grant or on many. What can be done is done, the rest is passed over, each with its
//! reason, and all of it can be seen before. What was seen is what is done: an act that was looked at
//! counts from the instant it was looked at, and is refused if anything it would change has changed.

mod plan;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{AssignmentId, PrivilegeId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::lifetime_change::Unchanged;
use reeve_domain::member::Member;

use crate::error::DeedError;
use crate::permanent_role::RolesRefusal;
use crate::reeve::Reeve;
use crate::remark::Remark;
use crate::selection::Selection;
use plan::Plan;

/// How long what was looked at may be acted on; then it is looked at again.
const SEEN_FOR: TimeDelta = TimeDelta::minutes(2);

/// One thing that gives access for a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantRef {
    /// An additional privilege.
    Privilege(PrivilegeId),
    /// A role that a member has itself.
    Assignment(AssignmentId),
}

/// What an act is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Targets {
    /// These.
    Grants(BTreeSet<GrantRef>),
    /// All that is timed and that chosen members have themselves: what still counts, or for renewing
    /// and removing what has ended.
    Members {
        /// The members.
        selection: Selection,
        /// Whether their privileges are meant.
        privileges: bool,
        /// Whether their roles are meant.
        roles: bool,
    },
}

/// What is done, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LifetimeAct {
    /// Gives a later end.
    Extend(EndDraft),
    /// Gives an earlier end; one to what is permanent.
    Shorten(EndDraft),
    /// Ends it now.
    EndNow,
    /// Begins its duration again, or the one given.
    Restart(Option<String>),
    /// Begins what has ended again.
    Renew(Option<String>),
    /// Takes the end away.
    MakePermanent,
    /// Takes the whole grant away.
    Remove,
}

/// A new end, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndDraft {
    /// A range later or earlier than the present end.
    By(String),
    /// A range from now.
    In(String),
    /// An instant, as text with an offset.
    At(String),
}

/// An act and what it is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifetimeRequest {
    /// To what.
    pub targets: Targets,
    /// What.
    pub act: LifetimeAct,
    /// Why; kept in the history.
    pub reason: String,
}

/// The preview that an admin agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it was made; ends count from there.
    pub at: DateTime<Utc>,
    /// What identifies it.
    pub digest: String,
}

/// What an act would do, or did.
#[derive(Debug, Clone)]
pub struct LifetimePreview {
    /// What identifies it, with the instant from which ends are counted.
    pub seen: Seen,
    /// What is wrong with the act itself; nothing is done then.
    pub problems: Vec<Remark>,
    /// What becomes of each grant, member by member.
    pub rows: Vec<LifetimeRow>,
    /// How many of the grants named do not exist any more.
    pub gone: usize,
}

/// What becomes of one grant.
#[derive(Debug, Clone)]
pub struct LifetimeRow {
    /// The grant.
    pub grant: GrantRef,
    /// Who has it.
    pub member: Member,
    /// The name of the privilege or role.
    pub title: String,
    /// How long it counts.
    pub before: Lifetime,
    /// What becomes of it.
    pub outcome: LifetimeOutcome,
}

/// What becomes of a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LifetimeOutcome {
    /// It counts as long as this.
    Changed(Lifetime),
    /// It is taken away.
    Removed,
    /// It stays as it is.
    PassedOver(WhyNot),
}

/// Why a grant stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum WhyNot {
    /// The act does not apply to its lifetime.
    #[error(transparent)]
    Unchanged(#[from] Unchanged),
    /// A server would refuse the roles that its member would be left with.
    #[error(transparent)]
    Roles(#[from] RolesRefusal),
    /// It came from an access request.
    #[error("it was granted by an access request, so only the request can change it")]
    Managed,
}

/// How an act went.
#[derive(Debug, Clone)]
pub enum LifetimeAnswer {
    /// It was done to some.
    Done {
        /// The entry of the history.
        entry: Box<HistoryEntry>,
        /// What it did.
        preview: LifetimePreview,
    },
    /// It could be done to nothing, so nothing was changed.
    Nothing(LifetimePreview),
    /// What was seen is not how it stands any more; nothing was changed. This is how it stands.
    Moved(LifetimePreview),
}

impl Reeve {
    /// What `request` would do now. Changes nothing.
    pub fn preview_change_lifetime(
        &self,
        request: &LifetimeRequest,
    ) -> Result<LifetimePreview, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(Plan::make(snapshot, request, now)?.preview))
    }

    /// Does what `request` says, as far as it can be done; as it was seen, if it was.
    pub fn change_lifetime(
        &self,
        request: &LifetimeRequest,
        seen: Option<&Seen>,
    ) -> Result<LifetimeAnswer, DeedError> {
        let now = self.now();
        let answer = self.workspace()?.writer().transaction(|transaction| {
            let is_fresh = |seen: &&Seen| seen.at <= now && now - seen.at <= SEEN_FOR;
            let at = seen.filter(is_fresh).map_or(now, |seen| seen.at);
            let plan = Plan::make(transaction, request, at)?;
            if seen.is_some_and(|seen| *seen != plan.preview.seen) || plan.has_ended_between(now) {
                let preview = Plan::make(transaction, request, now)?.preview;
                return Ok::<_, DeedError>(LifetimeAnswer::Moved(preview));
            }
            if plan.is_empty() {
                return Ok(LifetimeAnswer::Nothing(plan.preview));
            }
            let (deed, preview) = plan.into_deed(request, now);
            Ok(LifetimeAnswer::Done {
                entry: Box::new(deed.carry_out(transaction, now)?),
                preview,
            })
        })?;
        self.ends_changed.notify_one();
        Ok(answer)
    }
}
