//! Puts a decision into words: plain sentences, and parts that a screen can style.
//!
//! Nothing is decided here. Times are parts of their own, so that whoever shows them chooses zone
//! and form.

mod denial;
mod operation;
mod reasons;
mod sentence;

use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Standing;
use reeve_domain::value::Value;

pub use operation::explain_operation;
pub use reasons::{error_words, fault_words, unknown_words};
pub use sentence::{Part, Sentence};

use crate::assemble::{Assembly, Source};
use crate::decide::{AccessRequest, Candidate, Change, Decision, InactiveEffect, Outcome};
use crate::operation::place;
use crate::template::TemplateFault;

/// What is said about a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The answer and its main reason.
    pub headline: Sentence,
    /// What else is worth knowing: rules that nearly apply, grants that ended, templates without a
    /// value, oddities.
    pub notes: Vec<Sentence>,
}

/// Puts `decision` about `actor` (its name) into words. `change` is the next instant at which the
/// answer changes, if that was asked.
pub fn explain(actor: &str, decision: &Decision, change: Option<Change>) -> Explanation {
    let told = told_in_headline(decision);
    let mut notes = Vec::new();
    if decision.outcome == Outcome::Denied && decision.decided_by.is_none() {
        notes.extend(denial::near_misses(decision));
    }
    let untold = decision
        .inactive
        .iter()
        .filter(|effect| told.is_none_or(|told| !std::ptr::eq(told, *effect)));
    notes.extend(untold.map(inactive_note));
    notes.extend(decision.unresolved.iter().map(reasons::unresolved_note));
    notes.extend(decision.problems.iter().map(reasons::problem_note));
    Explanation {
        headline: headline(actor, decision, change),
        notes,
    }
}

/// What is worth knowing about `assembly` whatever is asked: templates without a value, oddities, and
/// why the server could not use the rules at all.
pub fn explain_assembly(assembly: &Assembly) -> Vec<Sentence> {
    let fault = assembly.active.fault.map(|fault| {
        Sentence::new(match fault {
            TemplateFault::Invalid => {
                "a template is not valid, so the server answers everything with an error"
            }
            TemplateFault::BrokenJson => {
                "a value breaks the rules it is filled into, so the server answers everything with an error"
            }
            TemplateFault::Unsupported => {
                "a template does what is not reproduced here, so no answer is known"
            }
            TemplateFault::DependsOnUnknown => {
                "all rules depend on something about the actor that is not known here"
            }
        })
    });
    fault
        .into_iter()
        .chain(
            assembly
                .active
                .unresolved
                .iter()
                .map(reasons::unresolved_note),
        )
        .chain(assembly.problems.iter().map(reasons::problem_note))
        .collect()
}

fn headline(actor: &str, decision: &Decision, change: Option<Change>) -> Sentence {
    match decision.outcome {
        Outcome::Allowed => {
            let mut sentence = Sentence::new("Allowed: ");
            sentence.code(actor).text(" may ");
            say_request(&mut sentence, &decision.request);
            if let Some(source) = decision.deciding().and_then(|c| c.source.as_ref()) {
                sentence.text(" through ").source(source);
            }
            say_until(&mut sentence, change);
            sentence
        }
        Outcome::Denied => {
            let mut sentence = Sentence::new("Denied: ");
            denial::say_why(&mut sentence, &[decision], told_in_headline(decision));
            say_until(&mut sentence, change);
            sentence
        }
        Outcome::ServerError(reason) => {
            let mut sentence = Sentence::new("The server answers with an error: ");
            sentence.text(error_words(reason));
            say_where(&mut sentence, decision.deciding());
            sentence
        }
        Outcome::Unknown(reason) => {
            let mut sentence = Sentence::new("Unknown: ");
            sentence.text(unknown_words(reason));
            say_where(&mut sentence, decision.deciding());
            sentence
        }
    }
}

/// The inactive grant that the headline of a denial is about.
fn told_in_headline(decision: &Decision) -> Option<&InactiveEffect> {
    if decision.outcome == Outcome::Denied && decision.decided_by.is_none() {
        latest_allowing(&decision.inactive)
    } else {
        None
    }
}

