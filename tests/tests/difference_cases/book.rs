//! The book of cases: two sets of rules under a title, with what is told of their difference.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use reeve_analysis::{Domain, Form, Universe};
use reeve_domain::project::{Folder, Semantics};
use reeve_policy::assemble::{Auth, assemble_active, assemble_as_written};
use reeve_policy::compile::CompiledRules;
use reeve_tests::judge::{ad_hoc, nobody};
use serde_json::{Value, json};

use super::{EDITION, compiled, told};

/// A project as people have it.
pub fn project() -> Universe {
    let folder = |environment: &str, path: &str| Folder {
        environment: environment.into(),
        path: path.to_owned(),
    };
    Universe {
        environments: Domain::closed(["dev", "staging", "prod"]),
        tags: Domain::open(Form::Slug, ["pci", "internal"]),
        names: Domain::open(Form::Name, ["STRIPE_KEY", "DB_URL"]),
        folders: vec![
            folder("dev", "/app"),
            folder("dev", "/app/web"),
            folder("prod", "/app"),
            folder("prod", "/payments"),
            folder("prod", "/payments/stripe"),
        ],
        ..Universe::of(EDITION)
    }
}

/// One set of rules, and how they are taken.
pub struct Side {
    pub rules: Value,
    pub semantics: Semantics,
    /// Who holds them; templates are left as written if nobody.
    pub holder: Option<(&'static [(&'static str, &'static str)], Auth)>,
}

impl Side {
    pub fn of(rules: Value) -> Self {
        Self {
            rules,
            semantics: Semantics::ForbidWins,
            holder: None,
        }
    }

    fn compiled(&self) -> CompiledRules {
        let grants = [ad_hoc("rules", &self.rules)];
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let assembly = match &self.holder {
            None => assemble_as_written(&grants, self.semantics, at),
            Some((metadata, auth)) => {
                let mut actor = nobody();
                actor.metadata = metadata
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                    .collect();
                actor.auth = auth.clone();
                assemble_active(&actor, &grants, self.semantics, at)
            }
        };
        compiled(&assembly)
    }

    fn written(&self) -> String {
        let mut text = String::new();
        for rule in self.rules.as_array().into_iter().flatten() {
            writeln!(text, "    {rule}").unwrap();
        }
        text
    }
}

/// A rule: "allow" or "forbid", actions, a subject and conditions.
pub fn rule(effect: &str, actions: &[&str], subject: &str, conditions: Value) -> Value {
    let mut rule = json!({"subject": subject, "action": actions});
    if effect == "forbid" {
        rule["inverted"] = json!(true);
    }
    if !conditions.is_null() {
        rule["conditions"] = conditions;
    }
    rule
}

/// Allows reading values.
pub fn read_value(conditions: Value) -> Value {
    rule("allow", &["readValue"], "secrets", conditions)
}

/// Forbids reading values.
pub fn no_value(conditions: Value) -> Value {
    rule("forbid", &["readValue"], "secrets", conditions)
}

/// The cases so far, as text.
pub struct Book {
    pub text: String,
    pub universe: Universe,
    pub count: usize,
}

impl Book {
    pub fn new() -> Self {
        Self {
            text: String::new(),
            universe: project(),
            count: 0,
        }
    }

    pub fn case(&mut self, title: &str, before: Value, after: Value) {
        self.sides(title, &Side::of(before), &Side::of(after));
    }

    pub fn sides(&mut self, title: &str, before: &Side, after: &Side) {
        self.count += 1;
        let told = told(&before.compiled(), &after.compiled(), &self.universe);
        let text = &mut self.text;
        writeln!(text, "## {title}").unwrap();
        write!(text, "  A\n{}  B\n{}", before.written(), after.written()).unwrap();
        writeln!(text, "{told}").unwrap();
    }
}
