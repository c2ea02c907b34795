//! The way from a subject and an action to the rules that could apply.

use std::collections::BTreeMap;

use reeve_domain::rule::{Action, Effect, Rule, Subject};

use super::path::Slots;
use super::screen::{Screen, WIDTH};
use super::text_table::{Key, TextTable};
use super::{CompiledRule, SetOrder, actions_of, subjects_of};

/// The library's wildcard for subjects.
const ANY_SUBJECT: &str = "all";
/// The library's wildcard for actions.
const ANY_ACTION: &str = "manage";

/// The rules of a set by subject and action.
#[derive(Debug, Default)]
pub(crate) struct Index {
    subjects: TextTable<SubjectIndex>,
    /// For a subject that no rule names.
    other: SubjectIndex,
    /// Whether any rule is tried before the rules of all other sets.
    has_first: bool,
}

#[derive(Debug, Default)]
struct SubjectIndex {
    actions: TextTable<Candidates>,
    /// For an action that no rule names.
    other: Candidates,
}

/// Rules that could apply, in the order in which they are tried: last first.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    rules: Box<[u32]>,
    /// One for each [`WIDTH`] rules.
    screens: Box<[Screen]>,
    /// How many at the front belong to the part that is tried before all other sets.
    first: usize,
}

/// Which of the candidates of a set are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// All, in order.
    Whole,
    /// What is tried before the rules of all other sets: the Forbids, where these come last.
    First,
    /// What is tried after.
    Second,
}

impl Turn {
    /// The two parts, in order.
    pub const PARTS: [Self; 2] = [Self::First, Self::Second];
}

impl Candidates {
    /// Calls `visit` with the position of each rule of this turn, in order, until it returns
    /// something. With `slots`, rules that these attributes rule out are passed over.
    #[inline]
    pub fn find_map<T>(
        &self,
        turn: Turn,
        slots: Option<&Slots<'_>>,
        mut visit: impl FnMut(usize) -> Option<T>,
    ) -> Option<T> {
        let (from, to) = match turn {
            Turn::Whole => (0, self.rules.len()),
            Turn::First => (0, self.first),
            Turn::Second => (self.first, self.rules.len()),
        };
        let mut start = 0;
        for (rules, screen) in self.rules.chunks(WIDTH).zip(&self.screens) {
            let mut left = lowest(to.saturating_sub(start)) & !lowest(from.saturating_sub(start));
            if let Some(slots) = slots
                && left != 0
            {
                left &= screen.passing(slots);
            }
            while let Some(rule) = rules.get(left.trailing_zeros() as usize) {
                left &= left.wrapping_sub(1);
                let found = visit(usize::try_from(*rule).unwrap_or(usize::MAX));
                if found.is_some() {
                    return found;
                }
            }
            start += WIDTH;
        }
        None
    }
}

/// The lowest `count` bits.
fn lowest(count: usize) -> u64 {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    1_u64.checked_shl(count).unwrap_or(0).wrapping_sub(1)
}

impl Index {
    pub fn new(rules: &[Rule], compiled: &[CompiledRule], order: SetOrder) -> Self {
        let mut entries: Entries = BTreeMap::new();
        for (at, (rule, made)) in (0_u32..).zip(rules.iter().zip(compiled)) {
            for subject in subjects_of(rule) {
                let actions = entries.entry(subject).or_default();
                for action in actions_of(rule, made.added_action) {
                    let list = actions.entry(action).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        let is_first = |rule: &u32| {
            let effect = usize::try_from(*rule)
                .ok()
                .and_then(|at| compiled.get(at))
                .map(|rule| rule.effect);
            match order {
                SetOrder::ForbidsLast => effect == Some(Effect::Forbid),
                SetOrder::AllowsLast => effect == Some(Effect::Allow),
                SetOrder::AsListed => false,
            }
        };
        let candidates = |lists: &[Option<&Vec<u32>>]| Candidates::merge(lists, is_first, compiled);
        let has_first = (0_u32..).zip(compiled).any(|(rule, _)| is_first(&rule));
        Self {
            has_first,
            ..Self::from_entries(&entries, candidates)
        }
    }

    fn from_entries(
        entries: &Entries,
        candidates: impl Fn(&[Option<&Vec<u32>>]) -> Candidates,
    ) -> Self {
        let any_subject = Subject::from(ANY_SUBJECT);
        let any_action = Action::from(ANY_ACTION);
        let everywhere = entries.get(&any_subject);
        let index_of = |own: Option<&BTreeMap<Action, Vec<u32>>>| {
            let pick = |action: &Action| {
                [own, everywhere].map(|from| from.and_then(|actions| actions.get(action)))
            };
            let [manage, manage_all] = pick(&any_action);
            let mut names: Vec<&Action> = [own, everywhere]
                .into_iter()
                .flatten()
                .flat_map(BTreeMap::keys)
                .collect();
            names.sort();
            names.dedup();
            SubjectIndex {
                actions: names
                    .into_iter()
                    .map(|action| {
                        let [listed, listed_all] = pick(action);
                        let lists = [listed, listed_all, manage, manage_all];
                        (action.as_str().into(), candidates(&lists))
                    })
                    .collect(),
                other: candidates(&[manage, manage_all]),
            }
        };
        Self {
            has_first: false,
            subjects: entries
                .iter()
                .filter(|(subject, _)| **subject != any_subject)
                .map(|(subject, actions)| (subject.as_str().into(), index_of(Some(actions))))
                .collect(),
            other: index_of(None),
        }
    }

    /// The rules that could apply to this subject and action.
    #[inline]
    pub fn candidates(&self, subject: Key<'_>, action: Key<'_>) -> &Candidates {
        let subject = self.subjects.get(subject).unwrap_or(&self.other);
        subject.actions.get(action).unwrap_or(&subject.other)
    }

    /// Whether there may be rules to try in this turn.
    #[inline]
    pub fn has(&self, turn: Turn) -> bool {
        self.has_first || turn != Turn::First
    }
}

type Entries = BTreeMap<Subject, BTreeMap<Action, Vec<u32>>>;

impl Candidates {
    fn merge(
        lists: &[Option<&Vec<u32>>],
        is_first: impl Fn(&u32) -> bool,
        compiled: &[CompiledRule],
    ) -> Self {
        let mut rules: Vec<u32> = lists
            .iter()
            .flatten()
            .flat_map(|list| list.iter().copied())
            .collect();
        rules.sort_unstable_by(|a, b| b.cmp(a));
        rules.dedup();
        // A stable sort: within each part the order stays.
        rules.sort_by_key(|rule| !is_first(rule));
        let program = |rule: &u32| {
            let rule = compiled.get(usize::try_from(*rule).ok()?)?;
            rule.conditions.as_ref()
        };
        Self {
            first: rules.iter().filter(|rule| is_first(rule)).count(),
            screens: rules
                .chunks(WIDTH)
                .map(|rules| Screen::of(rules.iter().map(program)))
                .collect(),
            rules: rules.into(),
        }
    }
}
