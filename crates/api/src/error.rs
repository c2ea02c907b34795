//! Errors as the window gets them.

use serde::Serialize;
use ts_rs::TS;

/// Why a command gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// What kind of trouble it is.
    pub code: ErrorCode,
    /// What happened, as a sentence.
    pub message: String,
    /// What can be done about it.
    pub hint: String,
    /// The field it is about, if it is about one.
    pub field: Option<String>,
    /// Whether trying again can help.
    pub retry: bool,
}

/// Kinds of trouble that the window treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The request is not of the command's form, or there is no such command.
    BadRequest,
    /// What was asked for does not exist, or no longer.
    NotFound,
    /// Something else changed meanwhile; look again.
    Conflict,
    /// No workspace is open.
    NoWorkspace,
    /// The disk refused.
    Storage,
    /// The project is linked to a server and can be read only.
    ReadOnly,
    /// A value was refused; `field` says which.
    Refused,
    /// The server wants somebody to sign in.
    SignInNeeded,
    /// The server gave no usable answer.
    Server,
    /// The keyring did not do what it was asked.
    Keyring,
    /// A defect of Reeve.
    Internal,
}
