//! A keyring in memory, for tests that are not about the real one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use reeve_api::core::{Secret, Secrets, SecretsError};

/// Keeps secrets as long as the test runs.
#[derive(Default)]
pub struct MemoryKeyring {
    kept: Mutex<BTreeMap<String, Secret>>,
    trouble: Mutex<Option<SecretsError>>,
}

impl MemoryKeyring {
    /// From now on every call fails with `trouble`.
    pub fn break_with(&self, trouble: Option<SecretsError>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// What is kept, by key.
    pub fn kept(&self) -> BTreeMap<String, String> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter()
            .map(|(key, secret)| (key.clone(), secret.reveal().to_owned()))
            .collect()
    }
}

impl Secrets for MemoryKeyring {
    fn check(&self) -> Result<(), SecretsError> {
        let trouble = *self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.map_or(Ok(()), Err)
    }

    fn read(&self, key: &str) -> Result<Option<Secret>, SecretsError> {
        self.check()?;
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(kept.get(key).cloned())
    }

    fn write(&self, key: &str, secret: &Secret) -> Result<(), SecretsError> {
        self.check()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), SecretsError> {
        self.check()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(key);
        Ok(())
    }
}
