//! Keeps tokens and client secrets in the keyring of the operating system: the Secret Service on
//! Linux, the Keychain on macOS, the Credential Manager on Windows. Hosts lend it to the use cases.
//!
//! Its calls block, and must not be made from a task of an asynchronous runtime. Nothing of what
//! goes through here is logged or put into a message.

use keyring::{Entry, Error};
use reeve_app::secrets::{Secret, Secrets, SecretsError};

/// The name under which entries stand in the keyring.
const SERVICE: &str = "reeve";
/// An entry that is never made, to try whether anybody answers.
const NOBODY: &str = "nothing is kept here";

/// The keyring of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeyring;

impl Secrets for OsKeyring {
    fn check(&self) -> Result<(), SecretsError> {
        self.read(NOBODY).map(|_| ())
    }

    fn read(&self, key: &str) -> Result<Option<Secret>, SecretsError> {
        match entry(key)?.get_password() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn write(&self, key: &str, secret: &Secret) -> Result<(), SecretsError> {
        entry(key)?
            .set_password(secret.reveal())
            .map_err(|error| trouble(&error))
    }

    fn remove(&self, key: &str) -> Result<(), SecretsError> {
        match entry(key)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(trouble(&error)),
        }
    }
}

fn entry(key: &str) -> Result<Entry, SecretsError> {
    Entry::new(SERVICE, key).map_err(|error| trouble(&error))
}

fn trouble(error: &Error) -> SecretsError {
    match error {
        Error::PlatformFailure(_) | Error::NoDefaultStore => SecretsError::NoService,
        Error::NoStorageAccess(_) => SecretsError::Locked,
        _ => SecretsError::Failed,
    }
}
