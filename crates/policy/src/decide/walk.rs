//! Tries the rules of one actor in the server's order.

use super::AccessRequest;
use super::evaluate::{Silent, applies};
use super::verdict::{Tally, Verdict, verdict_of_fault};
use crate::compile::{CompiledRule, Segment, Walk};

/// One rule on the way: its segment, its position in the set, and itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'a> {
    pub segment: &'a Segment,
    pub position: usize,
    pub rule: &'a CompiledRule,
}

/// Calls `visit` with every rule that names the subject and the action, in the order in which they
/// are tried, until it returns something.
///
/// Folder grants come first: their Allows, then their Forbids; then the Forbids of all others, then
/// their Allows. Sets that are read as listed keep everything in the second part, so that for them
/// the order is simply last to first.
pub(super) fn visit<'a, T>(
    walk: &'a Walk,
    request: &AccessRequest,
    mut visit: impl FnMut(Visit<'a>) -> Option<T>,
) -> Option<T> {
    let main = walk.segments.len().saturating_sub(walk.folders);
    let (main, folders) = walk.segments.split_at_checked(main).unwrap_or_default();
    for part in [folders, main] {
        for first in [true, false] {
            for segment in part.iter().rev() {
                let candidates = segment
                    .set
                    .index
                    .candidates(request.subject.as_str(), request.action.as_str());
                let rules = if first {
                    candidates.first()
                } else {
                    candidates.second()
                };
                for rule in rules {
                    let position = usize::try_from(*rule).unwrap_or(usize::MAX);
                    let Some(rule) = segment.set.rules.get(position) else {
                        continue;
                    };
                    let found = visit(Visit {
                        segment,
                        position,
                        rule,
                    });
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
    }
    None
}

/// Answers without reasons.
pub(super) fn verdict(walk: &Walk, request: &AccessRequest) -> Verdict {
    if let Some(fault) = walk.fault {
        return verdict_of_fault(fault);
    }
    let mut tally = Tally::default();
    let decided = visit(walk, request, |visit| {
        let applies = applies(visit.rule, &request.attributes, &mut Silent);
        tally.take(visit.rule.effect, applies)
    });
    decided.unwrap_or_else(|| tally.finish())
}
