//! What a deed can fail with when its request was sound.

use reeve_policy::read::ReadError;
use reeve_remote::address::AddressError;
use reeve_remote::error::FetchError;
pub use reeve_store::error::StoreError;

use crate::secrets::SecretsError;

/// Why a deed was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DeedError {
    /// No workspace is open.
    #[error("no workspace is open")]
    NoWorkspace,
    /// The thing asked for is not in the workspace, or no longer.
    #[error("the {what} does not exist any more")]
    Missing {
        /// What kind of thing, in a word.
        what: &'static str,
    },
    /// Something else changed in the meantime.
    #[error("{sentence}")]
    Conflict {
        /// What changed, as a sentence.
        sentence: String,
    },
    /// A later question took the place of this one, so the work for it ended.
    #[error("a later question took the place of this one")]
    Superseded,
    /// The disk refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rules that are stored are not rules.
    #[error("the rules of `{slug}` cannot be read")]
    UnreadableRules {
        /// The slug of the role or privilege.
        slug: String,
        /// Where reading stopped.
        source: ReadError,
    },
    /// The project is linked to a server, so it is not changed here.
    #[error("this project is linked to a server and can be read only")]
    LinkedReadOnly,
    /// The project is not linked to a server.
    #[error("this project is not linked to a server")]
    NotLinked,
    /// Another operation is under way.
    #[error("another pull, comparison or sign-in is under way")]
    Busy,
    /// The system gives no more threads.
    #[error("the system gives no threads to work with")]
    NoThreads,
    /// The file of connections cannot be read or written.
    #[error("the list of connections cannot be read or written")]
    ConnectionsFile,
    /// The address of a server is none.
    #[error(transparent)]
    Address(AddressError),
    /// The server gave no usable answer.
    #[error(transparent)]
    Remote(#[from] FetchError),
    /// The keyring did not do what it was asked.
    #[error(transparent)]
    Keyring(#[from] SecretsError),
}

impl DeedError {
    /// Whether the same request may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Store(error) => error.is_transient(),
            Self::Remote(error) => error.is_transient(),
            Self::Busy | Self::NoThreads => true,
            _ => false,
        }
    }

    /// What can be done about it, where that depends on what happened and not on what was asked.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Remote(error) => error.remedy(),
            Self::Keyring(error) => error.remedy(),
            Self::LinkedReadOnly => {
                "Duplicate it as a local project to draft changes, or make them on the server."
            }
            Self::NotLinked => "Connect to a server under Settings, Connections.",
            Self::Busy => "Wait for it, or cancel it.",
            Self::ConnectionsFile => "Check the permissions of the data folder.",
            Self::Address(_) => "Write it like `https://infisical.example.com`.",
            _ => "Nothing was changed.",
        }
    }
}
