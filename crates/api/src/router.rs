//! Between JSON and the typed handlers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{ApiError, ErrorCode};

/// Reads the request of the command called `name`.
pub(crate) fn read_request<T: DeserializeOwned>(name: &str, request: Value) -> Result<T, ApiError> {
    serde_json::from_value(request).map_err(|error| ApiError {
        code: ErrorCode::BadRequest,
        message: format!("the request of `{name}` is not of its form: {error}"),
        hint: "This is a defect of Reeve; please report it.".into(),
        field: None,
        retry: false,
    })
}

/// Writes an answer.
pub(crate) fn write_answer<T: Serialize>(answer: &T) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(|error| ApiError {
        code: ErrorCode::Internal,
        message: format!("the answer could not be written: {error}"),
        hint: "This is a defect of Reeve; please report it.".into(),
        field: None,
        retry: false,
    })
}

/// Says that there is no command called `name`.
pub(crate) fn no_such_command(name: &str) -> ApiError {
    ApiError {
        code: ErrorCode::BadRequest,
        message: format!("there is no command `{name}`"),
        hint: "This is a defect of Reeve; please report it.".into(),
        field: None,
        retry: false,
    }
}
