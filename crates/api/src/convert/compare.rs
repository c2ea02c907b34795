//! Two sides compared.

use std::collections::BTreeSet;

use reeve_app::compare::{Compared, Comparison, Exhaustive, Side};
use reeve_app::pull::unseen::UnseenKind;
use reeve_app::role_effect::words;

use super::common::instant;
use super::privilege::remarks;
use super::remote::unseen_parts;
use super::role_effect::change;
use super::trace::source_view;
use crate::dto::compare::{CompareAnswer, ComparedChange};

/// A comparison as it travels.
pub fn answer(comparison: &Comparison) -> CompareAnswer {
    match comparison {
        Comparison::Compared(compared) => compared_view(compared),
        Comparison::Incomplete(left, right) => CompareAnswer {
            left_problems: remarks(left),
            right_problems: remarks(right),
            verdict: String::new(),
            names: [String::new(), String::new()],
            at: None,
            changes: Vec::new(),
            limits: Vec::new(),
            unseen: Vec::new(),
            certain: [true, true],
        },
    }
}

fn unseen_of_either(left: &Side, right: &Side) -> Vec<UnseenKind> {
    let both = left.unseen.iter().chain(&right.unseen).copied();
    both.collect::<BTreeSet<_>>().into_iter().collect()
}

fn compared_view(compared: &Compared) -> CompareAnswer {
    let [left, right] = &compared.sides;
    let changes = compared.difference.changes.iter();
    let changes = changes.zip(&compared.sources).zip(&compared.certain);
    CompareAnswer {
        left_problems: Vec::new(),
        right_problems: Vec::new(),
        verdict: words::verdict_of(&compared.difference),
        names: [left.asked.name(), right.asked.name()],
        at: Some([instant(left.at), instant(right.at)]),
        changes: changes
            .map(|((it, [left, right]), certain)| ComparedChange {
                certain: *certain,
                change: change(it, compared.edition),
                left: left.as_ref().map(|source| source_view(source, None)),
                right: right.as_ref().map(|source| source_view(source, None)),
            })
            .collect(),
        limits: match &compared.difference.exhaustive {
            Exhaustive::Yes => Vec::new(),
            Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
        },
        unseen: unseen_parts(&unseen_of_either(left, right)),
        certain: [left, right].map(|side| side.unseen.is_empty()),
    }
}
