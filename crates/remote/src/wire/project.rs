//! A project and its places.

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Project {
    pub id: String,
    pub name: String,
    pub slug: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(default)]
    pub environments: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(crate) struct Environment {
    pub name: String,
    pub slug: String,
}

/// The old routes call a project a workspace.
#[derive(Deserialize)]
pub(crate) struct ProjectAnswer {
    #[serde(alias = "workspace")]
    pub project: Box<RawValue>,
}

#[derive(Deserialize)]
pub(crate) struct ProjectList {
    #[serde(alias = "workspaces")]
    pub projects: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(crate) struct FolderList {
    pub folders: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Folder {
    pub relative_path: Option<String>,
    #[serde(default)]
    pub is_reserved: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct TagList {
    #[serde(alias = "workspaceTags")]
    pub tags: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
pub(crate) struct Tag {
    pub slug: String,
    pub color: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct SecretList {
    pub secrets: Vec<Secret>,
}

/// What is read of a secret. There is no field for its value or its comment, so neither gets in.
#[derive(Deserialize)]
pub(crate) struct Secret {
    #[serde(rename = "secretKey")]
    pub key: String,
    #[serde(rename = "secretPath")]
    pub path: Option<String>,
    #[serde(default)]
    pub tags: Vec<SecretTag>,
}

#[derive(Deserialize)]
pub(crate) struct SecretTag {
    pub slug: String,
}
