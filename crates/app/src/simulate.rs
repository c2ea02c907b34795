//! Asks the judge whether a member may do something, at an instant, and why.
//!
//! What the question leaves open is not invented: if the answer looks at it, the answer depends on
//! it, and says so.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{ActorFacts, Grant, assemble};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{
    AccessRequest, Bearing, Change, CheckResult, Decision, Outcome, decide, next_change, outcome,
};
use reeve_policy::operation::{
    CheckDecision, Input, Operation, OperationDecision, Situation, decide_operation, operation,
    operation_outcome,
};

use crate::actor::{facts, grants};
use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who.
    pub member: MemberId,
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A plain-words operation, by its id.
    Operation(String),
    /// One action on one subject.
    Action(Subject, Action),
}

/// Where it would be done. What is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The slug of the environment.
    pub environment: Option<String>,
    /// The path of the folder.
    pub secret_path: Option<String>,
    /// The name of the secret.
    pub secret_name: Option<String>,
    /// The slugs of its tags; an empty list is a secret without tags.
    pub secret_tags: Option<Vec<String>>,
}

/// When it would be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Now.
    Now,
    /// At an instant.
    At(DateTime<Utc>),
    /// After everything timed that the member has now has ended.
    AfterTimed,
}

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
    pub member: Member,
    /// The instant the question was decided for.
    pub at: DateTime<Utc>,
    /// The answer, as far as it does not depend on what was left open.
    pub outcome: Outcome,
    /// When the answer changes next, if something timed makes it change.
    pub change: Option<Change>,
    /// The properties left open at which the answer looked. If there are any, `outcome` is only
    /// what holds when they are missing.
    pub depends_on: BTreeSet<String>,
    /// The judge's decision.
    pub decided: Decided,
    /// How many rules count for the member at that instant.
    pub rules: usize,
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
        let (project, access) = self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let access = snapshot
                .member_access(&question.member)?
                .ok_or(DeedError::Missing { what: "member" })?;
            Ok::<_, DeedError>((project, access))
        })?;
        if access.member.kind == MemberKind::Group {
            return Ok(incomplete(
                "member",
                "a group does nothing itself; choose one of its members",
            ));
        }
        let grants = grants(&access, project.catalogue)?;
        let case = Case {
            facts: facts(&access.member),
            at: instant(question.when, &grants, now),
            grants,
            semantics: project.semantics,
        };
        Ok(case.answer(access.member, question))
    }
}

/// A member's grants at an instant, ready to be asked.
struct Case {
    facts: ActorFacts,
    grants: Vec<Grant>,
    semantics: Semantics,
    at: DateTime<Utc>,
}

impl Case {
    fn answer(&self, member: Member, question: &Question) -> Answer {
        let mut cache = CompileCache::new();
        let assembly = assemble(&self.facts, &self.grants, self.semantics, self.at);
        let rules = compile(&assembly, &mut cache);
        let (decided, change) = match &question.what {
            What::Action(subject, action) => {
                let request = AccessRequest {
                    subject: subject.clone(),
                    action: action.clone(),
                    attributes: attributes(&question.place),
                };
                let change = self.next_change(&mut cache, |rules| outcome(rules, &request));
                (Decided::Action(decide(&rules, &request)), change)
            }
            What::Operation(id) => {
                let Some(operation) = operation(id) else {
                    return incomplete("what", "choose what they would do");
                };
                let situation = situation(&question.place);
                let problems = missing(operation, &situation);
                if !problems.is_empty() {
                    return Answer::Incomplete(problems);
                }
                let change = self.next_change(&mut cache, |rules| {
                    operation_outcome(rules, operation, &situation)
                });
                let decision = decide_operation(&rules, operation, &situation);
                (Decided::Operation(decision), change)
            }
        };
        Answer::Decided(Box::new(Verdict {
            member,
            at: self.at,
            outcome: decided.outcome(),
            change,
            depends_on: depends_on(&decided, &question.place),
            rules: assembly.ordered().len(),
            decided,
        }))
    }

