//! Tries the rules of one actor in the server's order.

use super::AccessRequest;
use super::evaluate::{Asked, Silent, applies};
use super::verdict::{Tally, Verdict, verdict_of_fault};
use crate::compile::path::Slots;
use crate::compile::text_table::Key;
use crate::compile::{CompiledRule, Segment, Turn, Walk};

/// One rule on the way: its segment, its position in the set, and itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit<'a> {
    pub segment: &'a Segment,
    pub position: usize,
    pub rule: &'a CompiledRule,
}

/// Calls `visit` with every rule that names the subject and the action, in the order in which they
/// are tried, until it returns something. With `slots`, rules that these attributes rule out are
/// passed over.
///
/// Folder grants come first: their Allows, then their Forbids; then the Forbids of all others, then
/// their Allows. Sets that are read as listed keep everything in the second part, so that for them
/// the order is simply last to first.
#[inline]
pub(super) fn visit<'a, T>(
    walk: &'a Walk,
    request: &AccessRequest,
    slots: Option<&Slots<'_>>,
    mut visit: impl FnMut(Visit<'a>) -> Option<T>,
) -> Option<T> {
    let main = walk.segments.len().saturating_sub(walk.folders);
    let (main, folders) = walk.segments.split_at_checked(main).unwrap_or_default();
    let subject = Key::of(request.subject.as_str());
    let action = Key::of(request.action.as_str());
    let mut visit_segment = |segment: &'a Segment, turn| {
        let candidates = segment.set.index.candidates(subject, action);
        candidates.find_map(turn, slots, |position| {
            visit(Visit {
                segment,
                position,
                rule: segment.set.rules.get(position)?,
            })
        })
    };
    for part in [folders, main] {
        // A set alone needs no turns: its first part stands before its second.
        let turns = match part {
            [_] => [Turn::Whole].as_slice(),
            _ => Turn::PARTS.as_slice(),
        };
        for turn in turns {
            for segment in part.iter().rev() {
                if segment.set.index.has(*turn)
                    && let Some(found) = visit_segment(segment, *turn)
                {
                    return Some(found);
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
    let asked = Asked::new(&request.attributes);
    let decided = visit(walk, request, asked.slots(), |visit| {
        let applies = applies(visit.rule, &asked, &mut Silent);
        tally.take(visit.rule.effect, applies)
    });
    decided.unwrap_or_else(|| tally.finish())
}
