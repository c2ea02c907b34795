//! Turns a pattern into the text of the regular expression that the server would build from it.
//!
//! This follows `lib/parse.js` of picomatch 3.0.1 (MIT licence, copyright Jon Schlinkert) step by
//! step with the options `{ strictSlashes: false }`, its oddities included: going through the
//! *text* matters, because parentheses, pipes and quantifiers of the pattern merge with generated
//! ones. Nothing here knows what a regular expression means.

mod braces;
mod brackets;
mod groups;
mod parser;
mod shortcuts;
mod stars;
mod state;
mod token;

use super::Unreproducible;
use super::units::{Units, glyph};
use crate::prototype::IN_EVERY_OBJECT;
use state::Parser;

/// The longest pattern, in UTF-16 units, for which the server builds anything at all.
pub(super) const SERVER_LIMIT: usize = 65_536;
/// The longest pattern, in UTF-16 units, that is translated here.
pub(super) const OWN_LIMIT: usize = 16_384;
/// How many parentheses or braces may be open at once.
const OPEN_LIMIT: usize = 100;

const STAR: &str = "[^/]*?";
const GLOBSTAR: &str = r"(?:(?:(?!(?:^|\/)\.).)*?)";
const DOT_LITERAL: &str = r"\.";
const SLASH_LITERAL: &str = r"\/";
const ONE_CHAR: &str = "(?=.)";
const NO_DOT: &str = r"(?!\.)";
const NO_DOT_SLASH: &str = r"(?!\.{0,1}(?:\/|$))";
const QUESTION: &str = "[^/]";
const QUESTION_NO_DOT: &str = r"[^.\/]";

/// A pattern as the server's regular expression, before it is anchored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// What `picomatch.makeRe(pattern, options, true)` returns.
    pub output: Units,
    /// Whether a leading `!` turns the whole pattern around.
    pub negated: bool,
    pub(super) quirks: Vec<Quirk>,
}

impl Translation {
    /// The text given to `new RegExp`.
    pub fn source(&self) -> Units {
        let mut source = Units::from(if self.negated { "^(?!^(?:" } else { "^(?:" });
        source.push_units(self.output.as_slice());
        source.push_str(if self.negated { ")$).*$" } else { ")$" });
        source
    }
}

/// Why a pattern has no translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Untranslatable {
    /// The server throws while it parses the pattern, for every value.
    ServerFails,
    /// The server's parser never ends on the pattern.
    NeverEnds,
    /// The pattern is longer or nested deeper than what is translated here.
    TooLarge,
}

impl From<Untranslatable> for Unreproducible {
    fn from(reason: Untranslatable) -> Self {
        match reason {
            Untranslatable::ServerFails => Self::ServerFails,
            Untranslatable::NeverEnds => Self::NeverEnds,
            Untranslatable::TooLarge => Self::TooLarge,
        }
    }
}

/// Something noticed on the way that surprises people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quirk {
    /// Text was dropped, or a dot left bare, when the output was put together again.
    LostText,
    /// A range in braces whose ends are not one character each.
    WideRange,
    /// A class that begins with `!`.
    BangClass,
    /// A `+(…)` or `*(…)` that newer servers read in another way.
    RiskyRepeat,
}

/// Translates `pattern` as the server would, or says why that cannot be told.
pub fn translation(pattern: &str) -> Result<Translation, Unreproducible> {
    translate(pattern).map_err(Unreproducible::from)
}

/// Translates `pattern`; the empty one, of which the server makes nothing, into an empty output.
pub(super) fn translate(pattern: &str) -> Result<Translation, Untranslatable> {
    if is_refused_by_server(pattern) {
        return Err(Untranslatable::ServerFails);
    }
    let input = Units::from(replacement(pattern));
    if input.len() > OWN_LIMIT {
        return Err(Untranslatable::TooLarge);
    }
    let starts_common = input
        .as_slice()
        .first()
        .is_some_and(|unit| matches!(glyph(*unit), '.' | '*'));
    let input = without_prefix(input.as_slice());
    let shortcut = if starts_common {
        shortcuts::common_shape(input)
    } else {
        None
    };
    match shortcut.or_else(|| shortcuts::word_path(input)) {
        Some(output) => Ok(Translation {
            output,
            negated: false,
            quirks: Vec::new(),
        }),
        None => Parser::new(input).run(),
    }
}

/// Whether the server throws on `pattern` before it reads anything of it.
pub(crate) fn is_refused_by_server(pattern: &str) -> bool {
    let length = || Units::from(replacement(pattern)).len();
    // The server looks the pattern up in a table, where it finds these.
    IN_EVERY_OBJECT.contains(&pattern) || (pattern.len() > SERVER_LIMIT && length() > SERVER_LIMIT)
}

/// Whether the pattern is one of the few that have a fixed output, extensions included.
pub(super) fn has_common_shape(pattern: &str) -> bool {
    let starts = pattern.starts_with(['.', '*']);
    starts
        && shortcuts::common_shape(without_prefix(Units::from(replacement(pattern)).as_slice()))
            .is_some()
}

fn replacement(pattern: &str) -> &str {
    match pattern {
        "***" => "*",
        "**/**" | "**/**/**" => "**",
        other => other,
    }
}

/// The pattern without one leading `./`.
fn without_prefix(input: &[u16]) -> &[u16] {
    match input {
        [dot, slash, rest @ ..] if glyph(*dot) == '.' && glyph(*slash) == '/' => rest,
        all => all,
    }
}
