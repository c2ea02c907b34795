//! Finds edits that stop what is allowed, by trying them.

use reeve_policy::assemble::Source;
use reeve_policy::decide::{AccessRequest, Candidate as Tried, Decision, Outcome};

use super::candidate::{Asking, Candidate, Change, Found, is_editable};
use super::new_privilege::new_privilege;
use super::rule_edit::without_action;
use crate::simulate::{Case, Decided, Question};

/// How many rules or sources are taken away after each other.
const DEPTH: usize = 64;

/// Edits that would stop what `question` asks about.
pub(super) fn stopping(case: &Case, question: &Question) -> Vec<Candidate> {
    let asking = Asking { case, question };
    let mut found = Found::none(&asking, |outcome| outcome == Outcome::Denied);
    let checks = match asking.decide(&Candidate::default()) {
        Decided::Action(_) => 1,
        Decided::Operation(decision) => decision.checks.len(),
    };
    // The check that the deed is about comes last; the ones before it stop more than the deed.
    for check in (0..checks).rev() {
        found.keep(taken(&asking, check, Taking::Action));
        found.keep(taken(&asking, check, Taking::Source));
        if asking.is_about_member() {
            found.keep(taken(&asking, check, Taking::Membership));
        }
    }
    if asking.is_about_member() {
        found.keep(new_privilege(&asking, true));
    }
    found.into_edits()
}

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    /// The action, from every rule that allows it.
    Action,
    /// Every role and privilege that allows it.
    Source,
    /// The same, but groups are left rather than deprived of their roles.
    Membership,
}

/// Takes away whatever allows one check, until nothing does.
fn taken(asking: &Asking<'_>, check: usize, taking: Taking) -> Option<Candidate> {
    let mut candidate = Candidate::default();
    let name = format!("`{}`", asking.case.holder.asked.name());
    for _ in 0..DEPTH {
        let decided = asking.decide(&candidate);
        if !decided.outcome().is_allowed() {
            return (!candidate.changes.is_empty()).then_some(candidate);
        }
        let (request, tried) = allowing_rule(&decided, check)?;
        let grant = asking.grant_of(&tried)?;
        let source = &asking.case.holder.grants.get(grant)?.source;
        match (taking, source) {
            (
                Taking::Membership,
                Source::Role {
                    through: Some(group),
                    ..
                },
            ) => {
                let words = format!("Take {name} out of the group `{}`", group.name);
                candidate.changes.push(Change::Left {
                    group: group.id.clone(),
                });
                candidate.steps.push(words);
            }
            (Taking::Source | Taking::Membership, source) => {
                let words = match source {
                    Source::Role { through: None, .. } => format!("Take away {source}"),
                    Source::Role { .. } => format!("Take {source} away"),
                    _ => format!("End {source} now"),
                };
                candidate.changes.push(Change::Gone { grant });
                candidate.steps.push(words);
            }
            (Taking::Action, _) => {
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
