//! What lists can filter by and only the judge can tell: whether rules hold a Forbid, and whether
//! they open every secret.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{Access, matrix};
use reeve_policy::read::rules_from_text;
use reeve_store::fact::{FindFacts, RuleFacts, Server, StoredRules};

/// How many distinct rules are remembered with their facts; most are shared by many.
const REMEMBERED: usize = 4096;

/// The actions that touch the value of a secret. Who may do one of them to every secret, whatever its
/// environment, path, name or tags, has wide access.
const WIDE_ACTIONS: [&str; 5] = ["read", "readValue", "create", "edit", "delete"];

/// Finds facts of rules out by asking the judge.
#[derive(Default)]
pub(crate) struct AskJudge {
    known: Mutex<BTreeMap<(String, bool), RuleFacts>>,
}

impl FindFacts for AskJudge {
    fn version(&self) -> &'static str {
        "1"
    }

    fn facts(&self, rules: StoredRules<'_>, server: Server) -> RuleFacts {
        match rules {
            StoredRules::Written(text) => self.of_text(text, server),
            StoredRules::Predefined(slug) => predefined_role(server.catalogue, slug)
                .map_or_else(RuleFacts::default, |role| of_rules(&role.rules, server)),
        }
    }
}

impl AskJudge {
    fn of_text(&self, text: &str, server: Server) -> RuleFacts {
        let key = (
            text.to_owned(),
            server.semantics == reeve_domain::project::Semantics::ForbidWins,
        );
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = known().get(&key) {
            return *facts;
        }
        let facts = rules_from_text(text)
            .map(|(rules, _)| of_rules(&rules.into(), server))
            .unwrap_or_default();
        let mut known = known();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key, facts);
        facts
    }
}

fn of_rules(rules: &Arc<[Rule]>, server: Server) -> RuleFacts {
    RuleFacts {
        forbids: rules.iter().any(|rule| rule.effect() == Effect::Forbid),
        wide: is_wide(rules, server),
    }
}

/// Whether who has just `rules` may do something to the value of every secret. Templates are taken as
/// they are written: a condition with one never holds for every secret.
fn is_wide(rules: &Arc<[Rule]>, server: Server) -> bool {
    let grant = Grant {
        source: Source::Role {
            id: RoleId::from(""),
            slug: Arc::from(""),
            name: Arc::from(""),
            through: None,
        },
        lifetime: Lifetime::Permanent,
        rules: Arc::clone(rules),
    };
    let assembly = assemble_as_written(&[grant], server.semantics, DateTime::UNIX_EPOCH);
    let compiled = compile(&assembly, &mut CompileCache::new());
    let subject = Subject::from("secrets");
    let actions = WIDE_ACTIONS.map(Action::from);
    matrix(&compiled, actions.iter().map(|action| (&subject, action)))
        .iter()
        .any(|cell| cell.access == Access::Allow)
}

#[cfg(test)]
mod tests {
    use reeve_domain::project::{CatalogueEdition, Semantics};

    use super::*;

    fn facts(rules: &str, semantics: Semantics) -> (bool, bool) {
        let server = Server {
            semantics,
            catalogue: CatalogueEdition::Current,
        };
        let facts = AskJudge::default().facts(StoredRules::Written(rules), server);
        (facts.forbids, facts.wide)
    }

    const EVERY: &str = r#"{"subject":"secrets","action":["readValue"]}"#;
    const ALL: &str = r#"{"subject":"all","action":["manage"]}"#;
    const PROD: &str =
        r#"{"subject":"secrets","action":["readValue"],"conditions":{"environment":"prod"}}"#;
    const NO_PROD: &str = r#"{"subject":"secrets","action":["readValue"],"inverted":true,"conditions":{"environment":"prod"}}"#;

    #[test]
    fn only_what_opens_every_secret_is_wide() {
        for (rules, expected) in [
            (format!("[{EVERY}]"), (false, true)),
            (format!("[{PROD}]"), (false, false)),
            (format!("[{PROD},{EVERY}]"), (false, true)),
            (format!("[{EVERY},{NO_PROD}]"), (true, false)),
            (
                r#"[{"subject":"secret-folders","action":["read"]}]"#.to_owned(),
                (false, false),
            ),
            (
                r#"[{"subject":"secrets","action":["describeSecret"]}]"#.to_owned(),
                (false, false),
            ),
            ("no rules".to_owned(), (false, false)),
            ("[]".to_owned(), (false, false)),
        ] {
            assert_eq!(facts(&rules, Semantics::ForbidWins), expected, "{rules}");
        }
    }

    #[test]
    fn a_later_allow_opens_again_where_the_last_match_decides() {
        let rules = format!("[{NO_PROD},{EVERY}]");
        assert_eq!(facts(&rules, Semantics::ForbidWins), (true, false));
        assert_eq!(facts(&rules, Semantics::LastMatch), (true, true));
    }

    #[test]
    fn everything_includes_every_secret() {
        assert_eq!(
            facts(&format!("[{ALL}]"), Semantics::ForbidWins),
            (false, true)
        );
    }

    #[test]
    fn the_predefined_roles_are_what_their_names_say() {
        let judge = AskJudge::default();
        for (slug, wide) in [
            ("admin", true),
            ("member", true),
            ("viewer", true),
            ("no-access", false),
            ("nothing-such", false),
        ] {
            let facts = judge.facts(StoredRules::Predefined(slug), Server::default());
            assert_eq!(facts.wide, wide, "{slug}");
        }
    }
}
