//! The cases of an answer that depends on what was left open: for which values it is which, and by
//! which rule.
//!
//! The values are parted where rules part them, so the list is complete unless it says otherwise.
//! Each case is decided by the judge for values in it.

mod fill;

use chrono::{DateTime, Utc};
use reeve_analysis::{
    self as analysis, AccessBox, Cancelled, Case as Part, Exhaustive, Gaps, Limits, Scope, Settled,
    cases, words,
};
use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Property;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Object;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Candidate, Decision, Outcome, decide};
use reeve_policy::operation::{
    About, Attribute, Check, CheckDecision, OperationDecision, decide_operation,
};

use super::open::{ACTOR, open_property};
use super::{Answer, Case, Decided, Question, answer, attributes, case};
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use fill::filled;

/// How many cases are listed of checks about the same thing.
const LISTED: usize = 40;

/// All cases of an answer that depends.
#[derive(Debug)]
pub struct AnswerCases {
    /// Which names the server's properties have.
    pub edition: CatalogueEdition,
    /// The instant.
    pub at: DateTime<Utc>,
    /// The cases, one list for each thing that is not wholly known; all must come out well.
    pub lists: Vec<CaseList>,
    /// What kept the lists from being complete, in words.
    pub limits: Vec<String>,
}

/// The cases of one thing.
#[derive(Debug)]
pub struct CaseList {
    /// What the checks are for that depend on it; empty if the whole answer does.
    pub purposes: Vec<&'static str>,
    /// The cases: first those that are allowed.
    pub cases: Vec<AnswerCase>,
    /// How many more there are.
    pub more: usize,
}

/// Values with one answer, by one rule.
#[derive(Debug)]
pub struct AnswerCase {
    /// The values in words, names in backticks; empty for any.
    pub words: String,
    /// Values in it in words, to try.
    pub example: String,
    /// The answer.
    pub outcome: Outcome,
    /// The rule that decides; `None` if none does.
    pub deciding: Option<Candidate>,
}

impl Reeve {
    /// The cases of the answer to `question`; none if it does not depend on anything.
    ///
    /// While it works, another list ends it with [`DeedError::Superseded`].
    pub fn answer_cases(&self, question: &Question) -> Result<Option<AnswerCases>, DeedError> {
        let turn = self.case_lists.next();
        let cancelled = || turn.is_over();
        let now = self.now();
        let read = self.workspace()?.reader().read(|snapshot| {
            let Answer::Decided(verdict) = answer(snapshot, question, now)? else {
                return Ok(None);
            };
            if verdict.depends_on.is_empty() {
                return Ok(None);
            }
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let universe = universe(&project, &snapshot.places()?);
            let case = case(snapshot, question, now)?;
            Ok::<_, DeedError>(case.ok().map(|case| (case, universe, verdict)))
        })?;
        let Some((case, universe, verdict)) = read else {
            return Ok(None);
        };
        let limits = Limits {
            boxes: LISTED,
            witnesses: 3,
            ..Limits::USUAL
        };
        let rules = compile(&case.assembly(), &mut CompileCache::new());
        let listing = Listing {
            rules: &rules,
            question,
            scope: Scope::new(&universe, &self.analysis)
                .within(&limits)
                .cancelled_by(&cancelled),
        };
        let mut found = match &verdict.decided {
            Decided::Action(decision) => listing.of_action(&case, decision),
            Decided::Operation(decision) => listing.of_operation(&case, decision),
        }
        .map_err(|_| DeedError::Superseded)?;
        if verdict.depends_on.contains(ACTOR) {
            found.limits.push(
                "a template asks who it is, so the cases are those of the policies as they are \
                 written"
                    .to_owned(),
            );
        }
        found.limits.sort_unstable();
        found.limits.dedup();
        Ok(Some(found))
    }
}

struct Listing<'a> {
    rules: &'a CompiledRules,
    question: &'a Question,
    scope: Scope<'a>,
}

/// What one part of the values comes to.
struct Judged {
    outcome: Outcome,
    deciding: Option<Candidate>,
}

