//! What the user prefers on this computer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::FieldProblem;

/// What the user prefers, with what there is to prefer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreferencesView {
    /// What the user prefers.
    pub preferences: Preferences,
    /// Who is signed in to the computer; empty if that is not known.
    pub signed_in: String,
    /// Whether messages of the desktop can be shown here.
    pub can_notify: bool,
}

/// What the user prefers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Preferences {
    /// Under which name the history says that things were done; empty for the one who is signed in.
    pub author: String,
    /// When the desktop tells of ends.
    pub notices: NoticePreferences,
}

/// When the desktop tells of ends, and how much it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoticePreferences {
    /// Whether it does at all.
    pub enabled: bool,
    /// How many minutes before an end it is told; 0 for when it has come.
    pub leads: Vec<u32>,
    /// When nothing is told.
    pub quiet: Option<QuietHours>,
    /// Whether names and paths are said, where anybody may read them who looks at a locked screen.
    pub with_names: bool,
    /// Whether ends that change nothing are left out.
    pub only_consequences: bool,
}

/// Hours of every day in which nothing is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuietHours {
    /// When they begin, such as `22:00`.
    pub from: String,
    /// When they are over.
    pub to: String,
}

/// How an attempt to keep preferences went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum SavePreferencesAnswer {
    /// They are kept.
    Saved,
    /// Nothing was changed.
    Refused {
        /// What is wrong.
        problems: Vec<FieldProblem>,
    },
}
