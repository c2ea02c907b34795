//! Brings environments, folders, tags and names of secrets up to date.

use std::collections::BTreeSet;

use reeve_domain::project::Folder;
use reeve_store::comparison::{Rows, differing};
use reeve_store::error::StoreError;
use reeve_store::place::Places;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;

use super::unseen::{Unseen, UnseenKind};

/// Makes the places those of `fetched`. What was `unseen` stays.
pub(super) fn put_places(
    transaction: &Transaction,
    fetched: &Snapshot,
    unseen: &[Unseen],
) -> Result<(), StoreError> {
    let is_seen = |kind| unseen.iter().all(|unseen| unseen.kind != kind);
    let (stored, there) = (transaction.places()?, fetched.places()?);
    put_environments(transaction, fetched, &stored, &there)?;
    if is_seen(UnseenKind::Folders) {
        remove_folders(transaction, &stored, &there)?;
    }
    for folder in &there.folders {
        transaction.put_folder(folder)?;
        let of = RawOf::Folder(folder.environment.as_str(), &folder.path);
        put_raw(transaction, fetched, of)?;
    }
    if is_seen(UnseenKind::Tags) {
        for tag in &stored.tags {
            if !there.tags.iter().any(|kept| kept.slug == tag.slug) {
                transaction.remove_tag(&tag.slug)?;
            }
        }
    }
    for tag in &there.tags {
        transaction.put_tag(tag)?;
        put_raw(transaction, fetched, RawOf::Tag(&tag.slug))?;
    }
    if is_seen(UnseenKind::SecretNames) {
        put_secret_names(transaction, fetched)?;
    }
    Ok(())
}

fn put_environments(
    transaction: &Transaction,
    fetched: &Snapshot,
    stored: &Places,
    there: &Places,
) -> Result<(), StoreError> {
    for gone in &stored.environments {
        if !there.environments.iter().any(|kept| kept.slug == gone.slug) {
            transaction.remove_environment(&gone.slug)?;
        }
    }
    for (position, environment) in there.environments.iter().enumerate() {
        transaction.put_environment(position, environment)?;
        let of = RawOf::Environment(environment.slug.as_str());
        put_raw(transaction, fetched, of)?;
    }
    Ok(())
}

/// Removes the folders that are not there any more; those of environments that are gone went with
/// them.
fn remove_folders(
    transaction: &Transaction,
    stored: &Places,
    there: &Places,
) -> Result<(), StoreError> {
    fn place(folder: &Folder) -> (&str, &str) {
        (folder.environment.as_str(), folder.path.as_str())
    }
    let kept: BTreeSet<_> = there.folders.iter().map(place).collect();
    let environments: BTreeSet<_> = there.environments.iter().map(|one| &one.slug).collect();
    for folder in &stored.folders {
        if environments.contains(&folder.environment) && !kept.contains(&place(folder)) {
            transaction.remove_folder(folder)?;
        }
    }
    Ok(())
}

fn put_secret_names(transaction: &Transaction, fetched: &Snapshot) -> Result<(), StoreError> {
    for row in differing(Rows::SecretNames, transaction, fetched)? {
        let [environment, path, name] = row.key.as_slice() else {
            continue;
        };
        match fetched.secret_name(environment, path, name)? {
            Some(secret) => transaction.put_secret_name(&secret)?,
            None => transaction.remove_secret_name(environment, path, name)?,
        }
    }
    Ok(())
}

fn put_raw(transaction: &Transaction, fetched: &Snapshot, of: RawOf<'_>) -> Result<(), StoreError> {
    match fetched.raw(of)? {
        Some(raw) => transaction.put_raw(of, &raw),
        None => Ok(()),
    }
}
