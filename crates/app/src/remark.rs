//! What is to be said about a field of something being written.

/// Something to say about one field of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Path of the field, such as `slug` or `policies.0.conditions.1.value`.
    pub field: String,
    /// What is to be said, with the remedy.
    pub message: String,
}

/// A remark on `field`.
pub(crate) fn remark(field: &str, message: &str) -> Remark {
    Remark {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

/// What was read, or a remark on `field` that says why it cannot be.
pub(crate) fn note<T, E: std::fmt::Display>(
    problems: &mut Vec<Remark>,
    field: &str,
    read: Result<T, E>,
) -> Option<T> {
    read.map_err(|error| problems.push(remark(field, &error.to_string())))
        .ok()
}
