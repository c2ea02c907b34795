//! What the server answers when a list of rules is written to a role or a privilege.

use reeve_domain::project::CatalogueEdition;
use serde_json::Value as Json;

use super::schema::{Outcome, Parser};
use super::{combination, syntax};
use crate::catalogue::Catalogue;

/// The server's answer to a list of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptance {
    /// Where the server refuses the list; none if it takes it.
    pub refused: Option<Stage>,
    /// What it stores: unknown members stripped, single actions made lists, members in its own
    /// order. Empty if it refuses.
    pub stored: Vec<Json>,
    /// Why it refuses, in its own words. Empty if it does not.
    pub issues: Vec<Issue>,
}

/// The check that refuses a list of rules. The server runs them in this order, except that the
/// combinations are looked at before the schema's milder complaints are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The schema; HTTP status 422.
    Schema,
    /// Actions or conditions that may not stand together in one rule; HTTP status 400.
    Combination,
    /// Templates that do not parse or say more than they may; HTTP status 400.
    Template,
}

impl Stage {
    /// The name used in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Combination => "combination",
            Self::Template => "template",
        }
    }

    /// The HTTP status the server answers with.
    pub fn status(self) -> u16 {
        match self {
            Self::Schema => 422,
            Self::Combination | Self::Template => 400,
        }
    }
}

/// One step of a path into a list of rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathPart {
    /// An item of a list, counted from zero.
    Index(usize),
    /// A member of an object.
    Key(Box<str>),
}

/// One complaint of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where, from the list of rules on; empty if the server does not say.
    pub path: Vec<PathPart>,
    /// What, in the server's words up to the first full stop.
    pub message: String,
    /// The schema's code; none for the other checks.
    pub code: Option<&'static str>,
}

impl Acceptance {
    /// Whether the server takes the list.
    pub fn ok(&self) -> bool {
        self.refused.is_none()
    }

    fn refusal(stage: Stage, issues: Vec<Issue>) -> Self {
        Self {
            refused: Some(stage),
            stored: Vec::new(),
            issues,
        }
    }
}

/// Answers as the server of `edition` does when `permissions` is written.
pub fn accept(permissions: &Json, edition: CatalogueEdition) -> Acceptance {
    let catalogue = Catalogue::of(edition);
    let mut parser = Parser::new(catalogue);
    let stored = match parser.rules(permissions) {
        Outcome::Aborted => return Acceptance::refusal(Stage::Schema, parser.into_issues()),
        Outcome::Valid(rules) | Outcome::Dirty(rules) => rules,
    };
    if let Some(clash) = combination::check(&stored, catalogue) {
        return Acceptance::refusal(Stage::Combination, vec![unplaced(clash.to_string())]);
    }
    let issues = parser.into_issues();
    if !issues.is_empty() {
        return Acceptance::refusal(Stage::Schema, issues);
    }
    let text = Json::Array(stored.clone()).to_string();
    if let Err(flaw) = syntax::check(&text) {
        return Acceptance::refusal(Stage::Template, vec![unplaced(flaw.to_string())]);
    }
    Acceptance {
        refused: None,
        stored,
        issues,
    }
}

fn unplaced(message: String) -> Issue {
    Issue {
        path: Vec::new(),
        message,
        code: None,
    }
}
