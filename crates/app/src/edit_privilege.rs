//! Changes an additional privilege, or one that begins later, in everything that an admin wrote.

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_policy::read::rules_to_text;

use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange, privilege_deed};
use crate::open_privilege::{OpenedPrivilege, open};
use crate::preview_privilege::{PrivilegeDraft, PrivilegePreview, Remark, StoredGrant, examine};
use crate::reeve::Reeve;
use crate::scheduled::scheduled_deed;

/// How an attempt to change a privilege went.
#[derive(Debug, Clone)]
pub enum Editing {
    /// It stands as written.
    Saved(Box<HistoryEntry>),
    /// It is what was stored already.
    Unchanged,
    /// It cannot be saved so; nothing was changed.
    Refused(Vec<Remark>),
    /// Somebody else changed it meanwhile; nothing was changed. This is how it stands.
    Overtaken(Box<OpenedPrivilege>),
}

impl Reeve {
    /// Saves `draft` over what it is an edit of, unless that has changed since editing began.
    pub fn edit_privilege(&self, draft: &PrivilegeDraft) -> Result<Editing, DeedError> {
        let now = self.now();
        let Some(edited) = &draft.edited else {
            return Err(DeedError::Missing { what: "privilege" });
        };
        let editing = self.workspace()?.writer().transaction(|transaction| {
            let stored = StoredGrant::read(transaction, &edited.grant)?;
            let preview = examine(transaction, draft, now)?;
            if preview.overtaken {
                let opened = open(transaction, &edited.grant, now)?;
                return Ok(Editing::Overtaken(Box::new(opened)));
            }
            let (Some(slug), Some(lifetime), true) = (
                preview.slug.as_deref(),
                preview.lifetime.as_ref(),
                preview.problems.is_empty(),
            ) else {
                return Ok::<_, DeedError>(Editing::Refused(preview.problems));
            };
            let deed = match &stored {
                StoredGrant::Privilege(before) => {
                    edit_of_privilege(draft, &preview.rules, before, slug, lifetime)?
                }
                StoredGrant::Scheduled(before) => {
                    edit_of_scheduled(draft, &preview, before, slug, lifetime)
                }
            };
            let Some(deed) = deed else {
                return Ok(Editing::Unchanged);
            };
            let entry = touched(deed, now).carry_out(transaction, now)?;
            Ok(Editing::Saved(Box::new(entry)))
        })?;
        self.ends_changed.notify_one();
        Ok(editing)
    }
}

fn edit_of_privilege(
    draft: &PrivilegeDraft,
    rules: &[Rule],
    before: &AdditionalPrivilege,
    slug: &str,
    lifetime: &Lifetime,
) -> Result<Option<Deed>, DeedError> {
    if before.managed {
        return Err(managed(&before.slug));
    }
    if draft.start.is_some() {
        return Err(DeedError::Conflict {
            sentence: format!("`{}` counts already, so it cannot begin later", before.slug),
        });
    }
    let after = AdditionalPrivilege {
        slug: slug.to_owned(),
        lifetime: lifetime.clone(),
        rules: kept_text(&before.rules, rules),
        reason: draft.reason.trim().to_owned(),
        ticket: draft.ticket.trim().to_owned(),
        ..before.clone()
    };
    Ok((after != *before).then(|| privilege_deed(Some(before), Some(&after), None)))
}

fn edit_of_scheduled(
    draft: &PrivilegeDraft,
    preview: &PrivilegePreview,
    before: &ScheduledGrant,
    slug: &str,
    lifetime: &Lifetime,
) -> Option<Deed> {
    let stored = match &before.what {
        ScheduledObject::Privilege { rules, .. } => rules.as_str(),
        ScheduledObject::Role(_) => "",
    };
    let start = preview.start.unwrap_or(preview.counted_from);
    let mut after = ScheduledGrant {
        what: ScheduledObject::Privilege {
            slug: slug.to_owned(),
            rules: kept_text(stored, &preview.rules),
        },
        start,
        lifetime: lifetime.clone(),
        reason: draft.reason.trim().to_owned(),
        ticket: draft.ticket.trim().to_owned(),
        ..before.clone()
    };
    if after == *before {
        return None;
    }
    // What was in its way may be so no more; it is tried again at its start.
    after.trouble = None;
    let change = ThingChange::changed(
        Thing::Scheduled(before.clone()),
        Thing::Scheduled(after.clone()),
    );
    Some(scheduled_deed("scheduled.edit", &after, slug, vec![change]))
}

/// The text of `rules`; the `stored` one, byte by byte, if it says the same.
fn kept_text(stored: &str, rules: &[Rule]) -> String {
    let is_same = reeve_policy::read::rules_from_text(stored).is_ok_and(|(read, _)| read == rules);
    if is_same {
        stored.to_owned()
    } else {
        rules_to_text(rules)
    }
}

/// A grant bears when it was changed.
fn touched(mut deed: Deed, now: DateTime<Utc>) -> Deed {
    for change in &mut deed.changes {
        match &mut change.after {
            Some(Thing::Privilege(privilege)) => privilege.updated_at = now,
            Some(Thing::Scheduled(grant)) => grant.updated_at = now,
            _ => {}
        }
    }
    deed
}

/// Why a privilege from an access request is left alone.
pub(crate) fn managed(slug: &str) -> DeedError {
    DeedError::Conflict {
        sentence: format!(
            "`{slug}` was granted by an access request, so it can be neither edited nor removed here"
        ),
    }
}
