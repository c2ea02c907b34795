//! From the errors of deeds to what the window can show.

use reeve_app::error::{DeedError, StoreError};

use crate::error::{ApiError, ErrorCode};

impl ApiError {
    /// A defect of Reeve in the command called `command`.
    pub fn defect(command: &str) -> Self {
        Self {
            code: ErrorCode::Internal,
            message: format!("`{command}` failed because of a defect in Reeve"),
            hint: "Nothing was changed. Try again; if it stays, please report it.".into(),
            field: None,
            retry: true,
        }
    }

    /// A file that the user chose could not be written.
    pub fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self {
            code: ErrorCode::Storage,
            message: format!("`{}` could not be written: {error}", path.display()),
            hint: "Choose another place.".into(),
            field: None,
            retry: true,
        }
    }

    /// A request that names something in a form it cannot have.
    pub fn bad_request(message: &str) -> Self {
        Self {
            code: ErrorCode::BadRequest,
            message: message.to_owned(),
            hint: "This is a defect of Reeve; please report it.".into(),
            field: None,
            retry: false,
        }
    }
}

impl From<DeedError> for ApiError {
    fn from(error: DeedError) -> Self {
        let remedy = error.remedy();
        let (code, hint) = match &error {
            DeedError::NoWorkspace => (ErrorCode::NoWorkspace, "Open a workspace first."),
            DeedError::Missing { .. } => (
                ErrorCode::NotFound,
                "It was probably removed meanwhile. It can be brought back in the history.",
            ),
            DeedError::Conflict { .. } => (
                ErrorCode::Conflict,
                "Nothing was changed. Look at it as it is now, then decide again.",
            ),
            DeedError::Superseded => (ErrorCode::Conflict, ""),
            DeedError::Store(error) => (ErrorCode::Storage, hint_of_store(error)),
            DeedError::UnreadableRules { .. } => (
                ErrorCode::Storage,
                "They are kept as they are. Remove or replace the role or privilege that has them.",
            ),
            DeedError::LinkedReadOnly => (ErrorCode::ReadOnly, remedy),
            DeedError::NotLinked => (ErrorCode::NotFound, remedy),
            DeedError::Busy => (ErrorCode::Conflict, remedy),
            DeedError::NoThreads => (ErrorCode::Internal, remedy),
            DeedError::ConnectionsFile => (ErrorCode::Storage, remedy),
            DeedError::Address(_) => (ErrorCode::Refused, remedy),
            DeedError::Remote(error) if error.needs_sign_in() => (ErrorCode::SignInNeeded, remedy),
            DeedError::Remote(_) => (ErrorCode::Server, remedy),
            DeedError::Keyring(_) => (ErrorCode::Keyring, remedy),
        };
        Self {
            code,
            retry: error.is_transient(),
            message: sentence(&error.to_string()),
            hint: hint.into(),
            field: matches!(error, DeedError::Address(_)).then(|| "address".to_owned()),
        }
    }
}

fn hint_of_store(error: &StoreError) -> &'static str {
    match error {
        StoreError::DiskFull => "Make room on the disk, then try again.",
        StoreError::ReadOnly => "Check the permissions of the file and of its folder.",
        StoreError::Busy => "Close the other program that has it open, or try again.",
        StoreError::Corrupt => "Close Reeve and restore the file from a copy.",
        _ => "Nothing was changed.",
    }
}

/// `text` with a capital at its beginning and a full stop at its end.
pub fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return String::new();
    };
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{}{end}", first.to_uppercase(), characters.as_str())
}
