//! What the end of something can concern, so that only that is compared. With it something else may
//! begin: folder grants count as soon as their holder is no admin any more.

use std::collections::BTreeSet;

use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{ArrangedGrant, Arrangement};

use crate::role_effect::changed_pairs;

/// What the end of something can concern.
pub(super) struct Touched {
    pub pairs: Vec<(Subject, Action)>,
    pub subjects: BTreeSet<Subject>,
    /// Tells these subjects from all others.
    pub number: u32,
}

/// The subjects and actions that what ends can concern; `None` if that could be all.
pub(super) fn touched_pairs(
    before: &Arrangement,
    after: &Arrangement,
    edition: CatalogueEdition,
) -> Option<Vec<(Subject, Action)>> {
    let is_whole =
        |arrangement: &Arrangement| arrangement.merged.is_none() && arrangement.fault.is_none();
    if !is_whole(before) || !is_whole(after) {
        return None;
    }
    let (ended, begun) = (only_in(before, after), only_in(after, before));
    // A rule that is limited to fields can make the server refuse every rule there is.
    if ended
        .iter()
        .chain(&begun)
        .any(|rule| rule.written().get("fields").is_some())
    {
        return None;
    }
    changed_pairs(&ended, &begun, edition)
}

/// The rules of what is in `one` and not in `other`.
fn only_in(one: &Arrangement, other: &Arrangement) -> Vec<Rule> {
    let is_same = |kept: &ArrangedGrant, grant: &ArrangedGrant| {
        kept.source == grant.source && kept.lifetime == grant.lifetime
    };
    one.grants
        .iter()
        .filter(|grant| !other.grants.iter().any(|kept| is_same(kept, grant)))
        .flat_map(|grant| grant.rules.iter().cloned())
        .collect()
}
