//! The server's own account of somebody's access, to compare with ours.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::client::{Ask, Client};
use crate::error::FetchError;
use crate::path::segment;
use crate::wire::audit::{AuditAnswer, AuditSource, PermissionsAnswer};

/// Where the server takes rules from for one actor. It names only what counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSource {
    /// The id of the role assignment or of the privilege.
    pub id: String,
    /// What it is.
    pub kind: SourceKind,
    /// The name of the role, the slug of the privilege.
    pub name: String,
    /// When it was meant to begin, if it is timed.
    pub start: Option<DateTime<Utc>>,
    /// When it ends, if it is timed.
    pub end: Option<DateTime<Utc>>,
    /// Whether it is timed.
    pub is_temporary: bool,
    /// The rules as JSON text, a list of rule objects, in the server's order.
    pub rules: String,
}

/// What a source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceKind {
    /// A role of the actor's own.
    Role,
    /// A role through a group.
    GroupRole {
        /// The group's id.
        group: String,
        /// Its name.
        name: String,
    },
    /// An additional privilege.
    Privilege,
    /// Something that this build does not know, in the server's word.
    Other(String),
}

/// Whose access is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audited {
    /// A user, by the id of the membership.
    Membership(String),
    /// A machine identity, by its id.
    Identity(String),
}

/// Whether the server names folder grants among the sources. It gives them as additional privileges
/// with names that mean nothing, so only the ids tell which are which, and their rules tell nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderGrants {
    /// It names those that count now. Servers without folder grants name the rest only.
    Named,
    /// It leaves them out.
    LeftOut,
}

/// Asks the server where `whose` access to `project` comes from.
pub async fn audit(
    client: &Client,
    project: &str,
    whose: &Audited,
    folder_grants: FolderGrants,
) -> Result<Vec<ServerSource>, FetchError> {
    let path = match whose {
        Audited::Membership(id) => format!("memberships/{}", segment(id)),
        Audited::Identity(id) => format!("memberships/identities/{}", segment(id)),
    };
    let path = format!(
        "/api/v1/projects/{}/{path}/permissions/audit",
        segment(project)
    );
    let named = match folder_grants {
        FolderGrants::Named => "true",
        FolderGrants::LeftOut => "false",
    };
    // Servers without folder grants ignore the wish.
    let ask =
        Ask::get("the server's permission audit", path).with("includeFolderPermissions", named);
    let answer: AuditAnswer = client.read(ask).await?;
    Ok(answer.sources.into_iter().map(source).collect())
}

/// Asks the server what counts for the signed-in user in `project`: one list of rules, merged, with
/// templates filled in, as JSON text.
pub async fn own_permissions(client: &Client, project: &str) -> Result<String, FetchError> {
    let path = format!("/api/v1/projects/{}/permissions", segment(project));
    let answer: PermissionsAnswer = client.read(Ask::get("your own permissions", path)).await?;
    Ok(unpacked(&answer.data.permissions))
}

fn source(source: AuditSource) -> ServerSource {
    ServerSource {
        kind: match source.kind.as_str() {
            "role" => SourceKind::Role,
            "group_role" => SourceKind::GroupRole {
                group: source.group_id.unwrap_or_default(),
                name: source.group_name.unwrap_or_default(),
            },
            "additional_privilege" => SourceKind::Privilege,
            other => SourceKind::Other(other.to_owned()),
        },
        id: source.id,
        name: source.name,
        start: source.temporary_access_start_time,
        end: source.temporary_access_end_time,
        is_temporary: source.is_temporary,
        rules: unpacked(&source.permissions),
    }
}

/// Rules in CASL's packed form, `["read,edit", "secrets", {conditions} | 0, 1 | 0]`, as a list of
/// rule objects. What is no packed rule stays as it is, for the reader of rules to complain about.
fn unpacked(rules: &[Value]) -> String {
    Value::Array(rules.iter().map(unpack).collect()).to_string()
}

fn unpack(rule: &Value) -> Value {
    let Some([actions, subjects, rest @ ..]) = rule.as_array().map(Vec::as_slice) else {
        return rule.clone();
    };
    let (Some(actions), Some(subjects)) = (actions.as_str(), subjects.as_str()) else {
        return rule.clone();
    };
    let words = |joined: &str| -> Vec<Value> { joined.split(',').map(Value::from).collect() };
    let mut object = Map::new();
    let subject = match words(subjects).as_slice() {
        [one] => one.clone(),
        many => Value::Array(many.to_vec()),
    };
    object.insert("subject".into(), subject);
    object.insert("action".into(), Value::Array(words(actions)));
    if let Some(conditions @ Value::Object(_)) = rest.first() {
        object.insert("conditions".into(), conditions.clone());
    }
    if rest
        .get(1)
        .is_some_and(|inverted| inverted == 1 || *inverted == Value::Bool(true))
    {
        object.insert("inverted".into(), Value::Bool(true));
    }
    if let Some(fields) = rest.get(2).and_then(Value::as_str) {
        object.insert("fields".into(), Value::Array(words(fields)));
    }
    if let Some(reason) = rest.get(3).and_then(Value::as_str) {
        object.insert("reason".into(), Value::from(reason));
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn packed_rules_become_rules() {
        let packed = [
            json!(["read", "role"]),
            json!(["readValue,edit", "secrets", {"secretTags": {"$in": ["pci"]}}, 1]),
            json!(["lease", "dynamic-secrets", 0, 1]),
            json!("odd"),
        ];
        let rules: Value = serde_json::from_str(&unpacked(&packed)).unwrap();
        assert_eq!(
            rules,
            json!([
                {"subject": "role", "action": ["read"]},
                {"subject": "secrets", "action": ["readValue", "edit"],
                 "conditions": {"secretTags": {"$in": ["pci"]}}, "inverted": true},
                {"subject": "dynamic-secrets", "action": ["lease"], "inverted": true},
                "odd",
            ])
        );
    }
}
