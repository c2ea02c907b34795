//! Puts a decision into words: plain sentences, and parts that a screen can style.
//!
//! Nothing is decided here. Sentences are made of [`Part`]s; times are parts of their own, so that
//! whoever shows them chooses zone and form.

mod reasons;

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Standing;
use reeve_domain::rule::Effect;
use reeve_domain::value::Value;

pub use reasons::{error_words, fault_words, unknown_words};

use crate::assemble::Source;
use crate::decide::{AccessRequest, Candidate, Change, Decision, Outcome};

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A name on the wire, a place or a value: shown in a fixed-width letter.
    Code(String),
    /// Where rules come from: shown as a link.
    Source(Source),
    /// An instant.
    Instant(DateTime<Utc>),
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Its pieces, to be shown one after the other without anything between them.
    pub parts: Vec<Part>,
}

/// What is said about a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The answer and its main reason.
    pub headline: Sentence,
    /// What else is worth knowing: grants that ended, templates without a value, oddities.
    pub notes: Vec<Sentence>,
}

/// Puts `decision` about `actor` (its name) into words. `change` is the next instant at which the
/// answer changes, if that was asked.
pub fn explain(actor: &str, decision: &Decision, change: Option<Change>) -> Explanation {
    let mut notes: Vec<Sentence> = Vec::new();
    let named = headline_source(decision);
    for effect in &decision.inactive {
        if named != Some(&effect.source) {
            notes.push(inactive_note(effect));
        }
    }
    notes.extend(decision.unresolved.iter().map(reasons::unresolved_note));
    notes.extend(decision.problems.iter().map(reasons::problem_note));
    Explanation {
        headline: headline(actor, decision, change),
        notes,
    }
}

fn headline(actor: &str, decision: &Decision, change: Option<Change>) -> Sentence {
    let request = &decision.request;
    match decision.outcome {
        Outcome::Allowed => {
            let mut sentence = Sentence::default();
            sentence
                .text("Allowed: ")
                .code(actor)
                .text(" may ")
                .request(request);
            if let Some(source) = decision.deciding().and_then(|c| c.source.as_ref()) {
                sentence.text(" through ").source(source);
            }
            until(&mut sentence, change);
            sentence
        }
        Outcome::Denied => denied(decision, change),
        Outcome::ServerError(reason) => {
            let mut sentence = Sentence::default();
            sentence
                .text("The server answers with an error: ")
                .text(error_words(reason));
            place(&mut sentence, decision);
            sentence
        }
        Outcome::Unknown(reason) => {
            let mut sentence = Sentence::default();
            sentence.text("Unknown: ").text(unknown_words(reason));
            place(&mut sentence, decision);
            sentence
        }
    }
}

fn denied(decision: &Decision, change: Option<Change>) -> Sentence {
    let mut sentence = Sentence::default();
    sentence.text("Denied: ");
    let would_allow = decision
        .inactive
        .iter()
        .find(|effect| effect.outcome == Outcome::Allowed);
    if let Some(candidate) = decision.deciding() {
        sentence.text("a Forbid in ");
        candidate_source(&mut sentence, candidate);
        sentence.text(" matches");
        until(&mut sentence, change);
    } else if let Some(effect) = would_allow {
        sentence
            .source(&effect.source)
            .text(" would have allowed this; ");
        standing(&mut sentence, effect.standing);
    } else if decision.candidates.is_empty() {
        sentence
            .text("no rule mentions ")
            .code(&wire_name(&decision.request));
    } else if decision
        .candidates
        .iter()
        .all(|c| c.effect == Effect::Forbid)
    {
        sentence
            .text("no rule allows ")
            .code(&wire_name(&decision.request));
    } else {
        sentence
            .text("the conditions of every rule that allows ")
            .code(&wire_name(&decision.request))
            .text(" exclude this case");
    }
    sentence
}

