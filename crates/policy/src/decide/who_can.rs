//! Which of many members may do something.

use super::evaluate::{Silent, applies};
use super::verdict::{Applies, Tally, verdict_of_fault};
use super::{AccessRequest, Outcome, outcome};
use crate::compile::{CompiledRules, RuleSet, Walk};
use reeve_domain::rule::Effect;

/// The answer to `request` for each of `members`, in their order.
///
/// All members must have been compiled with the same cache: rule sets that they share are evaluated
/// once.
pub fn who_can<'a>(
    request: &AccessRequest,
    members: impl IntoIterator<Item = &'a CompiledRules>,
) -> Vec<Outcome> {
    let mut known: Vec<Option<SetAnswer>> = Vec::new();
    members
        .into_iter()
        .map(|member| {
            if member.active.folders > 0 {
                return outcome(member, request);
            }
            from_sets(&member.active, request, &mut known)
        })
        .collect()
}

/// What one set says, in each of its two parts: the first rule that does not simply not apply.
#[derive(Debug, Clone, Copy)]
enum SetAnswer {
    /// Each part is settled by at most one rule.
    Settled([Option<(Effect, Applies)>; 2]),
    /// A rule is unknown, so later ones matter too.
    Open,
}

fn from_sets(walk: &Walk, request: &AccessRequest, known: &mut Vec<Option<SetAnswer>>) -> Outcome {
    if let Some(fault) = walk.fault {
        return verdict_of_fault(fault).outcome;
    }
    let mut tally = Tally::default();
    for part in [0, 1] {
        for segment in walk.segments.iter().rev() {
            let SetAnswer::Settled(parts) = answer(&segment.set, request, known) else {
                return super::walk::verdict(walk, request).outcome;
            };
            let Some(Some((effect, applies))) = parts.get(part).copied() else {
                continue;
            };
            if let Some(verdict) = tally.take(effect, applies) {
                return verdict.outcome;
            }
        }
    }
    tally.finish().outcome
}

fn answer(set: &RuleSet, request: &AccessRequest, known: &mut Vec<Option<SetAnswer>>) -> SetAnswer {
    let Ok(number) = usize::try_from(set.number) else {
        return evaluate(set, request);
    };
    if let Some(Some(answer)) = known.get(number) {
        return *answer;
    }
    let answer = evaluate(set, request);
    if number >= known.len() {
        known.resize(number + 1, None);
    }
    if let Some(place) = known.get_mut(number) {
        *place = Some(answer);
    }
    answer
}

fn evaluate(set: &RuleSet, request: &AccessRequest) -> SetAnswer {
    let candidates = set
        .index
        .candidates(request.subject.as_str(), request.action.as_str());
    let mut parts = [None, None];
    for (part, rules) in parts
        .iter_mut()
        .zip([candidates.first(), candidates.second()])
    {
        for rule in rules {
            let rule = usize::try_from(*rule).ok().and_then(|at| set.rules.get(at));
            let Some(rule) = rule else { continue };
            match applies(rule, &request.attributes, &mut Silent) {
                Applies::No => {}
                Applies::Unknown { .. } => return SetAnswer::Open,
                settled => {
                    *part = Some((rule.effect, settled));
                    break;
                }
            }
        }
    }
    SetAnswer::Settled(parts)
}
