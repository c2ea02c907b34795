//! Asks the judge whether somebody may do something, at an instant, and why.
//!
//! What the question leaves open is not invented: if the answer looks at it, the answer depends on
//! it, and says so. What cannot be meant is refused with the remedy.

pub mod cases;
mod examine;
pub(crate) mod extremes;
mod holder;
mod open;
mod question;
pub(crate) mod unseen;
pub mod what_else;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{Assembly, assemble, assemble_active, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Change, Decision, Outcome, decide, outcome};
use reeve_policy::operation::{
    OperationDecision, Situation, decide_operation, operation, operation_outcome,
};
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;

pub(crate) use examine::Examined;
pub(crate) use holder::Holder;
pub use holder::{Asked, UNSAVED_PRIVILEGE};
pub use open::ACTOR;
pub(crate) use open::Settled;
pub use question::{Place, Question, Unsaved, What, When, Who};

/// The answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The question could be put.
    Decided(Box<Verdict>),
    /// Something is missing from the question, or is not what it must be.
    Incomplete(Vec<Remark>),
}

/// What was decided.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Who was asked about.
    pub asked: Asked,
    /// The instant the question was decided for.
    pub at: DateTime<Utc>,
    /// The answer, as far as it does not depend on what was left open. It is not that of `decided`
    /// where what is missing makes the server fail and nothing that could be filled in changes the
    /// answer.
    pub outcome: Outcome,
    /// When the answer changes next, if something timed makes it change.
    pub change: Option<Change>,
    /// The properties left open at which the answer looked, or [`ACTOR`]. If there are any,
    /// `outcome` is only what holds when they are missing.
    pub depends_on: BTreeSet<String>,
    /// The fields of the question that would have to be filled in for a yes or no.
    pub open_fields: BTreeSet<String>,
    /// The judge's decision.
    pub decided: Decided,
    /// How many rules count at that instant.
    pub rules: usize,
    /// How the server orders rules.
    pub semantics: Semantics,
    /// What is odd about the question, per field; the answer is to the question as it was put.
    pub remarks: Vec<Remark>,
    /// What could not be pulled and makes `outcome` unknown.
    pub unseen: Vec<UnseenKind>,
}

/// The judge's decision.
#[derive(Debug, Clone)]
pub enum Decided {
    /// About one action.
    Action(Decision),
    /// About an operation and the checks it makes.
    Operation(OperationDecision),
}

impl Reeve {
    /// Answers `question`.
    pub fn simulate(&self, question: &Question) -> Result<Answer, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| answer(snapshot, question, now))
    }
}

