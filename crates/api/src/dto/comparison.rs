//! Members compared with the server's own account of what they have.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;
use super::privilege::RuleView;

/// Compares members with the server.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyRequest {
    /// The member; `null` compares all.
    pub member: Option<String>,
}

/// What the last comparison found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonList {
    /// When it was made, on our clock; `null` if there was none.
    pub at: Option<String>,
    /// How many members agree.
    pub same: u32,
    /// How many do not.
    pub different: u32,
    /// Of how many the server did not tell.
    pub not_told: u32,
    /// Those that do not agree, those of which the server did not tell, then at most a hundred that
    /// agree.
    pub members: Vec<ComparisonView>,
}

/// What the comparison of one member found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    /// The member.
    pub member: MemberRef,
    /// What was found.
    pub finding: ComparisonFinding,
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum ComparisonFinding {
    /// The server and Reeve take the same rules from the same sources.
    Same {
        /// How many sources.
        sources: u32,
        /// How many rules.
        rules: u32,
    },
    /// They do not.
    Different {
        /// Where not.
        mismatches: Vec<MismatchView>,
    },
    /// The server did not say.
    #[serde(rename_all = "camelCase")]
    NotTold {
        /// Why.
        why: String,
        /// What can be done about it.
        remedy: String,
    },
}

/// Something that the server and Reeve do not agree on.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MismatchView {
    /// In what they differ.
    pub differs_in: DiffersIn,
    /// What, as a sentence.
    pub sentence: String,
    /// Rules that only the server has.
    pub only_on_server: Vec<ComparedRule>,
    /// Rules that only Reeve has.
    pub only_here: Vec<ComparedRule>,
    /// Until when each side counts it, if that is what they differ in.
    pub ends: Option<ComparedEnds>,
}

/// In what the server and Reeve differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DiffersIn {
    /// Reeve does not have a source that the server counts.
    MissingHere,
    /// The server does not count a source that Reeve does.
    MissingOnServer,
    /// A source has other rules.
    Rules,
    /// A source counts until another instant.
    End,
}

/// A rule that one side has and the other does not.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedRule {
    /// In words; `null` for what cannot be read as a rule.
    pub rule: Option<RuleView>,
    /// Whether the words say all of it, in names that Reeve knows; what is not understood is to be
    /// shown as it is written.
    pub understood: bool,
    /// As JSON.
    pub written: String,
}

/// Until when each side counts a source; `null` for a source without an end.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedEnds {
    /// The server.
    pub on_server: Option<String>,
    /// Reeve.
    pub here: Option<String>,
}
