//! Sentences made of parts that a screen can style.

use chrono::{DateTime, Utc};

use crate::assemble::Source;

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

/// A sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// Its pieces, to be shown one after the other without anything between them.
    pub parts: Vec<Part>,
}

impl Sentence {
    /// A sentence that begins with `text`.
    pub fn new(text: &str) -> Self {
        let mut sentence = Self::default();
        sentence.text(text);
        sentence
    }

    /// Adds words.
    pub fn text(&mut self, text: impl AsRef<str>) -> &mut Self {
        match self.parts.last_mut() {
            Some(Part::Text(last)) => last.push_str(text.as_ref()),
            _ => self.parts.push(Part::Text(text.as_ref().to_owned())),
        }
        self
    }

    /// Adds a name, place or value.
    pub fn code(&mut self, code: impl AsRef<str>) -> &mut Self {
        self.parts.push(Part::Code(code.as_ref().to_owned()));
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

    /// Adds a list of names: `a`, `b` or `c`.
    pub fn codes(&mut self, codes: &[String], last: &str) -> &mut Self {
        for (at, code) in codes.iter().enumerate() {
            if at > 0 {
                let is_last = at + 1 == codes.len();
                self.text(if is_last { last } else { ", " });
            }
            self.code(code);
        }
        self
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
