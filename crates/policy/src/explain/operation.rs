//! Puts the decision about an operation into words.

use super::{
    Explanation, Sentence, denial, error_words, inactive_note, latest_allowing, reasons,
    say_secret, say_until, unknown_words,
};
use crate::assemble::Source;
use crate::decide::{Change, Decision, Outcome};
use crate::operation::{CheckDecision, OperationDecision, Refusal, Word};

/// Puts the decision about an operation of `actor` (its name) into words. `change` is the next
/// instant at which the answer changes, if that was asked.
pub fn explain_operation(
    actor: &str,
    decision: &OperationDecision,
    change: Option<Change>,
) -> Explanation {
    let told = told_in_headline(decision);
    let mut notes = Vec::new();
    if let Some(failing) = decision.failing() {
        notes.extend(refusal_note(failing));
        if decision.outcome == Outcome::Denied {
            notes.extend(failing.decisions.iter().flat_map(denial::near_misses));
        }
    }
    let untold = decision
        .inactive
        .iter()
        .filter(|effect| told.is_none_or(|told| !std::ptr::eq(told, *effect)));
    notes.extend(untold.map(inactive_note));
    if let Some(any) = decision.checks.iter().flat_map(|c| &c.decisions).next() {
        notes.extend(any.unresolved.iter().map(reasons::unresolved_note));
        notes.extend(any.problems.iter().map(reasons::problem_note));
    }
    Explanation {
        headline: headline(actor, decision, change),
        notes,
    }
}

fn headline(actor: &str, decision: &OperationDecision, change: Option<Change>) -> Sentence {
    let mut sentence = match decision.outcome {
        Outcome::Allowed => allowed(actor, decision),
        Outcome::Denied => denied(actor, decision),
        Outcome::ServerError(reason) => {
            let mut sentence = Sentence::new("The server answers with an error when ");
            sentence.code(actor).text(" tries to ");
            say_operation(&mut sentence, decision);
            sentence.text(": ").text(error_words(reason));
            sentence
        }
        Outcome::Unknown(reason) => {
            let mut sentence = Sentence::new("Unknown whether ");
            sentence.code(actor).text(" may ");
            say_operation(&mut sentence, decision);
            sentence.text(": ").text(unknown_words(reason));
            sentence
        }
    };
    say_until(&mut sentence, change);
    sentence
}

fn allowed(actor: &str, decision: &OperationDecision) -> Sentence {
    let mut sentence = Sentence::new("Allowed: ");
    sentence.code(actor).text(" may ");
    say_operation(&mut sentence, decision);
    let sources = sources(decision);
    if decision.checks.is_empty() {
        sentence.text(", as every member may");
    }
    for (at, source) in sources.iter().enumerate() {
        sentence
            .text(match at {
                0 => " through ",
                _ if at + 1 == sources.len() => " and ",
                _ => ", ",
            })
            .source(source);
    }
    sentence
}

/// Where the rules that allow the checks come from, each once.
fn sources(decision: &OperationDecision) -> Vec<&Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for check in &decision.checks {
        let source = check
            .decisions
            .iter()
            .filter(|decision| decision.outcome.is_allowed())
            .find_map(|decision| decision.deciding()?.source.as_ref());
        if let Some(source) = source
            && !sources.contains(&source)
        {
            sources.push(source);
        }
    }
    sources
}

fn denied(actor: &str, decision: &OperationDecision) -> Sentence {
    let mut sentence = Sentence::new("Denied: ");
    let Some(failing) = decision.failing() else {
        return sentence;
    };
    let alternatives: Vec<&Decision> = failing.decisions.iter().collect();
    if decision.checks.len() > 1 {
        sentence
            .code(actor)
            .text(" may not ")
            .text(failing.check.purpose)
            .text(": ");
    }
    denial::say_why(&mut sentence, &alternatives, told_in_headline(decision));
    sentence
}

fn told_in_headline(decision: &OperationDecision) -> Option<&crate::decide::InactiveEffect> {
    let failing = decision.failing()?;
    let forbidden = failing
        .decisions
        .iter()
        .any(|decision| decision.deciding().is_some());
    if decision.outcome == Outcome::Denied && !forbidden {
        latest_allowing(&decision.inactive)
    } else {
        None
    }
}

fn refusal_note(failing: &CheckDecision) -> Option<Sentence> {
    let words = match (failing.outcome, failing.check.refusal) {
        (Outcome::Denied, Refusal::LeftOut) => {
            "the request succeeds, and this one is left out of the answer"
        }
        (Outcome::Denied, Refusal::RefusedOrHidden) => {
            "the whole request is refused, unless the caller accepts that values are hidden"
        }
        _ => return None,
    };
    Some(Sentence::new(words))
}

fn say_operation(sentence: &mut Sentence, decision: &OperationDecision) {
    sentence.text(decision.operation.verb);
    if !decision.operation.object.is_empty() {
        sentence.text(" ");
    }
    let situation = &decision.situation;
    for word in decision.operation.object {
        match word {
            Word::Text(text) => sentence.text(text),
            Word::Secret => say_secret(
                sentence,
                &situation.place(),
                situation.secret_name.is_some(),
            ),
            Word::Folder => match situation.place() {
                place if place.is_empty() => sentence.text("any folder"),
                place => sentence.text("the folder ").code(place),
            },
            Word::Place => say_place(sentence, situation.place()),
            Word::SecondPlace => say_place(sentence, situation.second_place()),
            Word::NewName => match &situation.new_name {
                Some(name) => sentence.code(name),
                None => sentence.text("any name"),
            },
        };
    }
}

fn say_place(sentence: &mut Sentence, place: String) -> &mut Sentence {
    if place.is_empty() {
        sentence.text("any folder")
    } else {
        sentence.code(place)
    }
}
