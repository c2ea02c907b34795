//! Finds edits that allow what is denied, by trying them.

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::{Action, Effect, Rule};
use reeve_policy::assemble::Source;
use reeve_policy::decide::{
    AccessRequest, Candidate as Tried, CheckResult, Decision, Outcome, RuleMatch,
};

use super::candidate::{Asking, Candidate, Change, Found, is_editable};
use super::new_privilege::new_privilege;
use super::rule_edit::{Width, except, loosened, with_action, without_action};
use crate::simulate::{Case, Decided, Question};

/// How many edits of one rule, or rules of one edit, are tried after each other.
const DEPTH: usize = 8;

/// Edits that would allow what `question` asks about.
pub(super) fn allowing(case: &Case, question: &Question) -> Vec<Candidate> {
    let asking = Asking { case, question };
    let mut found = Found::none(&asking, Outcome::is_allowed);
    for option in ForbidEdit::ALL {
        found.keep(without_forbids(&asking, option));
    }
    for (grant, source) in case.holder.grants.iter().enumerate() {
        if !is_editable(case, grant) || !source.lifetime.is_active(case.at) {
            continue;
        }
        for position in 0..source.rules.len() {
            for width in [Width::Value, Width::Copy, Width::Folder] {
                found.keep(extended(&asking, grant, position, width));
            }
        }
    }
    if asking.is_about_member() {
        found.keep(new_privilege(&asking, false));
    }
    found.into_edits()
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
    let mut candidate = Candidate::default();
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
        let grant = asking.grant_of(tried)?;
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