impl Listing<'_> {
    fn of_action(&self, case: &Case, decision: &Decision) -> Result<AnswerCases, Cancelled> {
        let request = &decision.request;
        let given = match attributes(&self.question.place) {
            Attributes::Bare => Object::new(),
            Attributes::Of(object) => object,
        };
        let gaps = Gaps {
            asked: &[(request.subject.clone(), request.action.clone())],
            given: &given,
            open: None,
            telling: &|_| (0, vec![0]),
        };
        let judge = |example: &Object| {
            let decision = decide(
                self.rules,
                &AccessRequest {
                    attributes: Attributes::Of(example.clone()),
                    ..request.clone()
                },
            );
            Judged {
                outcome: decision.outcome,
                deciding: decision.deciding().cloned(),
            }
        };
        let mut found = AnswerCases {
            edition: case.edition,
            at: case.at,
            lists: Vec::new(),
            limits: Vec::new(),
        };
        let list = self.list(&mut found, &gaps, Vec::new(), judge)?;
        found.lists.push(list);
        Ok(found)
    }

    fn of_operation(
        &self,
        case: &Case,
        decision: &OperationDecision,
    ) -> Result<AnswerCases, Cancelled> {
        let mut found = AnswerCases {
            edition: case.edition,
            at: case.at,
            lists: Vec::new(),
            limits: Vec::new(),
        };
        let situation = &decision.situation;
        let things = things(decision);
        for (number, checks) in things.iter().enumerate() {
            let Some(About::Of(attributes)) = checks.first().map(|check| check.check.about) else {
                continue;
            };
            let requests: Vec<Vec<AccessRequest>> = checks
                .iter()
                .map(|check| check.check.requests(situation))
                .collect();
            let asked: Vec<(Subject, Action)> = requests
                .iter()
                .flatten()
                .map(|request| (request.subject.clone(), request.action.clone()))
                .collect();
            let open: Vec<Property> = attributes
                .iter()
                .filter_map(|attribute| open_property(*attribute, situation))
                .map(Property::from)
                .collect();
            let given = match requests.iter().flatten().next().map(|it| &it.attributes) {
                Some(Attributes::Of(object)) => object.clone(),
                _ => Object::new(),
            };
            let sizes: Vec<usize> = requests.iter().map(Vec::len).collect();
            let gaps = Gaps {
                asked: &asked,
                given: &given,
                open: Some(&open),
                telling: &|settled| deciding_sides(settled, &sizes),
            };
            let is_whole = things.len() == 1;
            let judge = |example: &Object| {
                let filled = filled(situation, attributes, example);
                let decision = decide_operation(self.rules, decision.operation, &filled);
                if is_whole {
                    judged(
                        decision.outcome,
                        decision.failing().or(decision.checks.last()),
                    )
                } else {
                    of_thing(&decision, checks)
                }
            };
            let purposes = if is_whole {
                Vec::new()
            } else {
                checks.iter().map(|check| check.check.purpose).collect()
            };
            let list = self.list(&mut found, &gaps, purposes, judge)?;
            let is_only = number + 1 == things.len() && found.lists.is_empty();
            // What comes out the same whatever is filled in, others depend on.
            if is_only || !is_always_allowed(&list) {
                found.lists.push(list);
            }
        }
        Ok(found)
    }

    /// The cases of one thing; what kept them from being complete goes to `found`.
    fn list(
        &self,
        found: &mut AnswerCases,
        gaps: &Gaps<'_>,
        purposes: Vec<&'static str>,
        judge: impl Fn(&Object) -> Judged,
    ) -> Result<CaseList, Cancelled> {
        let parted = cases(self.rules, gaps, &self.scope)?;
        if let Exhaustive::No(limits) = &parted.exhaustive {
            found.limits.extend(limits.iter().map(words::limit));
        }
        let subject = gaps.asked.first().map(|(subject, _)| subject.clone());
        let subject = subject.unwrap_or_else(|| Subject::from(""));
        let mut listed: Vec<AnswerCase> = Vec::new();
        for part in &parted.cases {
            let mut examples = part.examples.iter();
            let Some(first) = examples.next() else {
                continue;
            };
            let decided = judge(first);
            // INVARIANT: the judge finds the same rule for every value of a part.
            if examples.any(|other| !is_same(&judge(other), &decided)) {
                found
                    .limits
                    .push("the judge did not confirm a case for all of its values".to_owned());
            }
            listed.push(AnswerCase {
                words: words_of(part, &subject, found.edition),
                example: words::attributes(&without(first, gaps.given)),
                outcome: decided.outcome,
                deciding: decided.deciding,
            });
        }
        listed.sort_by_key(|case| rank(case.outcome));
        let more = listed.len().saturating_sub(LISTED);
        listed.truncate(LISTED);
        Ok(CaseList {
            purposes,
            cases: listed,
            more,
        })
    }
}

