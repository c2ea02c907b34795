//! The way from a subject and an action to the rules that could apply.

use std::collections::BTreeMap;
use std::hash::{BuildHasherDefault, Hasher};

use reeve_domain::rule::{Action, Effect, Rule, Subject};

use super::guard::{Bits, Guard};
use super::{CompiledRule, SetOrder, actions_of, subjects_of};

/// The library's wildcard for subjects.
const ANY_SUBJECT: &str = "all";
/// The library's wildcard for actions.
const ANY_ACTION: &str = "manage";

/// The rules of a set by subject and action.
#[derive(Debug, Default)]
pub(crate) struct Index {
    subjects: Table<SubjectIndex>,
    /// For a subject that no rule names.
    other: SubjectIndex,
}

#[derive(Debug, Default)]
struct SubjectIndex {
    actions: Table<Candidates>,
    /// For an action that no rule names.
    other: Candidates,
}

/// Rules that could apply, in the order in which they are tried: last first.
#[derive(Debug, Default, Clone)]
pub(crate) struct Candidates {
    rules: Box<[(Guard, u32)]>,
    /// How many at the front belong to the part that is tried before all other sets.
    first: usize,
}

/// Which of two parts of the candidates of a set is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// What is tried before the rules of all other sets: the Forbids, where these come last.
    First,
    /// What is tried after.
    Second,
}

impl Turn {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::First, Self::Second];
}

impl Candidates {
    /// The positions of the rules of one part that may apply to attributes with these bits.
    pub fn that_pass(&self, turn: Turn, bits: &Bits) -> impl Iterator<Item = usize> {
        let (first, second) = self.rules.split_at_checked(self.first).unwrap_or_default();
        let rules = match turn {
            Turn::First => first,
            Turn::Second => second,
        };
        rules
            .iter()
            .filter(|(guard, _)| guard.lets_pass(bits))
            .filter_map(|(_, rule)| usize::try_from(*rule).ok())
    }
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
        let guard = |rule: u32| {
            let rule = usize::try_from(rule).ok().and_then(|at| compiled.get(at));
            rule.map_or(Guard::OPEN, |rule| Guard::of(rule.conditions.as_ref()))
        };
        let candidates = |lists: &[Option<&Vec<u32>>]| Candidates::merge(lists, is_first, guard);
        Self::from_entries(&entries, candidates)
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
            subjects: entries
                .iter()
                .filter(|(subject, _)| **subject != any_subject)
                .map(|(subject, actions)| (subject.as_str().into(), index_of(Some(actions))))
                .collect(),
            other: index_of(None),
        }
    }

    /// The rules that could apply to this subject and action.
    pub fn candidates(&self, subject: &str, action: &str) -> &Candidates {
        let subject = self.subjects.get(subject).unwrap_or(&self.other);
        subject.actions.get(action).unwrap_or(&subject.other)
    }
}

type Entries = BTreeMap<Subject, BTreeMap<Action, Vec<u32>>>;

impl Candidates {
    fn merge(
        lists: &[Option<&Vec<u32>>],
        is_first: impl Fn(&u32) -> bool,
        guard: impl Fn(u32) -> Guard,
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
        Self {
            first: rules.iter().filter(|rule| is_first(rule)).count(),
            rules: rules.into_iter().map(|rule| (guard(rule), rule)).collect(),
        }
    }
}

type Table<T> = std::collections::HashMap<Box<str>, T, BuildHasherDefault<ShortTextHasher>>;

/// A hash for short names: one multiplication for each eight bytes. The names come from rules that
/// an admin may edit anyway, so nobody gains by making them collide.
#[derive(Debug, Default)]
struct ShortTextHasher(u64);

impl Hasher for ShortTextHasher {
    fn write(&mut self, bytes: &[u8]) {
        const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
        }
    }

    fn write_u8(&mut self, _end_of_text: u8) {}

    fn finish(&self) -> u64 {
        // The table looks at the low bits, which a product mixes least.
        self.0.rotate_left(26)
    }
}
