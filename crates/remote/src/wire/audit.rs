//! The server's own account of somebody's access, with rules in CASL's packed form.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct AuditAnswer {
    pub sources: Vec<AuditSource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditSource {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    #[serde(default)]
    pub is_temporary: bool,
    pub temporary_access_start_time: Option<DateTime<Utc>>,
    pub temporary_access_end_time: Option<DateTime<Utc>>,
    pub permissions: Vec<Value>,
}

#[derive(Deserialize)]
pub(crate) struct PermissionsAnswer {
    pub data: Permissions,
}

#[derive(Deserialize)]
pub(crate) struct Permissions {
    pub permissions: Vec<Value>,
}
