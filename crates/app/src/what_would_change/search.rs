//! Finds edits that change an answer, by trying them.

use std::sync::Arc;

use reeve_domain::attributes::Attributes;
use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::{Action, Effect, Rule};
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{Grant, Source};
use reeve_policy::catalogue::{Catalogue, predefined_role};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{
    AccessRequest, Candidate as Tried, CheckResult, Decision, Outcome, RuleMatch,
};

use super::rule_edit::{Width, except, loosened, with_action, without_action};
use super::{Place, text_of};
use crate::simulate::{Asked, Case, Decided, Question, decided};

/// How many edits of one rule, or rules of one edit, are tried after each other.
const DEPTH: usize = 8;

/// Edits that change the answer together.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub changes: Vec<Change>,
    /// What is done, for each change.
    pub steps: Vec<String>,
}

/// A change of what somebody holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// The rules of a grant become these.
    Rules { grant: usize, rules: Vec<Rule> },
    /// A grant is no more.
    Gone { grant: usize },
    /// There is one more privilege.
    Added { rules: Vec<Rule> },
}

impl Candidate {
    /// `case` with the changes made.
    pub fn case(&self, case: &Case) -> Case {
        let mut edited = case.clone();
        edited.holder.grants = self.grants(&case.holder.grants);
        edited
    }

    fn grants(&self, before: &[Grant]) -> Vec<Grant> {
        let mut grants: Vec<Option<Grant>> = before.iter().cloned().map(Some).collect();
        for change in &self.changes {
            match change {
                Change::Rules { grant, rules } => {
                    let rules: Arc<[Rule]> = rules.clone().into();
                    let edited = before.get(*grant).map(|grant| grant.source.clone());
                    for other in grants.iter_mut().flatten() {
                        if edited
                            .as_ref()
                            .is_some_and(|it| is_same_thing(it, &other.source))
                        {
                            other.rules = Arc::clone(&rules);
                        }
                    }
                }
                Change::Gone { grant } => {
                    if let Some(place) = grants.get_mut(*grant) {
                        *place = None;
                    }
                }
                Change::Added { rules } => grants.push(Some(Grant {
                    source: Source::Privilege {
                        id: PrivilegeId::from("new"),
                        slug: Arc::from("new"),
                    },
                    lifetime: Lifetime::Permanent,
                    rules: rules.clone().into(),
                })),
            }
        }
        grants.into_iter().flatten().collect()
    }

    /// What is to be done, with where.
    pub fn places(&self, case: &Case) -> Vec<(String, Place)> {
        let member = match &case.holder.asked {
            Asked::Member(member) => Some(member.id.clone()),
            Asked::Role(_) | Asked::Rules => None,
        };
        let place = |change: &Change| match change {
            Change::Rules { grant, rules } => match &case.holder.grants.get(*grant)?.source {
                Source::Role { id, .. } => Some(Place::Role {
                    role: id.clone(),
                    rules: text_of(rules),
                }),
                Source::Privilege { id, .. } => Some(Place::Privilege {
                    member: member.clone()?,
                    privilege: id.clone(),
                    rules: text_of(rules),
                }),
                _ => None,
            },
            Change::Gone { grant } => match &case.holder.grants.get(*grant)?.source {
                Source::Role { id, through, .. } => Some(Place::TakeRole {
                    member: match through {
                        Some(group) => group.id.clone(),
                        None => member.clone()?,
                    },
                    role: id.clone(),
                }),
                Source::Privilege { id, .. } => Some(Place::EndPrivilege {
                    member: member.clone()?,
                    privilege: id.clone(),
                }),
                _ => None,
            },
            Change::Added { rules } => Some(Place::NewPrivilege {
                member: member.clone()?,
                rules: text_of(rules),
            }),
        };
        let steps = self.changes.iter().zip(&self.steps);
        steps
            .filter_map(|(change, words)| Some((words.clone(), place(change)?)))
            .collect()
    }
}

