//! Members compared with the server's own account of what they have.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;

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
    /// What, as a sentence.
    pub sentence: String,
    /// Rules that only the server has, as JSON.
    pub only_on_server: Vec<String>,
    /// Rules that only Reeve has, as JSON.
    pub only_here: Vec<String>,
}