fn headline_source(decision: &Decision) -> Option<&Source> {
    if decision.outcome != Outcome::Denied || decision.decided_by.is_some() {
        return None;
    }
    decision
        .inactive
        .iter()
        .find(|effect| effect.outcome == Outcome::Allowed)
        .map(|effect| &effect.source)
}

fn inactive_note(effect: &crate::decide::InactiveEffect) -> Sentence {
    let mut sentence = Sentence::default();
    sentence.source(&effect.source).text(match effect.outcome {
        Outcome::Allowed => " would have allowed this; ",
        Outcome::Denied => " would have denied this; ",
        Outcome::ServerError(_) => " would have made the server fail; ",
        Outcome::Unknown(_) => " might have changed the answer; ",
    });
    standing(&mut sentence, effect.standing);
    sentence
}

fn standing(sentence: &mut Sentence, standing: Standing) {
    match standing {
        Standing::Ended(at) => {
            sentence.text("it ended at ").instant(at);
        }
        Standing::NeverActive => {
            sentence.text("it is timed but has no end, so it never counts");
        }
        Standing::ActiveUntil(at) => {
            sentence.text("it counts until ").instant(at);
        }
        Standing::Permanent => {
            sentence.text("it has no end");
        }
    }
}

fn until(sentence: &mut Sentence, change: Option<Change>) {
    if let Some(change) = change {
        sentence.text(", until ").instant(change.at);
    }
}

fn place(sentence: &mut Sentence, decision: &Decision) {
    if let Some(candidate) = decision.deciding() {
        sentence.text(", in ");
        candidate_source(sentence, candidate);
    }
}

fn candidate_source(sentence: &mut Sentence, candidate: &Candidate) {
    match &candidate.source {
        Some(source) => sentence.source(source),
        None => sentence.text("rules that a template changed"),
    };
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
    let path = text("secretPath");
    let mut place = match (text("environment"), path) {
        (Some(environment), Some(path)) => format!("{environment}:{path}"),
        (Some(environment), None) => environment.to_owned(),
        (None, Some(path)) => path.to_owned(),
        (None, None) => return None,
    };
    if let Some(name) = text("secretName") {
        if !place.ends_with('/') {
            place.push('/');
        }
        place.push_str(name);
    }
    Some(place)
}

impl Sentence {
    /// Adds words.
    pub fn text(&mut self, text: impl AsRef<str>) -> &mut Self {
        match self.parts.last_mut() {
            Some(Part::Text(last)) => last.push_str(text.as_ref()),
            _ => self.parts.push(Part::Text(text.as_ref().to_owned())),
        }
        self
    }

    /// Adds a name, place or value.
    pub fn code(&mut self, code: &str) -> &mut Self {
        self.parts.push(Part::Code(code.to_owned()));
        self
    }

    /// Adds where rules come from.
    pub fn source(&mut self, source: &Source) -> &mut Self {
        self.parts.push(Part::Source(source.clone()));
        self
    }

    /// Adds an instant.
    pub fn instant(&mut self, instant: DateTime<Utc>) -> &mut Self {
        self.parts.push(Part::Instant(instant));
        self
    }

    fn request(&mut self, request: &AccessRequest) -> &mut Self {
        self.code(&wire_name(request));
        match (&request.attributes, place_of(&request.attributes)) {
            (Attributes::Bare, _) => self.text(" somewhere"),
            (Attributes::Of(_), Some(place)) => self.text(" in ").code(&place),
            (Attributes::Of(_), None) => self,
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Code(code) => write!(f, "`{code}`"),
            Self::Source(source) => write!(f, "{source}"),
            Self::Instant(instant) => write!(f, "{}", instant.format("%Y-%m-%d %H:%M UTC")),
        }
    }
}

impl std::fmt::Display for Sentence {
    /// Starts with a capital letter, whatever stands first.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text: String = self.parts.iter().map(ToString::to_string).collect();
        let mut characters = text.chars();
        match characters.next() {
            Some(first) => write!(f, "{}{}", first.to_uppercase(), characters.as_str()),
            None => Ok(()),
        }
    }
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