fn is_always_allowed(list: &CaseList) -> bool {
    let mut cases = list.cases.iter();
    list.more == 0 && cases.all(|case| case.outcome == Outcome::Allowed)
}

/// The checks of an operation that depend on something open, those about the same thing together.
fn things(decision: &OperationDecision) -> Vec<Vec<&CheckDecision>> {
    let mut things: Vec<Vec<&CheckDecision>> = Vec::new();
    for check in &decision.checks {
        let About::Of(attributes) = check.check.about else {
            continue;
        };
        let is_open = |it: &Attribute| open_property(*it, &decision.situation).is_some();
        if !attributes.iter().any(is_open) {
            continue;
        }
        let same = things
            .iter_mut()
            .find(|thing| thing.iter().any(|it| it.check.about == check.check.about));
        match same {
            Some(thing) => thing.push(check),
            None => things.push(vec![check]),
        }
    }
    things
}

/// What a sequence of checks comes to, each of which has so many sides of which one will do, and
/// the sides by which it does: what allows the last one, or else what is in the way of the first.
fn deciding_sides(settled: &[Settled], sizes: &[usize]) -> (u32, Vec<usize>) {
    let is = |side: usize, answer| settled.get(side).is_some_and(|it| it.answer == answer);
    let by_rule = |side: &usize| settled.get(*side).is_some_and(|it| it.by_rule);
    let mut start = 0;
    let mut failing = Vec::new();
    let mut last = Vec::new();
    for size in sizes {
        let end = start + size;
        if (start..end).all(|side| is(side, analysis::Answer::Denied)) {
            return (2, (start..end).find(by_rule).into_iter().collect());
        }
        match (start..end).find(|side| is(*side, analysis::Answer::Allowed)) {
            Some(side) => last = vec![side],
            None => failing.extend(start..end),
        }
        start = end;
    }
    if failing.is_empty() {
        (0, last)
    } else {
        (1, failing)
    }
}

fn judged(outcome: Outcome, check: Option<&CheckDecision>) -> Judged {
    let decisions = check.map_or(&[][..], |check| &check.decisions);
    let fits = |decision: &&Decision| decision.outcome.is_allowed() == outcome.is_allowed();
    Judged {
        outcome,
        deciding: decisions
            .iter()
            .filter(fits)
            .find_map(|decision| decision.deciding().cloned()),
    }
}

/// What the checks about one thing come to.
fn of_thing(decision: &OperationDecision, thing: &[&CheckDecision]) -> Judged {
    let is_own = |check: &&CheckDecision| {
        let is_same = |own: &Check| std::ptr::eq(own, check.check);
        thing.iter().any(|own| is_same(own.check))
    };
    let own: Vec<&CheckDecision> = decision.checks.iter().filter(is_own).collect();
    let failing = own.iter().find(|check| !check.outcome.is_allowed());
    match failing.or(own.last()) {
        Some(check) => judged(check.outcome, Some(check)),
        None => judged(Outcome::Allowed, None),
    }
}

fn is_same(one: &Judged, other: &Judged) -> bool {
    let rule = |judged: &Judged| {
        let candidate = judged.deciding.as_ref()?;
        candidate.rule().cloned()
    };
    one.outcome == other.outcome && rule(one) == rule(other)
}

/// The values of a part in words; what may be anything is not said.
fn words_of(part: &Part, subject: &Subject, edition: CatalogueEdition) -> String {
    let told = AccessBox {
        regions: part
            .region
            .regions
            .iter()
            .filter(|(_, region)| !region.is_any())
            .cloned()
            .collect(),
    };
    words::access_box(&told, subject, edition)
}

fn without(example: &Object, given: &Object) -> Object {
    let open = example
        .iter()
        .filter(|(name, _)| given.get(name).is_none())
        .map(|(name, value)| (name, value.clone()));
    open.collect()
}

fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Allowed => 0,
        Outcome::ServerError(_) => 1,
        Outcome::Unknown(_) => 2,
        Outcome::Denied => 3,
    }
}
