//! The exact engine: from a pattern to an automaton, by way of picomatch's regular expression. What
//! no automaton can follow is matched value by value.

use super::Unreproducible;
use super::automaton::Automaton;
use super::regex::backtrack::Backtracker;
use super::regex::{self, Irregular, ParseError, Regex, UnitSet};
use super::simulation::Engine;
use super::translate;

/// How many answers and machine words one match without an automaton may look at.
const WORK_LIMIT: usize = 50_000_000;
/// How many steps one match may take that tries one way after the other.
const STEP_LIMIT: usize = 2_000_000;

/// A pattern that can be matched exactly.
#[derive(Clone, Debug)]
pub(super) enum Exact {
    Automaton(Box<Automaton>),
    /// For patterns whose automaton would be too large.
    Engine(Box<Engine>),
    /// For patterns that no automaton can follow: single values can be matched, nothing can be said
    /// about all of them.
    Backtracker(Box<Backtracker>, Unreproducible),
}

impl Exact {
    pub(super) fn new(pattern: &str) -> Result<Self, Unreproducible> {
        let engine = match build_engine(pattern) {
            Err(reason) if is_irregular(reason) => {
                let source = translate::translation(pattern)?.source();
                return Backtracker::new(source.as_slice())
                    .map(|expression| Self::Backtracker(Box::new(expression), reason))
                    .ok_or(reason);
            }
            engine => engine?,
        };
        Ok(match Automaton::of_engine(&engine) {
            Some(automaton) => Self::Automaton(Box::new(automaton)),
            None => Self::Engine(Box::new(engine)),
        })
    }

    /// Whether a value that is not empty matches.
    pub(super) fn matches(&self, value: &str) -> Result<bool, Unreproducible> {
        match self {
            Self::Automaton(automaton) => Ok(automaton.matches(value)),
            Self::Engine(engine) => engine
                .matches(value, WORK_LIMIT)
                .map_err(|_| Unreproducible::TooMuchWork),
            Self::Backtracker(expression, _) => {
                let value: Vec<u16> = value.encode_utf16().collect();
                expression
                    .is_found_in(&value, STEP_LIMIT)
                    .map_err(|_| Unreproducible::TooMuchWork)
            }
        }
    }

    pub(super) fn automaton(&self) -> Result<&Automaton, Unreproducible> {
        match self {
            Self::Automaton(automaton) => Ok(automaton),
            Self::Engine(_) => Err(Unreproducible::TooManyStates),
            Self::Backtracker(_, reason) => Err(*reason),
        }
    }
}

fn is_irregular(reason: Unreproducible) -> bool {
    matches!(
        reason,
        Unreproducible::BackReference | Unreproducible::WordBoundary | Unreproducible::LookBehind
    )
}

/// The engine of the pattern's expression, joined with the text of the pattern itself, which
/// always matches.
fn build_engine(pattern: &str) -> Result<Engine, Unreproducible> {
    if pattern.is_empty() {
        return Engine::new(&Regex::Unit(UnitSet::default())).map_err(|_| Unreproducible::TooLarge);
    }
    let Some(regex) = expression(pattern)? else {
        return Engine::new(&itself(pattern)).map_err(|_| Unreproducible::TooLarge);
    };
    let engine = Engine::new(&regex).map_err(|_| Unreproducible::TooLarge)?;
    if engine.matches(pattern, WORK_LIMIT) == Ok(true) {
        return Ok(engine);
    }
    let both = Regex::Choice(vec![regex, itself(pattern)]);
    Engine::new(&both).map_err(|_| Unreproducible::TooLarge)
}

/// The server's expression for a pattern, or nothing if that is invalid and matches nothing.
fn expression(pattern: &str) -> Result<Option<Regex>, Unreproducible> {
    let source = translate::translation(pattern)?.source();
    let parsed = match regex::parse(source.as_slice()) {
        Ok(parsed) => parsed,
        Err(ParseError::Invalid) => return Ok(None),
        Err(ParseError::TooDeep) => return Err(Unreproducible::TooLarge),
        Err(ParseError::ForeignName) => return Err(Unreproducible::ForeignGroupName),
    };
    match parsed.irregular.first() {
        None => Ok(Some(parsed.regex)),
        Some(Irregular::BackReference) => Err(Unreproducible::BackReference),
        Some(Irregular::WordBoundary) => Err(Unreproducible::WordBoundary),
        Some(Irregular::LookBehind) => Err(Unreproducible::LookBehind),
    }
}

/// Matches the text of the pattern and nothing else.
fn itself(pattern: &str) -> Regex {
    let units = pattern
        .encode_utf16()
        .map(|unit| Regex::Unit(UnitSet::single(unit)));
    Regex::Sequence(
        [Regex::Start]
            .into_iter()
            .chain(units)
            .chain([Regex::End])
            .collect(),
    )
}
