//! Patterns tried on what the project has, and the templates that may stand in them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A pattern to be tried.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TryGlobRequest {
    /// The pattern as it stands in the rule.
    pub pattern: String,
    /// The property that it is about.
    pub property: String,
    /// For whom templates in it are filled in.
    pub member: Option<String>,
    /// Texts to try it on.
    pub texts: Vec<String>,
}

/// What a pattern matches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GlobTrialView {
    /// The pattern with templates filled in.
    pub pattern: String,
    /// How many folders there are, each path counted once.
    pub folders: u32,
    /// How many of them match.
    pub matching: u32,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<String>,
    /// Those that nearly match.
    pub near_misses: Vec<NearMissView>,
    /// The secrets that it is about; `None` if no names of secrets are known or it is about none.
    pub secrets: Option<SecretTrialView>,
    /// Each text with whether it matches.
    pub tried: Vec<TriedText>,
    /// The places around the beginning of the pattern, tried likewise.
    pub around: Vec<TriedText>,
    /// What to know about the pattern, as sentences.
    pub pitfalls: Vec<String>,
    /// Why it cannot be told what it matches, if it cannot.
    pub unknown: Option<String>,
}

/// Which secrets a pattern reaches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretTrialView {
    /// How many there are, each name counted in each of its places.
    pub secrets: u32,
    /// How many of them match.
    pub matching: u32,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<SecretPlaceView>,
    /// Names that nearly match.
    pub near_misses: Vec<NearMissView>,
}

/// A secret by where it is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretPlaceView {
    /// The environment.
    pub environment: String,
    /// The folder.
    pub path: String,
    /// The name.
    pub name: String,
}

/// A folder or name that nearly matches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NearMissView {
    /// Its path, or its name.
    pub path: String,
    /// What keeps it from matching.
    pub why: String,
}

/// A text on which a pattern was tried.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TriedText {
    /// The text.
    pub text: String,
    /// Whether it matches; `None` if that cannot be told.
    pub matches: Option<bool>,
}

/// What values of conditions may ask of whoever acts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ValueTemplates {
    /// Such as `{{identity.metadata.team}}`: what every actor has first, then the keys that users and
    /// identities of the project have.
    pub templates: Vec<String>,
}
