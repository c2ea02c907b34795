//! Several rule sets at once: what every request comes to under all of them together.

use reeve_domain::rule::{Action, Subject};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, outcome};

use crate::diagram::Label;
use crate::difference::{Answer, Reach};
use crate::limit::{Cancelled, Exhaustive};
use crate::scope::Scope;
use crate::survey::survey;

/// Parts all requests of the scope by what `label` makes of the answers of all `sets`. What it makes
/// 0 of is not told.
pub fn together(
    sets: &[&CompiledRules],
    label: &Label<'_>,
    scope: &Scope<'_>,
) -> Result<Together, Cancelled> {
    let mut survey = survey(sets, Some(label), scope)?;
    let mut parts = Vec::new();
    for mut found in std::mem::take(&mut survey.found) {
        let count = found.requests.len();
        found.requests.retain(|request| {
            let answers = sets.iter().map(|rules| outcome(rules, request).into());
            label(&answers.collect::<Vec<Answer>>()) == found.code
        });
        if found.requests.len() < count || found.requests.is_empty() {
            survey.disagrees(&found.subject, &found.actions);
        }
        parts.push(Part {
            subject: found.subject,
            actions: found.actions,
            label: found.code,
            reach: found.reach,
            examples: found.requests,
        });
    }
    Ok(Together {
        parts,
        exhaustive: survey.exhaustive(),
    })
}

/// What requests come to under several rule sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Everything with a label, in as few pieces as were found.
    pub parts: Vec<Part>,
    /// Whether every request was looked at.
    pub exhaustive: Exhaustive,
}

/// Requests with one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is acted on.
    pub subject: Subject,
    /// What is done; all of these have the label alike.
    pub actions: Vec<Action>,
    /// The label.
    pub label: u8,
    /// Which checks.
    pub reach: Reach,
    /// Requests in it, each confirmed by the judge; the most telling first.
    pub examples: Vec<AccessRequest>,
}