/// Answers `question` from what `snapshot` shows.
pub(crate) fn answer(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Answer, DeedError> {
    let case = case(snapshot, question, now)?;
    let mut examined = examined(snapshot, question, now)?;
    let case = match case {
        Ok(case) => case,
        Err(mut problems) => {
            problems.append(&mut examined.problems);
            return Ok(Answer::Incomplete(problems));
        }
    };
    if !examined.problems.is_empty() {
        return Ok(Answer::Incomplete(examined.problems));
    }
    Ok(case.answer(question, examined.remarks))
}

/// Whoever `question` is about, ready to be asked anything at its instant; remarks if that cannot
/// be.
pub(crate) fn case(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Result<Case, Vec<Remark>>, DeedError> {
    let project = snapshot
        .project()?
        .ok_or(DeedError::Missing { what: "project" })?;
    let holder = Holder::read(
        snapshot,
        &question.who,
        &question.unsaved,
        project.catalogue,
    )?;
    let holder = match holder {
        Ok(holder) => holder,
        Err(problems) => return Ok(Err(problems)),
    };
    let unseen = unseen::unseen_of(snapshot, &holder.asked)?;
    Ok(Ok(Case {
        unseen,
        at: instant(question.when, &holder, now),
        semantics: question.semantics.unwrap_or(project.semantics),
        edition: project.catalogue,
        holder,
    }))
}

/// Answers a question about bare rules on a server with the subjects of `edition`, of whose places
/// nothing is known.
pub fn answer_about_rules(
    question: &Question,
    edition: CatalogueEdition,
    now: DateTime<Utc>,
) -> Answer {
    let mut problems = examine::problems(&question.place);
    let holder = match Holder::of_rules(&question.who, &question.unsaved) {
        Ok(holder) if problems.is_empty() => holder,
        Ok(_) => return Answer::Incomplete(problems),
        Err(mut others) => {
            others.append(&mut problems);
            return Answer::Incomplete(others);
        }
    };
    let case = Case {
        unseen: Vec::new(),
        at: instant(question.when, &holder, now),
        semantics: question.semantics.unwrap_or_default(),
        edition,
        holder,
    };
    case.answer(question, Vec::new())
}

/// What there is to say about the place and the instant of `question`.
pub(crate) fn examined(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Examined, DeedError> {
    let place = &question.place;
    let known = |environment: &Option<String>, path: &Option<String>| match environment {
        Some(slug) => snapshot.known_place(slug, path.as_deref()),
        None => Ok(reeve_store::place::KnownPlace::default()),
    };
    let mut examined = examine::examine(
        place,
        &examine::Known {
            first: known(&place.situation.environment, &place.situation.secret_path)?,
            second: known(
                &place.situation.second_environment,
                &place.situation.second_path,
            )?,
            tags: &snapshot.tag_slugs()?,
        },
    );
    let since = match question.when {
        When::At(at) if at < now => snapshot.history_count_since(at)?,
        _ => 0,
    };
    examined
        .remarks
        .extend(examine::past(question.when, now, since));
    Ok(examined)
}

/// Somebody's grants at an instant, ready to be asked.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub holder: Holder,
    pub semantics: Semantics,
    pub edition: CatalogueEdition,
    pub at: DateTime<Utc>,
    /// What could not be pulled of whoever is asked about.
    pub unseen: Vec<UnseenKind>,
}

impl Case {
    /// The rules that count at the instant of the case, with what does not count.
    pub fn assembly(&self) -> Assembly {
        match &self.holder.facts {
            Some(facts) => assemble(facts, &self.holder.grants, self.semantics, self.at),
            None => assemble_as_written(&self.holder.grants, self.semantics, self.at),
        }
    }

    fn active_at(&self, at: DateTime<Utc>) -> Assembly {
        match &self.holder.facts {
            Some(facts) => assemble_active(facts, &self.holder.grants, self.semantics, at),
            None => assemble_as_written(&self.holder.grants, self.semantics, at),
        }
    }

    fn answer(self, question: &Question, mut remarks: Vec<Remark>) -> Answer {
        let mut cache = CompileCache::new();
        let assembly = self.assembly();
        let rules = compile(&assembly, &mut cache);
        let situation = &question.place.situation;
        let (decided, change, (seen, unseen)) = match &question.what {
            What::Action(subject, action) => {
                let request = AccessRequest {
                    subject: subject.clone(),
                    action: action.clone(),
                    attributes: attributes(&question.place),
                };
                remarks.extend(unknown_action(self.edition, &request));
                remarks.extend(unknown_attributes(self.edition, &request));
                let change = self.next_change(&mut cache, |rules| outcome(rules, &request));
                let decision = decide(&rules, &request);
                let seen = self.as_far_as_seen(decision.outcome, &mut cache, |rules| {
                    outcome(rules, &request)
                });
                (Decided::Action(decision), change, seen)
            }
            What::Operation(id) => {
                let Some(operation) = operation(id) else {
                    return Answer::Incomplete(vec![Remark {
                        field: "what".to_owned(),
                        message: "choose what they would do".to_owned(),
                    }]);
                };
                let change = self.next_change(&mut cache, |rules| {
                    operation_outcome(rules, operation, situation)
                });
                let decision = decide_operation(&rules, operation, situation);
                let seen = self.as_far_as_seen(decision.outcome, &mut cache, |rules| {
                    operation_outcome(rules, operation, situation)
                });
                (Decided::Operation(decision), change, seen)
            }
        };
        let is_named = self.holder.facts.is_some();
        let Settled {
            outcome,
            mut depends_on,
            fields: mut open_fields,
        } = open::settle(&decided, situation, question.place.nothing_else, is_named);
        let ordered = assembly.ordered();
        if !is_named && ordered.iter().any(|it| open::names_by_template(it.rule)) {
            depends_on.insert(ACTOR.to_owned());
            open_fields.insert("who".to_owned());
        }
        Answer::Decided(Box::new(Verdict {
            at: self.at,
            outcome: if unseen.is_empty() { outcome } else { seen },
            unseen,
            change,
            depends_on,
            open_fields,
            rules: ordered.len(),
            semantics: self.semantics,
            remarks,
            decided,
            asked: self.holder.asked,
        }))
    }

    /// When what `ask` answers changes next; answers change only when a grant ends.
    pub fn next_change(
        &self,
        cache: &mut CompileCache,
        ask: impl Fn(&CompiledRules) -> Outcome,
    ) -> Option<Change> {
        let mut at_instant = |at| ask(&compile(&self.active_at(at), cache));
        let current = at_instant(self.at);
        let mut ends: Vec<DateTime<Utc>> = self
            .holder
            .grants
            .iter()
            .filter_map(|grant| grant.lifetime.end())
            .filter(|end| *end > self.at)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        ends.into_iter().find_map(|at| {
            let outcome = at_instant(at);
            (outcome != current).then_some(Change { at, outcome })
        })
    }
}

/// What the judge makes of `question` under `rules`; an operation that is not known is none.
pub(crate) fn decided(rules: &CompiledRules, question: &Question) -> Decided {
    let situation = &question.place.situation;
    let request = |subject: &Subject, action: &Action| AccessRequest {
        subject: subject.clone(),
        action: action.clone(),
        attributes: attributes(&question.place),
    };
    match &question.what {
        What::Action(subject, action) => Decided::Action(decide(rules, &request(subject, action))),
        What::Operation(id) => {
            if let Some(operation) = operation(id) {
                Decided::Operation(decide_operation(rules, operation, situation))
            } else {
                let unknown = request(&Subject::from(id.as_str()), &Action::from(""));
                Decided::Action(decide(rules, &unknown))
            }
        }
    }
}

/// What the answer for somebody comes to, over everything that was left open.
pub(crate) fn settle(decided: &Decided, situation: &Situation, nothing_else: bool) -> Settled {
    open::settle(decided, situation, nothing_else, true)
}

impl Decided {
    /// The answer.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Action(decision) => decision.outcome,
            Self::Operation(decision) => decision.outcome,
        }
    }
}

