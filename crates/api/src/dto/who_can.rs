//! A question about everybody and its answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef};
use super::simulate::{OutcomeKind, Place, SourceView, What};
use super::workspace::Semantics;

/// A question about everybody.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WhoCanRequest {
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When; now if it is `None`.
    pub at: Option<String>,
    /// How the server orders rules; as the project's does if it is `None`.
    pub semantics: Option<Semantics>,
    /// Which answers are shown.
    pub show: Shown,
    /// Only those who may through this source, a [`SourceCount::key`].
    pub source: Option<String>,
    /// Only those whose name or address has this text in it.
    pub search: String,
    /// The keys of the sections whose rows are left out.
    pub closed: Vec<String>,
    /// How many come before the slice.
    pub offset: u32,
    /// How many the slice may have.
    pub limit: u32,
}

/// Which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Shown {
    /// Those who may.
    Allowed,
    /// Where it depends, where the server fails, and what is unknown.
    Open,
    /// Those who may not.
    Denied,
    /// Everybody.
    All,
}

/// A slice of the answer with what holds for all of it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhoCanAnswer {
    /// What keeps the question from being answered, per field; then there is nothing else.
    pub problems: Vec<FieldProblem>,
    /// What is odd about the question, per field.
    pub remarks: Vec<FieldProblem>,
    /// The instant the question was decided for.
    pub at: Option<String>,
    /// How many may.
    pub allowed: u32,
    /// Where it depends, the server fails, or it is unknown.
    pub open: u32,
    /// How many may not.
    pub denied: u32,
    /// Where the deciding rules of those who may come from, most members first.
    pub sources: Vec<SourceCount>,
    /// How many folders the project has; 0 if the question is not about one.
    pub folders: u32,
    /// If those who may are shown: the sources that they stand under, in the order of the rows.
    pub sections: Vec<Section>,
    /// The rows: by section, in each who may for good first, then by end, latest first; those by how
    /// far the deciding rule reaches, then by name.
    pub rows: Vec<WhoCanRow>,
    /// How many rows there are in all, those of closed sections left out.
    pub total: u32,
    /// Whether `total` is exact, which it is.
    pub total_is_exact: bool,
}

/// Those who may through one source and fit what is shown; each stands once, under what decides.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Tells it from the others, a [`SourceCount::key`].
    pub key: String,
    /// The name of the role, or what the others are called.
    pub name: String,
    /// How many members.
    pub members: u32,
    /// Whether its rows are left out.
    pub closed: bool,
}

/// How many may through one source.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceCount {
    /// Tells it from the others.
    pub key: String,
    /// The name of the role, or what the others are called.
    pub name: String,
    /// How many members.
    pub members: u32,
}

/// The answer for one member.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhoCanRow {
    /// Who.
    pub member: MemberRef,
    /// The e-mail address of a user; empty for others.
    pub detail: String,
    /// The answer.
    pub outcome: OutcomeKind,
    /// Where the deciding rules come from; the last one decides the deed itself.
    pub sources: Vec<SourceView>,
    /// When the answer changes, if something timed makes it change.
    pub until: Option<String>,
    /// In how many of the project's folders the deciding rule alone would allow the same.
    pub reach: Option<u32>,
}
