//! Words for why something fails, is unknown or is odd.

use super::Sentence;
use crate::assemble::{AssemblyProblem, UnresolvedTemplate};
use crate::decide::{ErrorReason, ServerFault, UnknownReason};
use crate::template::UnresolvedReason;

/// Why the server answers with an error.
pub fn error_words(reason: ErrorReason) -> &'static str {
    match reason {
        ErrorReason::Fault(fault) => fault_words(fault),
        ErrorReason::InvalidTemplate => "a template in the rules is not valid",
        ErrorReason::BrokenJson => "a value put into a template breaks the rules",
    }
}

/// What goes wrong in the server's matching.
pub fn fault_words(fault: ServerFault) -> &'static str {
    match fault {
        ServerFault::GlobOnMissing => "a glob is compared with an attribute that is missing",
        ServerFault::GlobOnList => "a glob is compared with a list",
        ServerFault::GlobOnOther => "a glob is compared with something that is no text",
        ServerFault::GlobFails => "the server cannot read a glob",
        ServerFault::MixedOperators => "known and unknown operators are mixed in one condition",
        ServerFault::OperatorAsProperty => "an operator stands where a property is expected",
        ServerFault::WrongOperand => "the value of an operator is of the wrong type",
        ServerFault::InvalidPattern => "a regular expression is not valid",
        ServerFault::PropertyOfNothing => "a property is read from something that has none",
        ServerFault::EmptyFields => "a rule has an empty list of fields",
        ServerFault::RuleIsNull => "a rule is null",
    }
}

/// Why the answer cannot be known.
pub fn unknown_words(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::Glob => "a glob cannot be reproduced exactly",
        UnknownReason::Pattern => "a regular expression cannot be reproduced exactly",
        UnknownReason::JavaScript => {
            "a condition looks at something that only the server itself can evaluate"
        }
        UnknownReason::NotTold => "it depends on how the actor signed in, which is not known here",
        UnknownReason::Template => "a template cannot be reproduced exactly",
        UnknownReason::NotSeen => "not all that gives or takes access could be pulled",
    }
}

/// What an action is, as what stands before the place after "may"; `None` where only the name on
/// the wire says it.
pub(super) fn verb(subject: &str, action: &str) -> Option<&'static str> {
    Some(match (subject, action) {
        ("secrets", "readValue") => "read the value of",
        ("secrets", "describeSecret") => "see",
        ("secrets", "read") => "see and read",
        ("secrets", "create") => "create",
        ("secrets", "edit") => "edit",
        ("secrets", "delete") => "delete",
        ("secret-folders", "create") => "create folders in",
        ("secret-folders", "edit") => "change folders in",
        ("secret-folders", "delete") => "delete folders in",
        ("secret-imports", "read") => "see imports in",
        ("secret-imports", "create") => "create imports in",
        ("secret-imports", "edit") => "change imports in",
        ("secret-imports", "delete") => "delete imports in",
        ("dynamic-secrets", "lease") => "lease dynamic secrets in",
        ("secret-rotation", "rotate-secrets") => "rotate secrets in",
        _ => return None,
    })
}

pub(super) fn unresolved_note(unresolved: &UnresolvedTemplate) -> Sentence {
    let mut sentence = Sentence::default();
    sentence
        .text("the template ")
        .code(format!("{{{{{}}}}}", unresolved.path));
    if let Some(source) = &unresolved.source {
        sentence.text(" in ").source(source);
    }
    sentence.text(match unresolved.reason {
        UnresolvedReason::LeftAsWritten => " has no value for this actor and stays as written",
        UnresolvedReason::RenderedEmpty => " has no value for this actor and becomes empty",
        UnresolvedReason::NotTold => " depends on how the actor signed in, which is not known here",
    });
    sentence
}

pub(super) fn problem_note(problem: &AssemblyProblem) -> Sentence {
    let mut sentence = Sentence::default();
    match problem {
        AssemblyProblem::NotAMember => sentence.text(
            "without any role the server does not count the actor as a member and refuses everything",
        ),
        AssemblyProblem::FolderGrantLeftOut(source) => sentence
            .source(source)
            .text(" is left out, because servers with this order of rules have no folder grants"),
        AssemblyProblem::FolderGrantOfAdmin(source) => sentence
            .source(source)
            .text(" is left out, because servers ignore folder grants of an `admin`"),
    };
    sentence
}