/// Whether two sources are the same thing to edit: a role is, however it is held.
fn is_same_thing(one: &Source, other: &Source) -> bool {
    match (one, other) {
        (Source::Role { id, .. }, Source::Role { id: other, .. }) => id == other,
        _ => one == other,
    }
}

/// The answer to a question for the grants of a case, with each check's decisions.
struct Asking<'a> {
    case: &'a Case,
    question: &'a Question,
}

impl Asking<'_> {
    fn decide(&self, candidate: &Candidate) -> Decided {
        let case = candidate.case(self.case);
        let rules: CompiledRules = compile(&case.assembly(), &mut CompileCache::new());
        decided(&rules, self.question)
    }

    fn outcome(&self, candidate: &Candidate) -> Outcome {
        self.decide(candidate).outcome()
    }
}

/// The decisions of the check that stands in the way, each with its request.
fn failing(decided: &Decided) -> Vec<&Decision> {
    match decided {
        Decided::Action(decision) => vec![decision],
        Decided::Operation(decision) => decision
            .failing()
            .map(|check| check.decisions.iter().collect())
            .unwrap_or_default(),
    }
}

/// Edits that would allow what `question` asks about.
pub(super) fn allowing(case: &Case, question: &Question) -> Vec<Candidate> {
    let asking = Asking { case, question };
    let mut found: Vec<Candidate> = Vec::new();
    let mut keep = |candidate: Option<Candidate>| {
        let Some(candidate) = candidate else { return };
        let is_new = !found.iter().any(|other| other.changes == candidate.changes);
        if is_new && !candidate.places(case).is_empty() && asking.outcome(&candidate).is_allowed() {
            found.push(candidate);
        }
    };
    for option in ForbidEdit::ALL {
        keep(without_forbids(&asking, option));
    }
    for (grant, source) in case.holder.grants.iter().enumerate() {
        if !is_editable(case, grant) || !source.lifetime.is_active(case.at) {
            continue;
        }
        for position in 0..source.rules.len() {
            for width in [Width::Value, Width::Copy, Width::Folder] {
                keep(extended(&asking, grant, position, width));
            }
        }
    }
    if matches!(&case.holder.asked, Asked::Member(_)) && case.holder.facts.is_some() {
        keep(one_more_privilege(&asking, false));
    }
    found
}

/// Extends one rule, step by step, until the question is allowed.
fn extended(asking: &Asking<'_>, grant: usize, position: usize, width: Width) -> Option<Candidate> {
    let held = asking.case.holder.grants.get(grant)?;
    let original = held.rules.get(position)?;
    if original.effect() == Effect::Forbid {
        return None;
    }
    let mut rule = original.clone();
    let mut words: Vec<String> = Vec::new();
    let number = position + 1;
    let at = if width == Width::Copy {
        number
    } else {
        position
    };
    for _ in 0..DEPTH {
        let mut rules = held.rules.to_vec();
        if width == Width::Copy {
            rules.insert(at, rule.clone());
        } else {
            *rules.get_mut(at)? = rule.clone();
        }
        let said = words.join(", ");
        let source = &held.source;
        let candidate = Candidate {
            changes: vec![Change::Rules { grant, rules }],
            steps: vec![if width == Width::Copy {
                format!("In {source}, add a policy like policy {number} for {said}")
            } else {
                format!("In {source}, policy {number}: {said}")
            }],
        };
        let decided = asking.decide(&candidate);
        if decided.outcome().is_allowed() {
            return (!words.is_empty()).then_some(candidate);
        }
        let decisions = failing(&decided);
        // A Forbid is not overcome by allowing more, where Forbids win.
        let decision = decisions.last()?;
        if decision.deciding().is_some() {
            return None;
        }
        let request = &decision.request;
        if !rule.subjects().contains(&request.subject) {
            return None;
        }
        if !rule.actions().contains(&request.action) {
            rule = with_action(&rule, &request.action);
            words.push(if width == Width::Copy {
                format!("`{}`", request.action)
            } else {
                format!("add `{}`", request.action)
            });
            continue;
        }
        let tried = decision
            .candidates
            .iter()
            .find(|tried| is_rule(tried, &held.source, at))?;
        let condition = first_failing(tried)?;
        let (next, done) = loosened(&rule, condition, width)?;
        rule = next;
        words.push(done);
    }
    None
}

