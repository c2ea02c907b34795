//! Answers a stream of questions about bare rules and whole actors.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::{Assembly, Grant, Source, assemble_active, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Outcome, check_either, outcome};
use reeve_policy::explain::{error_words, unknown_words};
use reeve_policy::read::{attributes_from_json, rules_from_json};
use serde_json::{Value as Json, json};

use crate::Ending;
use crate::actor;
use crate::args::Profile;
use crate::batch::{self, NoAnswer};
use crate::error::CliError;
use crate::json::{instant, list, member, text};
use crate::recent::Recent;

/// How many lists of bare rules are remembered.
const REMEMBERED: usize = 1024;
/// How many globs and lists the judge's cache may hold before what is not in use is dropped.
const CACHED: usize = 8192;

/// Answers the questions in `file`.
pub fn run(file: &Path, profile: Option<Profile>) -> Result<Ending, CliError> {
    let mut judge = Judge {
        profile,
        cache: CompileCache::new(),
        lists: Recent::new(REMEMBERED),
    };
    batch::run(file, |question| judge.answer(question))
}

/// The judge with what it remembers between questions.
struct Judge {
    /// How rules are ordered where a line does not say.
    profile: Option<Profile>,
    cache: CompileCache,
    lists: Recent<CompiledRules>,
}

impl Judge {
    fn answer(&mut self, question: &Json) -> Result<Json, NoAnswer> {
        let outcome = if question.get("rules").is_some() {
            self.about_rules(question)?
        } else if actor::is_told(question) {
            self.about_actor(question)?
        } else {
            return Err("the line has neither `rules` nor `actor`".to_owned());
        };
        let (globs, sets) = self.cache.len();
        if globs + sets > CACHED {
            self.cache.forget_unused();
        }
        match outcome {
            Outcome::Allowed => Ok(json!({ "allowed": true })),
            Outcome::Denied => Ok(json!({ "allowed": false })),
            Outcome::ServerError(reason) => Err(format!(
                "the server answers with an error: {}",
                error_words(reason)
            )),
            Outcome::Unknown(reason) => Err(format!("unknown: {}", unknown_words(reason))),
        }
    }

    /// A question about a list of rules, taken as they stand.
    fn about_rules(&mut self, question: &Json) -> Result<Outcome, NoAnswer> {
        list(question, "rules")?;
        let rules = member(question, "rules")?;
        let request = request(question)?;
        let profile = self.profile(question, Profile::LastMatch)?;
        let semantics = profile.semantics();
        let key = format!("{profile:?}{rules}");
        let cache = &mut self.cache;
        let compiled = self
            .lists
            .get(&key, || compile(&assemble_list(rules, semantics), cache));
        Ok(outcome(compiled, &request))
    }

    /// A question about an actor with roles, privileges and groups.
    fn about_actor(&mut self, question: &Json) -> Result<Outcome, NoAnswer> {
        let request = request(question)?;
        let legacy = mode(question)?;
        let semantics = self.profile(question, Profile::ForbidWins)?.semantics();
        let now = instant(member(question, "now")?, "now")?;
        let facts = actor::facts(question)?;
        let grants = actor::grants(question)?;
        let assembly = assemble_active(&facts, &grants, semantics, now);
        let compiled = compile(&assembly, &mut self.cache);
        Ok(match legacy {
            Some(action) => check_either(
                &compiled,
                &AccessRequest { action, ..request },
                &"read".into(),
            ),
            None => outcome(&compiled, &request),
        })
    }

    fn profile(&self, question: &Json, otherwise: Profile) -> Result<Profile, NoAnswer> {
        match question.get("profile") {
            None => Ok(self.profile.unwrap_or(otherwise)),
            Some(name) => name
                .as_str()
                .and_then(Profile::from_name)
                .ok_or_else(|| "`profile` is neither `forbid-wins` nor `last-match`".to_owned()),
        }
    }
}

fn assemble_list(rules: &Json, semantics: Semantics) -> Assembly {
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from("the rules"),
        },
        lifetime: Lifetime::Permanent,
        rules: rules_from_json(rules).0.into(),
    };
    assemble_as_written(&[grant], semantics, DateTime::<Utc>::UNIX_EPOCH)
}

fn request(question: &Json) -> Result<AccessRequest, NoAnswer> {
    let attributes = member(question, "attributes")?;
    Ok(AccessRequest {
        subject: Subject::from(text(question, "subject")?),
        action: Action::from(text(question, "action")?),
        attributes: attributes_from_json(Some(attributes))
            .ok_or_else(|| "`attributes` is neither an object nor null".to_owned())?,
    })
}

/// The new action of a question that the legacy `read` answers as well.
fn mode(question: &Json) -> Result<Option<Action>, NoAnswer> {
    match question.get("mode").map(Json::as_str) {
        None => Ok(None),
        Some(Some("describe")) => Ok(Some(Action::from("describeSecret"))),
        Some(Some("readValue")) => Ok(Some(Action::from("readValue"))),
        Some(_) => Err("`mode` is neither `describe` nor `readValue`".to_owned()),
    }
}
