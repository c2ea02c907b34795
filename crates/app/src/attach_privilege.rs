//! Gives a member an additional privilege: at once, or at an instant to come.

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{MemberId, PrivilegeId, ScheduledId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_policy::read::rules_to_text;

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange, new_id, privilege_deed};
use crate::preview_privilege::{PrivilegeDraft, PrivilegePreview, Remark, examine};
use crate::reeve::Reeve;
use crate::scheduled::scheduled_deed;

/// How an attempt to attach a privilege went.
#[derive(Debug, Clone)]
pub enum Attachment {
    /// It stands and counts.
    Attached {
        /// The privilege.
        privilege: Box<AdditionalPrivilege>,
        /// Its rules.
        rules: Vec<Rule>,
        /// The entry of the history.
        entry: Box<HistoryEntry>,
    },
    /// It waits for its start.
    Scheduled {
        /// What waits.
        grant: Box<ScheduledGrant>,
        /// The entry of the history.
        entry: Box<HistoryEntry>,
    },
    /// The draft cannot be saved; nothing was changed.
    Refused(Vec<Remark>),
}

impl Reeve {
    /// Saves `draft` as something new unless something is wrong with it. The history is written in
    /// the same transaction: without it the privilege is not given.
    pub fn attach_privilege(&self, draft: &PrivilegeDraft) -> Result<Attachment, DeedError> {
        let now = self.now();
        let draft = &PrivilegeDraft {
            edited: None,
            ..draft.clone()
        };
        let Some(member) = &draft.member else {
            return Err(DeedError::Missing { what: "member" });
        };
        let attachment = self.workspace()?.writer().transaction(|transaction| {
            let preview = examine(transaction, draft, now)?;
            let Some(given) = Given::new(draft, &preview, now) else {
                return Ok::<_, DeedError>(Attachment::Refused(preview.problems));
            };
            Ok(match given.to(member) {
                GivenThing::Scheduled(grant) => {
                    let change = ThingChange::made(Thing::Scheduled(grant.clone()));
                    let deed = scheduled_deed("scheduled.add", &grant, given.slug, vec![change]);
                    Attachment::Scheduled {
                        entry: Box::new(deed.carry_out(transaction, now)?),
                        grant: Box::new(grant),
                    }
                }
                GivenThing::Privilege(privilege) => {
                    let deed = privilege_deed(None, Some(&privilege), None);
                    Attachment::Attached {
                        entry: Box::new(deed.carry_out(transaction, now)?),
                        privilege: Box::new(privilege),
                        rules: preview.rules,
                    }
                }
            })
        })?;
        self.ends_changed.notify_one();
        Ok(attachment)
    }
}

/// A draft with nothing wrong, ready to be given to whoever it is for.
pub(crate) struct Given<'a> {
    draft: &'a PrivilegeDraft,
    /// Its name.
    pub(crate) slug: &'a str,
    start: Option<DateTime<Utc>>,
    lifetime: &'a Lifetime,
    rules: String,
    now: DateTime<Utc>,
}

/// What a member is given.
pub(crate) enum GivenThing {
    /// It counts at once.
    Privilege(AdditionalPrivilege),
    /// It waits for its start.
    Scheduled(ScheduledGrant),
}

impl<'a> Given<'a> {
    /// `None` if something is wrong with `draft`.
    pub(crate) fn new(
        draft: &'a PrivilegeDraft,
        preview: &'a PrivilegePreview,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        Some(Self {
            draft,
            slug: preview.slug.as_deref()?,
            start: preview.start,
            lifetime: preview
                .lifetime
                .as_ref()
                .filter(|_| preview.problems.is_empty())?,
            rules: rules_to_text(&preview.rules),
            now,
        })
    }

    /// What `member` is given.
    pub(crate) fn to(&self, member: &MemberId) -> GivenThing {
        let (slug, rules) = (self.slug.to_owned(), self.rules.clone());
        let reason = self.draft.reason.trim().to_owned();
        let ticket = self.draft.ticket.trim().to_owned();
        match self.start {
            Some(start) => GivenThing::Scheduled(ScheduledGrant {
                id: ScheduledId::new(new_id()),
                member: member.clone(),
                what: ScheduledObject::Privilege { slug, rules },
                start,
                lifetime: self.lifetime.clone(),
                reason,
                ticket,
                created_at: self.now,
                updated_at: self.now,
                trouble: None,
            }),
            None => GivenThing::Privilege(AdditionalPrivilege {
                id: PrivilegeId::new(new_id()),
                member: member.clone(),
                slug,
                lifetime: self.lifetime.clone(),
                rules,
                reason,
                ticket,
                managed: false,
                created_at: self.now,
                updated_at: self.now,
            }),
        }
    }
}
