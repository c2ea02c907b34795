//! Gives a member an additional privilege. It counts at once.

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::PrivilegeId;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::Rule;
use reeve_policy::read::rules_to_text;

use crate::error::DeedError;
use crate::journal::{new_id, privilege_deed};
use crate::preview_privilege::{PrivilegeDraft, Remark, examine};
use crate::reeve::Reeve;

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
    /// The draft cannot be saved; nothing was changed.
    Refused(Vec<Remark>),
}

impl Reeve {
    /// Saves `draft` unless something is wrong with it. The history is written in the same
    /// transaction: without it the privilege is not given.
    pub fn attach_privilege(&self, draft: &PrivilegeDraft) -> Result<Attachment, DeedError> {
        let now = self.now();
        let attachment = self.workspace()?.writer().transaction(|transaction| {
            let preview = examine(transaction, draft, now)?;
            let (Some(slug), Some(lifetime), true) =
                (preview.slug, preview.lifetime, preview.problems.is_empty())
            else {
                return Ok::<_, DeedError>(Attachment::Refused(preview.problems));
            };
            let privilege = AdditionalPrivilege {
                id: PrivilegeId::new(new_id()),
                member: draft.member.clone(),
                slug,
                lifetime,
                rules: rules_to_text(&preview.rules),
                reason: draft.reason.trim().to_owned(),
                ticket: draft.ticket.trim().to_owned(),
                managed: false,
                created_at: now,
                updated_at: now,
            };
            let deed = privilege_deed(None, Some(&privilege), None);
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
