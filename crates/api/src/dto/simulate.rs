//! Questions to the judge and its answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef, Standing};

/// A question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimulateRequest {
    /// Who: the id of a member.
    pub member: String,
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
}

/// What would be done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum What {
    /// A plain-words operation, by its id.
    Operation {
        /// The id.
        operation: String,
    },
    /// One action on one subject.
    Action {
        /// The subject on the wire.
        subject: String,
        /// The action on the wire.
        action: String,
    },
}

/// Where it would be done. What is `None` is left open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// The slug of the environment.
    pub environment: Option<String>,
    /// The path of the folder.
    pub secret_path: Option<String>,
    /// The name of the secret.
    pub secret_name: Option<String>,
    /// The slugs of the secret's tags; an empty list is a secret without tags.
    pub secret_tags: Option<Vec<String>>,
}

/// When it would be done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum When {
    /// Now.
    Now,
    /// At an instant.
    At {
        /// The instant.
        instant: String,
    },
    /// After everything timed has ended.
    AfterTimed,
}

/// The answer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum SimulateAnswer {
    /// The question could be put.
    Decided(Verdict),
    /// Something is missing from the question, or is not what it must be.
    Incomplete {
        /// What, per field: `member`, `what`, `environment`, `secretPath`, `secretName`,
        /// `secretTags`, `when`.
        problems: Vec<FieldProblem>,
    },
}

/// What was decided.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Yes, no, or why neither.
    pub outcome: OutcomeKind,
    /// The answer in a few words, such as "Allowed".
    pub headline: String,
    /// The answer as a sentence.
    pub sentence: Vec<TextPart>,
    /// Who was asked about.
    pub member: MemberRef,
    /// The instant the question was decided for.
    pub at: String,
    /// When the answer changes next, if something timed makes it change.
    pub changes: Option<Change>,
    /// The properties left open on which the answer depends.
    pub depends_on: Vec<String>,
    /// The checks the server makes, in order.
    pub checks: Vec<CheckView>,
    /// How many rules the member has at that instant.
    pub rules: u32,
    /// How many of them name what was asked about; the server's checks may share some.
    pub concerned: u32,
}

/// Yes, no, or why neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OutcomeKind {
    /// Allowed.
    Allowed,
    /// Denied.
    Denied,
    /// It depends on what was left open.
    Depends,
    /// The server would answer with an internal error.
    ServerError,
    /// It cannot be known.
    Unknown,
}

/// When an answer changes and to what.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// When.
    pub at: String,
    /// To what.
    pub outcome: OutcomeKind,
}

/// A piece of a sentence.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum TextPart {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Something in code, such as a path.
    Code {
        /// The code.
        text: String,
    },
    /// A role or privilege.
    Source {
        /// What it is, in words, such as "the role".
        article: String,
        /// Its name.
        text: String,
    },
    /// An instant.
    Instant {
        /// The instant.
        at: String,
    },
}

/// One check.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// The subject on the wire.
    pub subject: String,
    /// The action on the wire.
    pub action: String,
    /// What is checked, in words.
    pub title: String,
    /// Whether this alternative was needed to answer.
    pub outcome: OutcomeKind,
    /// Whether the check was reached; an earlier failure ends an operation.
    pub reached: bool,
    /// The rules that name the subject and action, in the order they are tried.
    pub candidates: Vec<CandidateView>,
    /// Access that does not count at that instant and would change the answer if it did.
    pub inactive: Vec<InactiveView>,
    /// What else is worth knowing, one sentence each.
    pub notes: Vec<Vec<TextPart>>,
}

/// Access that does not count and would change the answer if it did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InactiveView {
    /// Where its rules come from.
    pub source: SourceView,
    /// What the answer would be.
    pub outcome: OutcomeKind,
}

/// One rule that was tried.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    /// Where the rule comes from; `None` if a template changed the rules so that nobody can say.
    pub source: Option<SourceView>,
    /// The rule in words.
    pub rule: super::privilege::RuleView,
    /// What became of it.
    pub fate: Fate,
    /// Its conditions with the values compared.
    pub conditions: Vec<ComparedCondition>,
    /// What is to be said about it, such as why trying it is an error.
    pub note: Option<String>,
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Fate {
    /// It decided.
    Decided,
    /// It was tried and did not match.
    NotMatched,
    /// It was not tried, because another had decided.
    NotTried,
    /// Trying it is an error on the server.
    Error,
    /// It cannot be known whether it matches.
    Unknown,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// What it is.
    pub kind: SourceKind,
    /// The slug.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// The group it comes through.
    pub through: Option<MemberRef>,
    /// The id of the role or privilege.
    pub id: String,
    /// How long the source counts; `None` if nobody can say.
    pub standing: Option<Standing>,
}

/// What a source of rules is.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SourceKind {
    /// A role.
    Role,
    /// An additional privilege.
    Privilege,
    /// A grant on one folder.
    FolderGrant,
    /// Rules given with the question.
    AdHoc,
}

/// A condition with what was compared.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedCondition {
    /// The property on the wire.
    pub property: String,
    /// Its name.
    pub property_title: String,
    /// The operator on the wire.
    pub operator: String,
    /// The operator in words, such as "is" or "matches".
    pub operator_title: String,
    /// What the rule wants, one text per value.
    pub expected: Vec<String>,
    /// What the request has, one text per value; `None` if it is missing or was not looked at.
    pub actual: Option<Vec<String>>,
    /// How the comparison went.
    pub result: ComparisonResult,
}

/// How a comparison went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ComparisonResult {
    /// It holds.
    Matched,
    /// It does not hold.
    NotMatched,
    /// It does not hold because the attribute is missing.
    Missing,
    /// It was not compared, because an earlier one did not hold.
    NotReached,
    /// Comparing is an error on the server.
    Error,
    /// It cannot be known.
    Unknown,
}
