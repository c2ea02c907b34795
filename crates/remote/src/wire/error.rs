//! The body of an error, and what it means.

use serde::Deserialize;
use serde_json::Value;

use crate::error::FetchError;

/// `{reqId, statusCode, message, error, details?}`; a router's own answer lacks `reqId`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    pub req_id: Option<String>,
    #[serde(default)]
    pub message: Value,
    #[serde(default)]
    pub error: Option<String>,
}

/// No message of ours is longer.
const LONGEST: usize = 300;

impl ErrorBody {
    /// The message as one text: a list of validation issues becomes `field: what is wrong; …`.
    pub fn sentence(&self) -> String {
        let text = match &self.message {
            Value::String(text) => text.clone(),
            Value::Array(issues) => issues.iter().map(issue).collect::<Vec<_>>().join("; "),
            _ => String::new(),
        };
        text.chars().take(LONGEST).collect()
    }
}

fn issue(issue: &Value) -> String {
    let message = issue
        .get("message")
        .and_then(Value::as_str)
        .unwrap_or("not accepted");
    let path: Vec<String> = issue
        .get("path")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|step| {
            step.as_str()
                .map_or_else(|| step.to_string(), str::to_owned)
        })
        .collect();
    if path.is_empty() {
        message.to_owned()
    } else {
        format!("{}: {message}", path.join("."))
    }
}

/// What an answer with `status` and `body` means for whoever asked for `what`.
pub(crate) fn meaning(what: &str, status: u16, body: &ErrorBody) -> FetchError {
    let message = body.sentence();
    let name = body.error.as_deref().unwrap_or_default();
    match (status, name) {
        (403, "TokenError") if message.contains("expired") => FetchError::TokenExpired,
        (401, _) if message.contains("exceeded max age") => FetchError::TokenExpired,
        (401, _) | (403, "TokenError") => FetchError::TokenRefused { message },
        (403, name) if name.starts_with("Forbidden access to") => FetchError::WrongToken {
            open_to: "signed-in users",
        },
        (403, "ProjectMembershipNotFound") => FetchError::NotInProject,
        (403, _) => denied(&message),
        (404, _) if body.req_id.is_none() && message.starts_with("Route ") => {
            FetchError::NoSuchRoute {
                what: what.to_owned(),
            }
        }
        (404 | 410, _) => FetchError::NotFound { message },
        (400, _) if message.contains("plan restriction") => FetchError::NotInPlan { message },
        (500.., _) => FetchError::ServerFailed { status },
        _ => FetchError::Refused { message },
    }
}

/// `You are not allowed to read on member` names what is missing.
fn denied(message: &str) -> FetchError {
    message
        .strip_prefix("You are not allowed to ")
        .and_then(|rest| rest.split_once(" on "))
        .map_or_else(
            || FetchError::Refused {
                message: message.to_owned(),
            },
            |(action, subject)| FetchError::Denied {
                action: action.to_owned(),
                subject: subject.trim_end_matches('.').to_owned(),
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(status: u16, body: Value, expected: &FetchError) {
        let read: ErrorBody = serde_json::from_value(body).unwrap();
        assert_eq!(meaning("the list of roles", status, &read), *expected);
    }

    #[test]
    fn a_missing_permission_is_named() {
        check(
            403,
            json!({"reqId": "r", "error": "PermissionDenied", "message": "You are not allowed to read on member"}),
            &FetchError::Denied {
                action: "read".into(),
                subject: "member".into(),
            },
        );
    }

    #[test]
    fn an_expired_token_is_told_from_a_wrong_one_and_both_from_a_missing_permission() {
        let token =
            |message: &str| json!({"reqId": "r", "error": "TokenError", "message": message});
        check(
            403,
            token("Your token has expired. Please re-authenticate."),
            &FetchError::TokenExpired,
        );
        check(
            403,
            token("invalid signature"),
            &FetchError::TokenRefused {
                message: "invalid signature".into(),
            },
        );
    }

    #[test]
    fn a_route_that_does_not_exist_is_told_from_a_thing_that_does_not() {
        check(
            404,
            json!({"message": "Route GET:/api/v1/nope not found", "error": "Not Found", "statusCode": 404}),
            &FetchError::NoSuchRoute {
                what: "the list of roles".into(),
            },
        );
        check(
            404,
            json!({"reqId": "r", "message": "Role with slug nope not found", "error": "NotFound"}),
            &FetchError::NotFound {
                message: "Role with slug nope not found".into(),
            },
        );
    }

    #[test]
    fn what_the_plan_lacks_is_told_from_a_bad_request() {
        let refused =
            |message: &str| json!({"reqId": "r", "error": "BadRequest", "message": message});
        let plan = "Failed to access folder access controls due to plan restriction. Upgrade your Infisical plan.";
        check(
            400,
            refused(plan),
            &FetchError::NotInPlan {
                message: plan.into(),
            },
        );
        check(
            400,
            refused("Slug is taken"),
            &FetchError::Refused {
                message: "Slug is taken".into(),
            },
        );
    }

    #[test]
    fn validation_issues_become_one_sentence() {
        check(
            422,
            json!({"reqId": "r", "error": "ValidationFailure", "message": [{"path": ["type", 0], "message": "Required"}]}),
            &FetchError::Refused {
                message: "type.0: Required".into(),
            },
        );
    }
}