fn is_rule(tried: &Tried, source: &Source, position: usize) -> bool {
    tried.position == position && tried.source.as_ref() == Some(source)
}

fn first_failing(tried: &Tried) -> Option<&reeve_policy::decide::ConditionTrace> {
    tried.conditions.iter().find(|condition| {
        matches!(
            condition.result,
            CheckResult::NotMatched | CheckResult::Missing | CheckResult::Fails(_)
        )
    })
}

/// How a Forbid is moved out of the way.
#[derive(Debug, Clone, Copy)]
enum ForbidEdit {
    /// It leaves out the folder.
    Except,
    /// It loses the action.
    Action,
    /// It is removed.
    Remove,
}

impl ForbidEdit {
    const ALL: [Self; 3] = [Self::Except, Self::Action, Self::Remove];
}

/// Moves every Forbid out of the way that stands in it.
fn without_forbids(asking: &Asking<'_>, option: ForbidEdit) -> Option<Candidate> {
    let mut candidate = Candidate {
        changes: Vec::new(),
        steps: Vec::new(),
    };
    for _ in 0..DEPTH {
        let decided = asking.decide(&candidate);
        if decided.outcome().is_allowed() {
            return (!candidate.changes.is_empty()).then_some(candidate);
        }
        let decisions = failing(&decided);
        let (decision, tried) = decisions
            .iter()
            .find_map(|decision| Some((*decision, decision.deciding()?)))?;
        if tried.effect == Effect::Allow || tried.applies != RuleMatch::Applies {
            return None;
        }
        let grant = asking
            .case
            .holder
            .grants
            .iter()
            .position(|grant| Some(&grant.source) == tried.source.as_ref())?;
        if !is_editable(asking.case, grant) {
            return None;
        }
        let rules = candidate.rules_of(asking.case, grant)?;
        let (rules, words) = moved(rules, tried, &decision.request, option)?;
        candidate.set_rules(asking.case, grant, rules, &words);
    }
    None
}

/// `rules` with the Forbid that decided moved out of the way.
fn moved(
    mut rules: Vec<Rule>,
    tried: &Tried,
    request: &AccessRequest,
    option: ForbidEdit,
) -> Option<(Vec<Rule>, String)> {
    // Rules that were removed before stand no more, so the rule is found by what it says.
    let at = rules
        .iter()
        .position(|rule| Some(rule) == tried.rule())
        .or_else(|| (tried.position < rules.len()).then_some(tried.position))?;
    let number = at + 1;
    let rule = rules.get(at)?.clone();
    let words = match option {
        ForbidEdit::Except => {
            let path = text_of_attribute(request, "secretPath")?;
            let (edited, words) = except(&rule, "secretPath", &path)?;
            *rules.get_mut(at)? = edited;
            format!("policy {number}: {words}")
        }
        ForbidEdit::Action => {
            let action = tried
                .added_action
                .map_or_else(|| request.action.clone(), |_| forbidden_action(&rule));
            let edited = without_action(&rule, &action)?;
            *rules.get_mut(at)? = edited;
            format!("policy {number}: no longer forbid `{action}`")
        }
        ForbidEdit::Remove => {
            rules.remove(at);
            format!("remove policy {number}, a Forbid")
        }
    };
    Some((rules, words))
}

/// The action through which the server adds a legacy one.
fn forbidden_action(rule: &Rule) -> Action {
    rule.actions()
        .first()
        .cloned()
        .unwrap_or_else(|| Action::from("read"))
}