/// What is to be said about an action that the server does not know.
fn unknown_action(edition: CatalogueEdition, request: &AccessRequest) -> Option<Remark> {
    let (subject, action) = (request.subject.as_str(), request.action.as_str());
    let message = match Catalogue::of(edition).subject(subject) {
        None => format!("the server knows no subject `{subject}`"),
        Some(entry) if entry.action(action).is_none() => {
            format!("the server knows no action `{action}` on `{subject}`")
        }
        Some(_) => return None,
    };
    Some(Remark {
        field: "what".to_owned(),
        message: format!("{message}; the answer says what the rules would do"),
    })
}

/// What is to be said about attributes that no condition can ask for, which may be misspelt.
fn unknown_attributes(edition: CatalogueEdition, request: &AccessRequest) -> Vec<Remark> {
    let Attributes::Of(object) = &request.attributes else {
        return Vec::new();
    };
    let Some(entry) = Catalogue::of(edition).subject(request.subject.as_str()) else {
        return Vec::new();
    };
    object
        .iter()
        .filter(|(name, _)| entry.property(name).is_none())
        .map(|(name, _)| Remark {
            field: name.to_owned(),
            message: format!(
                "the server offers no condition on `{name}` for `{}`, so it hardly makes a \
                 difference; look at how it is spelt",
                request.subject.as_str()
            ),
        })
        .collect()
}

fn instant(when: When, holder: &Holder, now: DateTime<Utc>) -> DateTime<Utc> {
    match when {
        When::Now => now,
        When::At(instant) => instant,
        // At its end something does not count any more, so the last end is late enough.
        When::AfterTimed => holder
            .grants
            .iter()
            .filter_map(|grant| grant.lifetime.end())
            .fold(now, DateTime::max),
    }
}

/// The attributes that `place` gives; a check without any asks "anywhere?".
pub(crate) fn attributes(place: &Place) -> Attributes {
    let mut object = Object::new();
    let mut put = |property: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.set(property, value);
        }
    };
    put(
        "environment",
        place.situation.environment.as_deref().map(Value::text),
    );
    put(
        "secretPath",
        place.situation.secret_path.as_deref().map(Value::text),
    );
    put(
        "secretName",
        place.situation.secret_name.as_deref().map(Value::text),
    );
    let tags = place.situation.secret_tags.as_ref();
    put(
        "secretTags",
        tags.map(|tags| Value::texts(tags.iter().map(String::as_str))),
    );
    put("metadata", place.situation.metadata.as_deref().map(pairs));
    put(
        "connectionId",
        place.situation.connection.as_deref().map(Value::text),
    );
    for (property, text) in &place.others {
        put(property, Some(Value::text(text.as_str())));
    }
    if object.is_empty() {
        Attributes::Bare
    } else {
        Attributes::Of(object)
    }
}

fn pairs(pairs: &[(String, String)]) -> Value {
    let item = |(key, value): &(String, String)| {
        let members = [("key", key), ("value", value)];
        Value::Object(
            members
                .into_iter()
                .map(|(name, text)| (name, Value::text(text.as_str())))
                .collect(),
        )
    };
    Value::List(pairs.iter().map(item).collect())
}
