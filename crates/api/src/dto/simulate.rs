//! Questions to the judge and its answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef, Standing};
use super::workspace::Semantics;

/// A question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimulateRequest {
    /// Who.
    pub who: Who,
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
    /// How the server orders rules; as the project's does if it is `None`.
    pub semantics: Option<Semantics>,
    /// What is not saved yet and shall count all the same.
    pub unsaved: Unsaved,
}

/// Who would do it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind",
    deny_unknown_fields
)]
pub enum Who {
    /// A user or a machine identity with all it has, or the members of a group with what the group
    /// gives them.
    Member {
        /// Its id.
        member: String,
    },
    /// Whoever has just this role.
    Role {
        /// Its id.
        role: String,
    },
    /// Whoever has just these rules.
    Rules {
        /// A list of rules as JSON text.
        rules: String,
        /// Rules that come from grants on single folders, which servers append to all others.
        folder_rules: Option<String>,
    },
}

/// What is not saved yet and counts for a question.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unsaved {
    /// Whether the drafts of roles count in place of the roles.
    pub role_drafts: bool,
    /// Rules as JSON text, taken for one more additional privilege.
    pub privilege: Option<String>,
}

/// Who was asked about, to show and to go to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum AskedView {
    /// A user, a machine identity, or the members of a group.
    Member {
        /// The member.
        member: MemberRef,
    },
    /// Whoever has just a role.
    Role {
        /// The id of the role.
        role: String,
        /// Its slug.
        slug: String,
        /// Its name.
        name: String,
    },
    /// Whoever has just the rules that were given.
    Rules,
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
    /// The environment of the second place, where something is moved to or comes from.
    #[serde(default)]
    pub second_environment: Option<String>,
    /// The folder of the second place.
    #[serde(default)]
    pub second_path: Option<String>,
    /// The name it is to have; `None` if it keeps its name.
    #[serde(default)]
    pub new_name: Option<String>,
    /// The tags it is to have; `None` if they are not touched.
    #[serde(default)]
    pub new_tags: Option<Vec<String>>,
    /// Keys and values of a dynamic secret.
    #[serde(default)]
    pub metadata: Option<Vec<(String, String)>>,
    /// The keys and values it is to have; `None` if they are not touched.
    #[serde(default)]
    pub new_metadata: Option<Vec<(String, String)>>,
    /// The id of an app connection.
    #[serde(default)]
    pub connection: Option<String>,
    /// Other attributes: names on the wire with their values, such as `identityId`.
    #[serde(default)]
    pub others: Vec<(String, String)>,
    /// For one action on one subject: whether the check carries nothing else, so that what is
    /// `None` is missing and not open.
    #[serde(default)]
    pub nothing_else: bool,
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
    Decided(Box<Verdict>),
    /// Something is missing from the question, or is not what it must be.
    Incomplete {
        /// What, per field: `who`, `rules`, `folderRules`, `privilege`, `what`, `when`, or the name
        /// of a field of the place.
        problems: Vec<FieldProblem>,
    },
}

/// A field of the question that was left open.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenField {
    /// `who`, or the name of a field of the place; of another attribute its property.
    pub field: String,
    /// What it is called.
    pub title: String,
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
    pub asked: AskedView,
    /// What stands before "may" for them in sentences.
    pub name: String,
    /// The instant the question was decided for.
    pub at: String,
    /// When the answer changes next, if something timed makes it change.
    pub changes: Option<Change>,
    /// The properties left open on which the answer depends; `actor` if it depends on who it is.
    pub depends_on: Vec<String>,
    /// The fields of the question that would have to be filled in for a yes or no.
    pub open_fields: Vec<OpenField>,
    /// How the server orders rules.
    pub semantics: Semantics,
    /// What is odd about the question, per field; the answer is to the question as it was put.
    pub remarks: Vec<FieldProblem>,
    /// The checks the server makes, in order.
    pub checks: Vec<CheckView>,
    /// How many rules count at that instant.
    pub rules: u32,
    /// How many of them name what was asked about; the server's checks may share some.
    pub concerned: u32,
}

/// Yes, no, or why neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    /// It matched for the other action that the check asks about, and another rule decided.
    OtherAction,
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
    /// The slug; what a folder grant gives.
    pub slug: String,
    /// The name shown; where a folder grant is.
    pub name: String,
    /// The group it comes through.
    pub through: Option<MemberRef>,
    /// The id of the role, the privilege or the folder grant; empty if it is not stored.
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
