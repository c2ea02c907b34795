//! What one rule set covers.

use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, outcome};

use crate::diagram::answer_of_one;
use crate::difference::{Answer, Reach};
use crate::limit::{Cancelled, Exhaustive};
use crate::scope::Scope;
use crate::standing::Compiling;
use crate::survey::survey;

/// Everything that `rules` do not deny, over every request of the scope.
pub fn extent(rules: &CompiledRules, scope: &Scope<'_>) -> Result<Extent, Cancelled> {
    let mut survey = survey(&[rules], None, scope)?;
    let mut areas = Vec::new();
    for mut found in std::mem::take(&mut survey.found) {
        let answer = answer_of_one(found.code);
        let count = found.requests.len();
        found
            .requests
            .retain(|request| Answer::from(outcome(rules, request)) == answer);
        if found.requests.len() < count || found.requests.is_empty() {
            survey.disagrees(&found.subject, &found.actions);
        }
        areas.push(Area {
            subject: found.subject,
            actions: found.actions,
            answer,
            reach: found.reach,
            examples: found.requests,
        });
    }
    Ok(Extent {
        areas,
        exhaustive: survey.exhaustive(),
    })
}

/// Where one rule applies, whether it allows or forbids: as if it were the only one, and an Allow.
pub fn region_of_rule(
    rule: &Rule,
    semantics: Semantics,
    scope: &Scope<'_>,
) -> Result<Extent, Cancelled> {
    let mut written = rule.written().clone();
    let limited = written.get("fields").is_some_and(Value::is_truthy);
    if rule.inverted() && limited {
        // A Forbid on single fields applies to no check of the server, which names none.
        return Ok(Extent {
            areas: Vec::new(),
            exhaustive: Exhaustive::Yes,
        });
    }
    written.remove("inverted");
    let rules = Compiling::new(semantics).rules(&[Rule::read(written)]);
    extent(&rules, scope)
}

/// Everything that is not denied under one rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The areas, in as few pieces as were found. What is in none of them is denied.
    pub areas: Vec<Area>,
    /// Whether every request was looked at.
    pub exhaustive: Exhaustive,
}

/// Requests that have the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// What is acted on.
    pub subject: Subject,
    /// What is done; all of these have the same answer.
    pub actions: Vec<Action>,
    /// The answer; never a denial.
    pub answer: Answer,
    /// Which checks.
    pub reach: Reach,
    /// Requests in it, each confirmed by the judge; the most telling first.
    pub examples: Vec<AccessRequest>,
}