fn text_of_attribute(request: &AccessRequest, name: &str) -> Option<String> {
    match &request.attributes {
        Attributes::Bare => None,
        Attributes::Of(object) => object.get(name)?.as_text().map(str::to_owned),
    }
}

impl Candidate {
    fn rules_of(&self, case: &Case, grant: usize) -> Option<Vec<Rule>> {
        let edited = self.changes.iter().find_map(|change| match change {
            Change::Rules { grant: at, rules } if *at == grant => Some(rules.clone()),
            _ => None,
        });
        edited.or_else(|| Some(case.holder.grants.get(grant)?.rules.to_vec()))
    }

    fn set_rules(&mut self, case: &Case, grant: usize, rules: Vec<Rule>, words: &str) {
        let known = self
            .changes
            .iter()
            .position(|change| matches!(change, Change::Rules { grant: at, .. } if *at == grant));
        if let Some(at) = known {
            if let Some(place) = self.changes.get_mut(at) {
                *place = Change::Rules { grant, rules };
            }
            if let Some(step) = self.steps.get_mut(at) {
                step.push_str(", ");
                step.push_str(words);
            }
            return;
        }
        let source = case.holder.grants.get(grant).map(|grant| &grant.source);
        self.changes.push(Change::Rules { grant, rules });
        self.steps.push(match source {
            Some(source) => format!("In {source}, {words}"),
            None => words.to_owned(),
        });
    }
}

/// Gives one more privilege for exactly what is asked about; a Forbid to stop it.
fn one_more_privilege(asking: &Asking<'_>, forbids: bool) -> Option<Candidate> {
    let edition = asking.case.edition;
    let mut rules: Vec<Rule> = Vec::new();
    let decided = asking.decide(&Candidate {
        changes: Vec::new(),
        steps: Vec::new(),
    });
    let requests: Vec<&AccessRequest> = match &decided {
        Decided::Action(decision) => vec![&decision.request],
        Decided::Operation(decision) => decision
            .checks
            .iter()
            .filter_map(|check| Some(&check.decisions.last()?.request))
            .collect(),
    };
    let wanted: Vec<&AccessRequest> = if forbids {
        requests.last().copied().into_iter().collect()
    } else {
        requests
    };
    for request in wanted {
        let entry = Catalogue::of(edition).subject(request.subject.as_str())?;
        if forbids && !entry.invertible {
            return None;
        }
        let mut conditions = Object::new();
        if let Attributes::Of(object) = &request.attributes {
            for (name, value) in object.iter() {
                let known = entry.property(name);
                match value {
                    Value::Text(_) if known.is_some() => conditions.set(name, value.clone()),
                    Value::List(items) if known.is_some() && !items.is_empty() => {
                        let tags: Object = [("$in", value.clone())].into_iter().collect();
                        conditions.set(name, Value::Object(tags));
                    }
                    _ => {}
                }
            }
        }
        let same = rules.iter_mut().find(|rule| {
            rule.subjects().contains(&request.subject)
                && rule
                    .written()
                    .get("conditions")
                    .cloned()
                    .unwrap_or(Value::Null)
                    == if conditions.is_empty() {
                        Value::Null
                    } else {
                        Value::Object(conditions.clone())
                    }
        });
        if let Some(rule) = same {
            if !rule.actions().contains(&request.action) {
                *rule = with_action(rule, &request.action);
            }
            continue;
        }
        let mut written = Object::new();
        written.set("subject", Value::text(request.subject.as_str()));
        written.set("action", Value::texts([request.action.as_str()]));
        if forbids {
            written.set("inverted", Value::Bool(true));
        }
        if !conditions.is_empty() {
            written.set("conditions", Value::Object(conditions));
        }
        rules.push(Rule::read(written));
    }
    let words = if forbids {
        "Add an additional privilege that forbids exactly this"
    } else {
        "Add an additional privilege for exactly this, with an end"
    };
    Some(Candidate {
        changes: vec![Change::Added { rules }],
        steps: vec![words.to_owned()],
    })
}

