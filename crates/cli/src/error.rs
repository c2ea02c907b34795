//! Why a command could not be carried out.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use reeve_app::access_tests::TestFormError;
use reeve_app::error::DeedError;
use reeve_policy::read::ReadError;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file holds no rules.
    #[error("cannot read the rules in `{}`", path.display())]
    Rules {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// A file holds no tests.
    #[error("cannot read the tests in `{}`", path.display())]
    Tests {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TestFormError,
    },
    /// The result cannot be written.
    #[error("cannot write the result")]
    Output(#[from] io::Error),
    /// The workspace does not answer.
    #[error("the workspace does not answer")]
    Deed(#[source] DeedError),
    /// The server, the keyring or the workspace did not do what was asked.
    #[error("{}; {}", .0, lower(.0.remedy()))]
    Server(DeedError),
    /// An argument makes no sense; the text says which and why.
    #[error("{0}")]
    Argument(String),
}

impl CliError {
    /// The message with those of its causes.
    pub fn with_causes(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            let message = error.to_string();
            if !text.ends_with(&message) {
                text.push_str(": ");
                text.push_str(&message);
            }
            cause = error.source();
        }
        text
    }
}

/// A remedy as the rest of a message: no capital at its beginning, no full stop at its end.
pub fn lower(remedy: &str) -> String {
    let mut letters = remedy.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