/// Of the inactive grants that would allow it, the one that ended last.
fn latest_allowing(effects: &[InactiveEffect]) -> Option<&InactiveEffect> {
    effects
        .iter()
        .filter(|effect| effect.outcome == Outcome::Allowed)
        .max_by_key(|effect| match effect.standing {
            Standing::Ended(at) => Some(at),
            _ => None,
        })
}

fn inactive_note(effect: &InactiveEffect) -> Sentence {
    let mut sentence = Sentence::default();
    sentence.source(&effect.source).text(match effect.outcome {
        Outcome::Allowed => " would have allowed this; ",
        Outcome::Denied => " would have denied this; ",
        Outcome::ServerError(_) => " would have made the server fail; ",
        Outcome::Unknown(_) => " might have changed the answer; ",
    });
    say_standing(&mut sentence, effect.standing);
    sentence
}

fn say_standing(sentence: &mut Sentence, standing: Standing) {
    match standing {
        Standing::Ended(at) => sentence.text("it ended at ").instant(at),
        Standing::NeverActive => sentence.text("it is timed but has no end, so it never counts"),
        Standing::ActiveUntil(at) => sentence.text("it counts until ").instant(at),
        Standing::Permanent => sentence.text("it has no end"),
    };
}

fn say_until(sentence: &mut Sentence, change: Option<Change>) {
    if let Some(change) = change {
        sentence.text(", until ").instant(change.at);
    }
}

fn say_where(sentence: &mut Sentence, candidate: Option<&Candidate>) {
    if let Some(candidate) = candidate {
        sentence.text(", in ");
        say_source(sentence, candidate.source.as_ref());
    }
}

fn say_source(sentence: &mut Sentence, source: Option<&Source>) {
    match source {
        Some(source) => sentence.source(source),
        None => sentence.text("rules that a template changed"),
    };
}

/// What is done, as what stands after "may".
fn say_request(sentence: &mut Sentence, request: &AccessRequest) {
    let place = place_of(&request.attributes);
    match (
        reasons::verb(request.subject.as_str(), request.action.as_str()),
        place,
    ) {
        (Some(verb), Some(place)) => {
            sentence.text(verb).text(" ");
            if request.subject.as_str() == "secrets" {
                say_secret(sentence, &place, names_a_secret(&request.attributes))
            } else {
                sentence.code(place)
            }
        }
        (_, Some(place)) => sentence.code(wire_name(request)).text(" in ").code(place),
        (_, None) => sentence.code(wire_name(request)),
    };
    if request.attributes == Attributes::Bare {
        sentence.text(" somewhere");
    }
}

/// The secret at `place`; where nobody said which, secrets there.
fn say_secret<'a>(sentence: &'a mut Sentence, place: &str, is_named: bool) -> &'a mut Sentence {
    match (is_named, place.is_empty()) {
        (true, _) => sentence.code(place),
        (false, true) => sentence.text("secrets"),
        (false, false) => sentence.text("secrets in ").code(place),
    }
}

fn names_a_secret(attributes: &Attributes) -> bool {
    match attributes {
        Attributes::Of(object) => object.get("secretName").is_some(),
        Attributes::Bare => false,
    }
}

/// Subject and action in one word, such as `secrets:read`.
pub fn wire_name(request: &AccessRequest) -> String {
    format!("{}:{}", request.subject, request.action)
}

/// The place and thing a check is about, such as `prod:/payments/eu/STRIPE_KEY`; `None` for a check
/// without attributes or on things that have no place.
pub fn place_of(attributes: &Attributes) -> Option<String> {
    let Attributes::Of(object) = attributes else {
        return None;
    };
    let text = |key| object.get(key).and_then(Value::as_text);
    let place = place(text("environment"), text("secretPath"), text("secretName"));
    (!place.is_empty()).then_some(place)
}

impl std::fmt::Display for Explanation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.", self.headline)?;
        for note in &self.notes {
            write!(f, "\n{note}.")?;
        }
        Ok(())
    }
}
