//! Which of many members may do something.

use super::evaluate::{Asked, Silent, applies};
use super::verdict::{Applies, Tally, verdict_of_fault};
use super::{AccessRequest, Outcome, outcome};
use crate::compile::text_table::Key;
use crate::compile::{CompiledRules, RuleSet, Turn, Walk};
use reeve_domain::rule::Effect;

/// The answer to `request` for each of `members`, in their order.
///
/// All members must have been compiled with the same cache: rule sets that they share are evaluated
/// once.
pub fn who_can<'a>(
    request: &AccessRequest,
    members: impl IntoIterator<Item = &'a CompiledRules>,
) -> Vec<Outcome> {
    let mut known = Known {
        request,
        subject: Key::of(request.subject.as_str()),
        action: Key::of(request.action.as_str()),
        asked: Asked::new(&request.attributes),
        answers: Vec::new(),
    };
    members
        .into_iter()
        .map(|member| {
            if member.active.folders > 0 {
                return outcome(member, request);
            }
            known.outcome(&member.active)
        })
        .collect()
}

/// Sets with greater numbers, of a cache that has made very many, are evaluated anew each time.
const TABLE_MAX: usize = 1 << 20;

/// The sets whose answers are known, by their numbers.
struct Known<'a> {
    request: &'a AccessRequest,
    subject: Key<'a>,
    action: Key<'a>,
    asked: Asked<'a>,
    answers: Vec<Option<SetAnswer>>,
}

/// What one set says, in each of its two parts: the first rule that does not simply not apply.
#[derive(Debug, Clone, Copy)]
enum SetAnswer {
    /// Each part is settled by at most one rule.
    Settled([Option<(Effect, Applies)>; 2]),
    /// A rule is unknown, so later ones matter too.
    Open,
}

impl Known<'_> {
    fn outcome(&mut self, walk: &Walk) -> Outcome {
        if let Some(fault) = walk.fault {
            return verdict_of_fault(fault).outcome;
        }
        let Some(numbers) = walk.numbers.get() else {
            return super::walk::verdict(walk, self.request).outcome;
        };
        let mut tally = Tally::default();
        for part in [0, 1] {
            for number in numbers.iter().rev() {
                let SetAnswer::Settled(parts) = self.answer(walk, *number) else {
                    return super::walk::verdict(walk, self.request).outcome;
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

    fn answer(&mut self, walk: &Walk, number: u32) -> SetAnswer {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        if let Some(Some(answer)) = self.answers.get(at) {
            return *answer;
        }
        let segment = walk.segments.iter().find(|s| s.set.number == number);
        let answer = segment.map_or(SetAnswer::Open, |segment| self.evaluate(&segment.set));
        if at >= TABLE_MAX {
            return answer;
        }
        if at >= self.answers.len() {
            self.answers.resize(at.saturating_add(1), None);
        }
        if let Some(place) = self.answers.get_mut(at) {
            *place = Some(answer);
        }
        answer
    }

    fn evaluate(&self, set: &RuleSet) -> SetAnswer {
        let candidates = set.index.candidates(self.subject, self.action);
        let mut parts = [None, None];
        for (part, turn) in parts.iter_mut().zip(Turn::PARTS) {
            let found = candidates.find_map(turn, self.asked.slots(), |position| {
                let rule = set.rules.get(position)?;
                match applies(rule, &self.asked, &mut Silent) {
                    Applies::No => None,
                    Applies::Unknown { .. } => Some(None),
                    settled => Some(Some((rule.effect, settled))),
                }
            });
            *part = match found {
                Some(None) => return SetAnswer::Open,
                Some(settled) => settled,
                None => None,
            };
        }
        SetAnswer::Settled(parts)
    }
}