/// Edits that would stop what `question` asks about.
pub(super) fn stopping(case: &Case, question: &Question) -> Vec<Candidate> {
    let asking = Asking { case, question };
    let mut found: Vec<Candidate> = Vec::new();
    let mut keep = |candidate: Option<Candidate>| {
        let Some(candidate) = candidate else { return };
        let is_new = !found.iter().any(|other| other.changes == candidate.changes);
        if is_new
            && !candidate.places(case).is_empty()
            && asking.outcome(&candidate) == Outcome::Denied
        {
            found.push(candidate);
        }
    };
    let checks = match asking.decide(&Candidate {
        changes: Vec::new(),
        steps: Vec::new(),
    }) {
        Decided::Action(_) => 1,
        Decided::Operation(decision) => decision.checks.len(),
    };
    // The check that the deed is about comes last; the ones before it stop more than the deed.
    for check in (0..checks).rev() {
        keep(taken(&asking, check, Taking::Action));
        keep(taken(&asking, check, Taking::Source));
    }
    if matches!(&case.holder.asked, Asked::Member(_)) && case.holder.facts.is_some() {
        keep(one_more_privilege(&asking, true));
    }
    found
}

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    /// The action, from every rule that allows it.
    Action,
    /// Every role and privilege that allows it.
    Source,
}

/// Takes away whatever allows one check, until nothing does.
fn taken(asking: &Asking<'_>, check: usize, taking: Taking) -> Option<Candidate> {
    let mut candidate = Candidate {
        changes: Vec::new(),
        steps: Vec::new(),
    };
    for _ in 0..DEPTH * DEPTH {
        let decided = asking.decide(&candidate);
        if !decided.outcome().is_allowed() {
            return (!candidate.changes.is_empty()).then_some(candidate);
        }
        let (request, tried) = allowing_rule(&decided, check)?;
        let grant = asking
            .case
            .holder
            .grants
            .iter()
            .position(|grant| Some(&grant.source) == tried.source.as_ref())?;
        match taking {
            Taking::Source => {
                let source = &asking.case.holder.grants.get(grant)?.source;
                let words = match source {
                    Source::Role { through: None, .. } => format!("Take away {source}"),
                    Source::Role { .. } => format!("Take {source} away"),
                    _ => format!("End {source} now"),
                };
                candidate.changes.push(Change::Gone { grant });
                candidate.steps.push(words);
            }
            Taking::Action => {
                if !is_editable(asking.case, grant) {
                    return None;
                }
                let mut rules = candidate.rules_of(asking.case, grant)?;
                let at = tried.position;
                let rule = rules.get(at)?.clone();
                let words = if let Some(edited) = without_action(&rule, &request.action) {
                    *rules.get_mut(at)? = edited;
                    format!("policy {}: no longer allow `{}`", at + 1, request.action)
                } else {
                    rules.remove(at);
                    format!("remove policy {}", at + 1)
                };
                candidate.set_rules(asking.case, grant, rules, &words);
            }
        }
    }
    None
}

/// The request of a check that is allowed, and the rule that allows it.
fn allowing_rule(decided: &Decided, check: usize) -> Option<(AccessRequest, Tried)> {
    let decisions: &[Decision] = match decided {
        Decided::Action(decision) => std::slice::from_ref(decision),
        Decided::Operation(decision) => &decision.checks.get(check)?.decisions,
    };
    let allowed = decisions
        .iter()
        .find(|decision| decision.outcome.is_allowed())?;
    Some((allowed.request.clone(), allowed.deciding()?.clone()))
}

/// Whether the rules of a grant can be edited: those that the server defines cannot.
fn is_editable(case: &Case, grant: usize) -> bool {
    match case.holder.grants.get(grant).map(|grant| &grant.source) {
        Some(Source::Role { slug, .. }) => predefined_role(case.edition, slug).is_none(),
        Some(Source::Privilege { id, .. }) => !id.as_str().is_empty(),
        _ => false,
    }
}