    fn next_change(
        &self,
        cache: &mut CompileCache,
        ask: impl Fn(&CompiledRules) -> Outcome,
    ) -> Option<Change> {
        next_change(
            &self.facts,
            &self.grants,
            self.semantics,
            self.at,
            cache,
            ask,
        )
    }
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

/// What must be given before `operation` can be decided. The name and the tags of a secret may be
/// left open: whether the answer depends on them is seen when it is made.
fn missing(operation: &Operation, situation: &Situation) -> Vec<Remark> {
    operation
        .missing(situation)
        .into_iter()
        .filter_map(|input| match input {
            Input::Environment => Some(("environment", "choose an environment")),
            Input::SecretPath => Some(("secretPath", "give the path of a folder, such as `/`")),
            Input::SecretName | Input::SecretTags => None,
            _ => Some(("what", "this cannot be asked here")),
        })
        .map(|(field, message)| Remark {
            field: field.to_owned(),
            message: message.to_owned(),
        })
        .collect()
}

fn situation(place: &Place) -> Situation {
    Situation {
        environment: place.environment.clone(),
        secret_path: place.secret_path.clone(),
        secret_name: place.secret_name.clone(),
        secret_tags: place.secret_tags.clone(),
        ..Situation::default()
    }
}

fn instant(when: When, grants: &[Grant], now: DateTime<Utc>) -> DateTime<Utc> {
    match when {
        When::Now => now,
        When::At(instant) => instant,
        // At its end something does not count any more, so the last end is late enough.
        When::AfterTimed => grants
            .iter()
            .filter_map(|grant| grant.lifetime.end())
            .fold(now, DateTime::max),
    }
}

/// The attributes that `place` gives; a check without any asks "anywhere?".
fn attributes(place: &Place) -> Attributes {
    let mut object = Object::new();
    let mut put = |property: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.set(property, value);
        }
    };
    put("environment", place.environment.as_deref().map(Value::text));
    put("secretPath", place.secret_path.as_deref().map(Value::text));
    put("secretName", place.secret_name.as_deref().map(Value::text));
    let tags = place.secret_tags.as_ref();
    put(
        "secretTags",
        tags.map(|tags| Value::texts(tags.iter().map(String::as_str))),
    );
    if object.is_empty() {
        Attributes::Bare
    } else {
        Attributes::Of(object)
    }
}

/// The properties that `place` leaves open and on which the answer depends.
fn depends_on(decided: &Decided, place: &Place) -> BTreeSet<String> {
    let open = open_properties(place);
    match decided {
        Decided::Action(decision) => looked_at(decision, &open),
        Decided::Operation(decision) => {
            let of = |check: &CheckDecision| check_depends_on(check, &open);
            // A refusal that holds whatever is filled in settles the operation.
            let settled = decision
                .failing()
                .is_some_and(|check| check.outcome == Outcome::Denied && of(check).is_empty());
            if settled {
                return BTreeSet::new();
            }
            let reached = decision.checks.iter().filter(|check| check.reached);
            reached.flat_map(of).collect()
        }
    }
}

/// A check that one alternative passes whatever is filled in does not depend on the others.
fn check_depends_on(check: &CheckDecision, open: &[&str]) -> BTreeSet<String> {
    let each: Vec<BTreeSet<String>> = check
        .decisions
        .iter()
        .map(|decision| looked_at(decision, open))
        .collect();
    let passes_anyway = check
        .decisions
        .iter()
        .zip(&each)
        .any(|(decision, looked_at)| decision.outcome.is_allowed() && looked_at.is_empty());
    if passes_anyway {
        BTreeSet::new()
    } else {
        each.into_iter().flatten().collect()
    }
}

/// The open properties at which `decision` looked before it was made.
fn looked_at(decision: &Decision, open: &[&str]) -> BTreeSet<String> {
    decision
        .candidates
        .iter()
        .filter(|candidate| candidate.bearing != Bearing::NotReached)
        .flat_map(|candidate| &candidate.conditions)
        .filter(|condition| {
            let root = condition.property.split('.').next().unwrap_or_default();
            condition.found.is_none()
                && condition.result != CheckResult::NotReached
                && open.contains(&root)
        })
        .map(|condition| condition.property.to_string())
        .collect()
}

fn open_properties(place: &Place) -> Vec<&'static str> {
    [
        ("environment", place.environment.is_none()),
        ("secretPath", place.secret_path.is_none()),
        ("secretName", place.secret_name.is_none()),
        ("secretTags", place.secret_tags.is_none()),
    ]
    .into_iter()
    .filter_map(|(property, is_open)| is_open.then_some(property))
    .collect()
}

fn incomplete(field: &str, message: &str) -> Answer {
    Answer::Incomplete(vec![Remark {
        field: field.to_owned(),
        message: message.to_owned(),
    }])
}
