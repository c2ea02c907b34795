//! Brings environments, folders, tags and names of secrets up to date.

use std::collections::BTreeSet;

use reeve_store::comparison::{Rows, differing};
use reeve_store::error::StoreError;
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
    let (stored, places) = (transaction.places()?, fetched.places()?);
    let there: BTreeSet<&str> = places
        .environments
        .iter()
        .map(|e| e.slug.as_str())
        .collect();
    for gone in &stored.environments {
        if !there.contains(gone.slug.as_str()) {
            transaction.remove_environment(&gone.slug)?;
        }
    }
    for (position, environment) in places.environments.iter().enumerate() {
        transaction.put_environment(position, environment)?;
        put_raw(
            transaction,
            fetched,
            RawOf::Environment(environment.slug.as_str()),
        )?;
    }
    let kept: BTreeSet<_> = places
        .folders
        .iter()
        .map(|folder| (folder.environment.as_str(), folder.path.as_str()))
        .collect();
    for folder in &stored.folders {
        let environment = folder.environment.as_str();
        let gone = !kept.contains(&(environment, folder.path.as_str()));
        if gone && there.contains(environment) && is_seen(UnseenKind::Folders) {
            transaction.remove_folder(folder)?;
        }
    }
    for folder in &places.folders {
        transaction.put_folder(folder)?;
        let of = RawOf::Folder(folder.environment.as_str(), &folder.path);
        put_raw(transaction, fetched, of)?;
    }
    let kept: BTreeSet<&str> = places.tags.iter().map(|tag| tag.slug.as_str()).collect();
    for tag in &stored.tags {
        if !kept.contains(tag.slug.as_str()) && is_seen(UnseenKind::Tags) {
            transaction.remove_tag(&tag.slug)?;
        }
    }
    for tag in &places.tags {
        transaction.put_tag(tag)?;
        put_raw(transaction, fetched, RawOf::Tag(&tag.slug))?;
    }
    if is_seen(UnseenKind::SecretNames) {
        put_secret_names(transaction, fetched)?;
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
