//! Servers: connections, the link of the open project, pulls and comparisons.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Kind, MemberRef};
use super::workspace::Semantics;

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Keeping {
    /// In the keyring of the operating system.
    Keyring,
    /// In memory, until Reeve ends.
    Session,
}

/// How to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInMethod {
    /// A machine identity by Universal Auth.
    UniversalAuth,
    /// A person, in the browser.
    Browser,
    /// A token that somebody had already.
    Token,
}

/// A connection to a server.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Where the server is.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<String>,
    /// How to sign in.
    pub method: SignInMethod,
    /// The client id of a machine identity.
    pub client_id: Option<String>,
    /// Where its secrets are.
    pub keeping: Keeping,
    /// Who signed in last.
    pub who: String,
    /// Whether there is a sign-in to use.
    pub signed_in: bool,
    /// What keeps the keyring from saying.
    pub trouble: Option<String>,
}

/// All connections.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionList {
    /// The connections, by name.
    pub connections: Vec<ConnectionView>,
    /// Why secrets cannot be kept on this machine, if they cannot.
    pub keyring_trouble: Option<Trouble>,
}

/// Something that is wrong, with a way out.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub remedy: String,
}

/// A connection to make, or to sign in again.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionDraft {
    /// The connection to sign in again; `null` makes a new one.
    pub id: Option<String>,
    /// The name shown; the server's host if it is empty.
    pub name: String,
    /// Where the server is.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<String>,
    /// Where secrets shall be kept.
    pub keeping: Keeping,
}

/// Makes a connection by signing in.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectRequest {
    /// The connection.
    pub connection: ConnectionDraft,
    /// What proves who signs in.
    pub proof: Proof,
}

/// What proves who signs in. It goes to the server and into the keyring, nowhere else.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Proof {
    /// A machine identity.
    #[serde(rename_all = "camelCase")]
    UniversalAuth {
        /// Says which.
        client_id: String,
        /// Proves it.
        client_secret: String,
    },
    /// A token that somebody has already.
    Token {
        /// The token.
        token: String,
    },
    /// What the sign-in page shows to be pasted.
    Pasted {
        /// The text.
        text: String,
    },
}

/// Begins a sign-in in the browser.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BrowserSignInRequest {
    /// The connection.
    pub connection: ConnectionDraft,
}

/// Names a connection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionRequest {
    /// Its id.
    pub connection: String,
}

/// What became of a sign-in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignedOut {
    /// What happened, as a sentence.
    pub sentence: String,
    /// Whether the server has revoked the token, or it had ended already.
    pub revoked: bool,
}

/// A project of a server.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteProject {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for, such as `secret-manager`.
    pub kind: String,
}

/// The projects that a connection can see.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteProjects {
    /// The projects, by name.
    pub projects: Vec<RemoteProject>,
}

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
    /// Line by line.
    pub lines: Vec<ChangeLine>,
}

/// One change that was made on the server.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeLine {
    /// As a sentence, names between backticks.
    pub sentence: String,
    /// The member to look at.
    pub member: Option<String>,
    /// The role to look at.
    pub role: Option<String>,
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
