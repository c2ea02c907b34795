//! Gives a member an additional privilege: at once, or at an instant to come.

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{PrivilegeId, ScheduledId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_policy::read::rules_to_text;

use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange, new_id, privilege_deed};
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
        let attachment = self.workspace()?.writer().transaction(|transaction| {
            let preview = examine(transaction, draft, now)?;
            let (Some(slug), Some(lifetime), true) = (
                preview.slug.as_deref(),
                preview.lifetime.as_ref(),
                preview.problems.is_empty(),
            ) else {
                return Ok::<_, DeedError>(Attachment::Refused(preview.problems));
            };
            if let Some(start) = preview.start {
                let grant = scheduled(draft, &preview, slug, lifetime, start, now);
                let change = ThingChange::made(Thing::Scheduled(grant.clone()));
                let deed = scheduled_deed("scheduled.add", &grant, slug, vec![change]);
                let entry = Box::new(deed.carry_out(transaction, now)?);
                return Ok(Attachment::Scheduled {
                    grant: Box::new(grant),
                    entry,
                });
            }
            let privilege = AdditionalPrivilege {
                id: PrivilegeId::new(new_id()),
                member: draft.member.clone(),
                slug: slug.to_owned(),
                lifetime: lifetime.clone(),
                rules: rules_to_text(&preview.rules),
                reason: draft.reason.trim().to_owned(),
                ticket: draft.ticket.trim().to_owned(),
                managed: false,
                created_at: now,
                updated_at: now,
            };
            let deed: Deed = privilege_deed(None, Some(&privilege), None);
            let entry = deed.carry_out(transaction, now)?;
            Ok(Attachment::Attached {
                privilege: Box::new(privilege),
                rules: preview.rules,
                entry: Box::new(entry),
            })
        })?;
        self.ends_changed.notify_one();
        Ok(attachment)
    }
}

fn scheduled(
    draft: &PrivilegeDraft,
    preview: &PrivilegePreview,
    slug: &str,
    lifetime: &Lifetime,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
) -> ScheduledGrant {
    ScheduledGrant {
        id: ScheduledId::new(new_id()),
        member: draft.member.clone(),
        what: ScheduledObject::Privilege {
            slug: slug.to_owned(),
            rules: rules_to_text(&preview.rules),
        },
        start,
        lifetime: lifetime.clone(),
        reason: draft.reason.trim().to_owned(),
        ticket: draft.ticket.trim().to_owned(),
        created_at: now,
        updated_at: now,
        trouble: None,
    }
}
