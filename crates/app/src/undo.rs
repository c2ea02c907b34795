//! Takes back what an entry of the history did, as a new entry of its own, which can be taken back
//! in turn.

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::HistoryId;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_store::error::StoreError;
use reeve_store::transaction::Transaction;

use crate::error::DeedError;
use crate::journal::{privilege_entry, privilege_text, read_privilege};
use crate::reeve::Reeve;

impl Reeve {
    /// Takes back the entry `id`. Refused if it was taken back already, or if what it changed has
    /// changed again since.
    pub fn undo(&self, id: &HistoryId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let written = self.workspace()?.writer().transaction(|transaction| {
            let entry = transaction.history_entry(id)?.ok_or(DeedError::Missing {
                what: "history entry",
            })?;
            if transaction.undo_of(id)?.is_some() {
                return Err(conflict("this was taken back already"));
            }
            let (before, after) = states(&entry)?;
            let written = privilege_entry(now, after.as_ref(), before.as_ref(), Some(id.clone()));
            restore(transaction, before.as_ref(), after.as_ref())?;
            transaction.append_history(&written)?;
            Ok(written)
        })?;
        self.ends_changed.notify_one();
        Ok(written)
    }
}

/// The privilege before and after the entry.
type States = (Option<AdditionalPrivilege>, Option<AdditionalPrivilege>);

fn states(entry: &HistoryEntry) -> Result<States, DeedError> {
    let read = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => read_privilege(text)
            .map(Some)
            .ok_or_else(|| conflict("this entry of the history cannot be read")),
    };
    let states = (read(&entry.before)?, read(&entry.after)?);
    if states.0.is_none() && states.1.is_none() {
        return Err(conflict("this entry of the history changed nothing"));
    }
    Ok(states)
}

fn restore(
    transaction: &Transaction,
    before: Option<&AdditionalPrivilege>,
    after: Option<&AdditionalPrivilege>,
) -> Result<(), DeedError> {
    if let Some(after) = after {
        let stored = transaction.privilege(&after.id)?;
        if stored.as_ref().map(privilege_text) != Some(privilege_text(after)) {
            return Err(conflict(&format!(
                "the privilege `{}` has changed since",
                after.slug
            )));
        }
    }
    match (before, after) {
        (Some(before), Some(_)) => transaction.update_privilege(before)?,
        (Some(before), None) => transaction.insert_privilege(before).map_err(of_insert)?,
        (None, Some(after)) => transaction.remove_privilege(&after.id)?,
        (None, None) => {}
    }
    Ok(())
}

fn of_insert(error: StoreError) -> DeedError {
    match error {
        StoreError::SlugTaken { slug } => conflict(&format!(
            "the member has another privilege called `{slug}` now"
        )),
        StoreError::Dangling { .. } => conflict("the member does not exist any more"),
        other => other.into(),
    }
}

fn conflict(sentence: &str) -> DeedError {
    DeedError::Conflict {
        sentence: sentence.to_owned(),
    }
}
