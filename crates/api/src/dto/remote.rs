//! The link of the open project: operations, pulls, and what they could not see.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::Kind;
use super::workspace::Semantics;

/// Links a project into a new workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkRequest {
    /// The connection to pull it over.
    pub connection: String,
    /// The project's id on the server.
    pub project: String,
    /// The new workspace file; a free name in the data folder if it is `null`.
    pub path: Option<String>,
    /// Whether names of secrets are pulled.
    pub secret_names: bool,
}

/// Brings the open project up to date.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PullRequest {
    /// Whether everything is asked again, also what the server says has not changed.
    pub everything: bool,
}

/// An operation that has begun.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Begun {
    /// Its id.
    pub operation: String,
}

/// Names an operation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OperationRequest {
    /// Its id.
    pub operation: String,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Work {
    /// Brings a project into a new workspace.
    Link,
    /// Brings the open project up to date.
    Pull,
    /// Compares members with the server.
    Verify,
    /// Waits for a sign-in in the browser.
    SignIn,
}

/// An operation that runs or ran last.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteOperation {
    /// Its id.
    pub id: String,
    /// What it does.
    pub work: Work,
    /// When it began.
    pub since: String,
    /// The step that moved last, in words.
    pub step: Option<String>,
    /// Every step so far.
    pub steps: Vec<RemoteStep>,
    /// The page to open for a sign-in.
    pub page: Option<String>,
    /// How it ended.
    pub ended: Option<EndedView>,
}

/// A step of an operation.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteStep {
    /// What it does, in words.
    pub name: String,
    /// How much is done.
    pub done: u32,
    /// How much there is, once that is known.
    pub total: Option<u32>,
}

/// How an operation ended.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum EndedView {
    /// It was done.
    Done,
    /// It was called off; nothing was changed.
    Cancelled,
    /// It failed; nothing was changed.
    #[serde(rename_all = "camelCase")]
    Failed {
        /// What happened.
        message: String,
        /// What can be done about it.
        remedy: String,
        /// Whether trying again can help.
        retry: bool,
        /// Whether signing in again is what helps.
        sign_in: bool,
    },
}

/// What the window shows of the server all the time.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteStatus {
    /// The operation that runs or ran last.
    pub operation: Option<RemoteOperation>,
    /// The link of the open project.
    pub link: Option<LinkView>,
}

/// The link of the open project.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// The id of the connection.
    pub connection: String,
    /// Its name; `null` if it was removed.
    pub connection_name: Option<String>,
    /// Whether there is a sign-in to use.
    pub signed_in: bool,
    /// The address of the server.
    pub address: String,
    /// Whether names of secrets are pulled.
    pub secret_names: bool,
    /// How many minutes lie between two pulls; `null` pulls on demand only.
    pub every_minutes: Option<u32>,
    /// The order of rules that the server's paths suggest.
    pub proposed: Semantics,
    /// Why, as a sentence.
    pub proposed_because: String,
    /// The order that was chosen in its place.
    pub chosen: Option<Semantics>,
    /// How the last pull went.
    pub last_pull: Option<LastPullView>,
}

/// How the last pull went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LastPullView {
    /// When it was done, on our clock.
    pub at: String,
    /// What must be added to our clock to get the server's, in milliseconds.
    pub skew: i32,
    /// By how much that may be wrong, in milliseconds.
    pub skew_margin: i32,
    /// What could not be seen.
    pub unseen: Vec<UnseenView>,
    /// What was odd, in sentences.
    pub notes: Vec<String>,
    /// Whether a person was signed in.
    pub as_user: bool,
    /// How many requests it took.
    pub requests: u32,
    /// How long it took, in milliseconds.
    pub took: u32,
}

/// Something that the pull could not see.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnseenView {
    /// What, in words.
    pub what: String,
    /// Of how many, if it is about some only.
    pub of: Option<u32>,
    /// Why.
    pub why: String,
    /// What can be done about it.
    pub remedy: String,
    /// What it means for answers.
    pub consequence: String,
    /// The kinds of members whose access is not fully known because of it.
    pub clouds: Vec<Kind>,
    /// Those of them by id whom it is about; empty if it may be anybody.
    pub whom: Vec<String>,
}

/// What could not be seen, for an answer that it leaves open.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnseenPart {
    /// What, in words.
    pub what: String,
    /// What it means for answers.
    pub consequence: String,
}

/// What the last pull changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PullChangesAnswer {
    /// `null` if there was no pull.
    pub changes: Option<PullChangesView>,
}

/// What the last pull changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PullChangesView {
    /// When it was done, on our clock.
    pub at: String,
    /// In one sentence, such as `2 roles changed, 1 privilege ended`.
    pub summary: String,
    /// The first of them line by line: what was changed, then what ended by itself.
    pub lines: Vec<ChangeLine>,
    /// How many lines there would be.
    pub in_all: u32,
    /// The entry of the history that has every change in full, if anything was changed.
    pub entry: Option<String>,
}

/// One change that was made on the server, or an end that came by itself.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeLine {
    /// What happened to it.
    pub how: ChangeKind,
    /// As a sentence, names between backticks.
    pub sentence: String,
    /// The member to look at.
    pub member: Option<String>,
    /// The role to look at.
    pub role: Option<String>,
    /// When it ended on our clock, for what ended by itself.
    pub ended: Option<String>,
}

/// What happened to something on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// It was made or given.
    Made,
    /// It was changed.
    Changed,
    /// It was removed or taken away.
    Removed,
    /// It came to its end.
    Ended,
}

/// Changes what is pulled and when. What is `null` stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeLinkRequest {
    /// Whether names of secrets are pulled.
    pub secret_names: Option<bool>,
    /// How many minutes lie between two pulls; 0 pulls on demand only.
    pub every_minutes: Option<u32>,
    /// The order of rules in place of the proposed one.
    pub semantics: Option<ChosenSemantics>,
    /// The connection to pull over.
    pub connection: Option<String>,
}

/// An order of rules, or the proposed one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenSemantics {
    /// What the server's paths suggest.
    Proposed,
    /// Any Forbid that matches denies.
    ForbidWins,
    /// The last rule that matches decides.
    LastMatch,
}

/// Duplicates the open project as a local one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DuplicateRequest {
    /// The new file.
    pub path: String,
    /// The name of the copy.
    pub name: String,
}
