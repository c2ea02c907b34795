//! The port to the keyring of the operating system, the only place where tokens and client secrets
//! are kept. A host fills it; without one there is none, and secrets live as long as the program.

pub use reeve_remote::secret::Secret;

/// Keeps secrets for the user of this machine. Every call may block.
pub trait Secrets: Send + Sync {
    /// Whether secrets can be kept, tried out rather than guessed.
    fn check(&self) -> Result<(), SecretsError>;
    /// The secret under `key`, if there is one.
    fn read(&self, key: &str) -> Result<Option<Secret>, SecretsError>;
    /// Keeps `secret` under `key`, in place of what was there.
    fn write(&self, key: &str, secret: &Secret) -> Result<(), SecretsError>;
    /// Forgets what is under `key`, if there is something.
    fn remove(&self, key: &str) -> Result<(), SecretsError>;
}

/// Why the keyring did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// Nothing on this machine keeps secrets.
    #[error("no keyring service is running on this machine")]
    NoService,
    /// It is locked and nobody unlocked it.
    #[error("the keyring is locked")]
    Locked,
    /// It failed in another way.
    #[error("the keyring does not answer as it should")]
    Failed,
}

impl SecretsError {
    /// What can be done about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NoService => {
                "Start a keyring service such as GNOME Keyring or KWallet, or keep the sign-in for this session only."
            }
            Self::Locked => "Unlock the keyring, then try again.",
            Self::Failed => "Look at the keyring with its own program, then try again.",
        }
    }
}

/// No keyring at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSecrets;

impl Secrets for NoSecrets {
    fn check(&self) -> Result<(), SecretsError> {
        Err(SecretsError::NoService)
    }

    fn read(&self, _: &str) -> Result<Option<Secret>, SecretsError> {
        Err(SecretsError::NoService)
    }

    fn write(&self, _: &str, _: &Secret) -> Result<(), SecretsError> {
        Err(SecretsError::NoService)
    }

    fn remove(&self, _: &str) -> Result<(), SecretsError> {
        Err(SecretsError::NoService)
    }
}

/// Shows a page in the user's browser.
pub trait Browser: Send + Sync {
    /// Opens `url`; `false` if that is not possible here.
    fn open(&self, url: &str) -> bool;
}

/// No browser at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _: &str) -> bool {
        false
    }
}
