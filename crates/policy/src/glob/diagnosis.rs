//! What a person should know about a pattern before relying on it.

use std::fmt;

use super::ambiguity::is_exponential;
use super::regex::{self, ParseError};
use super::translate::{self, Quirk, Untranslatable};

/// Something about a pattern that surprises people, harms the server, or makes answers depend on
/// the server's version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Diagnosis {
    /// The pattern is empty; older servers fail on it.
    Empty,
    /// The server's parser never ends on the pattern, when it is saved or when it is used.
    HangsServer,
    /// The server fails on the pattern, whatever the value.
    FailsOnServer,
    /// The server makes an invalid regular expression of the pattern.
    InvalidRegex,
    /// The server can take exponential time on some values.
    ExponentialBacktracking,
    /// A repeated group that newer servers read in another way.
    RiskyRepeat,
    /// The server drops text of the pattern, or leaves a dot that matches any character.
    LostText,
    /// `[!` is not a negation.
    BangInClass,
    /// A range in braces whose ends are longer than one character.
    WideBraceRange,
    /// `/**/Y` does not match `/Y`.
    MissesFirstLevel,
    /// `X*/**` does not match `X*` itself.
    MissesFolderItself,
    /// `{{` begins a template that the server fills in before it matches.
    Template,
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "an empty pattern matches nothing, and older servers fail on it",
            Self::HangsServer => {
                "the server never finishes reading this pattern and hangs: do not save it"
            }
            Self::FailsOnServer => {
                "the server fails on this pattern, so every request that reaches it is an error"
            }
            Self::InvalidRegex => {
                "the server cannot read this pattern, so it matches only its own text"
            }
            Self::ExponentialBacktracking => {
                "a repeat inside a repeat can keep the server busy for hours on one long value"
            }
            Self::RiskyRepeat => {
                "newer servers read this repeated group as plain text or as one class"
            }
            Self::LostText => {
                "the server drops text in front of a dot or sign, or lets a dot match any character"
            }
            Self::BangInClass => {
                "`[!` is no negation here: the class holds `!` itself; write `[^` to negate"
            }
            Self::WideBraceRange => {
                "a range in braces is a class of single characters: `{1..10}` is `0` or `1`"
            }
            Self::MissesFirstLevel => {
                "`/**/` at the beginning misses the first level: `/**/db` does not match `/db`"
            }
            Self::MissesFolderItself => {
                "`/**` after a star misses the folder itself: `/app/*/**` does not match `/app/x`"
            }
            Self::Template => "`{{` begins a template, which the server fills in before it matches",
        })
    }
}

/// Everything there is to say about `pattern`, in the order of weight.
pub(super) fn diagnose(pattern: &str) -> Vec<Diagnosis> {
    if pattern.is_empty() {
        return vec![Diagnosis::Empty];
    }
    let mut found = of_text(pattern);
    match translate::translate(pattern) {
        Err(Untranslatable::NeverEnds) => found.push(Diagnosis::HangsServer),
        Err(Untranslatable::ServerFails) => found.push(Diagnosis::FailsOnServer),
        Err(Untranslatable::TooLarge) => {}
        Ok(translation) => {
            found.extend(translation.quirks.iter().map(|quirk| of_quirk(*quirk)));
            match regex::parse(translation.source().as_slice()) {
                Err(ParseError::Invalid) => found.push(Diagnosis::InvalidRegex),
                Ok(parsed) if is_exponential(&parsed.regex) => {
                    found.push(Diagnosis::ExponentialBacktracking);
                }
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn of_text(pattern: &str) -> Vec<Diagnosis> {
    let folder_of_star = pattern
        .strip_suffix("/**")
        .is_some_and(|above| above.ends_with('*') && !above.ends_with("**"));
    let claims = [
        (Diagnosis::HangsServer, pattern.ends_with(r"\\\\")),
        (
            Diagnosis::MissesFirstLevel,
            pattern
                .strip_prefix("/**/")
                .is_some_and(|rest| !rest.is_empty()),
        ),
        (Diagnosis::MissesFolderItself, folder_of_star),
        (Diagnosis::Template, pattern.contains("{{")),
    ];
    claims
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(diagnosis, _)| diagnosis)
        .collect()
}

fn of_quirk(quirk: Quirk) -> Diagnosis {
    match quirk {
        Quirk::LostText => Diagnosis::LostText,
        Quirk::WideRange => Diagnosis::WideBraceRange,
        Quirk::BangClass => Diagnosis::BangInClass,
        Quirk::RiskyRepeat => Diagnosis::RiskyRepeat,
    }
}
