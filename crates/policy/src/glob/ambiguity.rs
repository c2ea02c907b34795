//! Tells whether a backtracking engine, such as the server's, can take exponential time.
//!
//! That is so when some text leads a loop back to where it was in two ways. The positions of a loop
//! and the steps between them are Glushkov's; two ways are found by walking two copies at once.

use std::collections::{BTreeMap, BTreeSet};

use super::regex::{Regex, UnitSet};

/// Loops with more positions than this are examined only in their parts.
const POSITION_LIMIT: usize = 64;

/// Whether some part of `regex` backtracks exponentially.
pub(super) fn is_exponential(regex: &Regex) -> bool {
    match regex {
        Regex::Empty | Regex::Unit(_) | Regex::Start | Regex::End => false,
        Regex::Sequence(parts) | Regex::Choice(parts) => parts.iter().any(is_exponential),
        Regex::Repeat {
            body, max: None, ..
        } => is_exponential_loop(body),
        Regex::Repeat { body, .. } | Regex::LookAhead { body, .. } => is_exponential(body),
    }
}

fn is_exponential_loop(body: &Regex) -> bool {
    let mut paths = Paths::default();
    let ends = paths.add(body);
    if !paths.fits() {
        return is_exponential(body);
    }
    paths.join(&ends.last, &ends.first);
    paths.doubled || paths.split_and_meet() || looks(body).into_iter().any(is_exponential)
}

/// The look-aheads in `regex`, whose bodies are matched on their own.
fn looks(regex: &Regex) -> Vec<&Regex> {
    match regex {
        Regex::Empty | Regex::Unit(_) | Regex::Start | Regex::End => Vec::new(),
        Regex::Sequence(parts) | Regex::Choice(parts) => parts.iter().flat_map(looks).collect(),
        Regex::LookAhead { body, .. } => vec![body],
        Regex::Repeat { body, .. } => looks(body),
    }
}

/// Where a part can begin and end; a place that is reached in several ways stands there twice.
#[derive(Default)]
struct Ends {
    first: Vec<usize>,
    last: Vec<usize>,
    /// In how many ways the part can be empty, 2 standing for several.
    empty: u8,
}

impl Ends {
    fn empty() -> Self {
        Self {
            empty: 1,
            ..Self::default()
        }
    }
}

/// Every member of `list` twice.
fn doubled(list: &[usize]) -> Vec<usize> {
    let distinct: BTreeSet<usize> = list.iter().copied().collect();
    distinct.iter().chain(&distinct).copied().collect()
}

#[derive(Default)]
struct Paths {
    sets: Vec<UnitSet>,
    follow: BTreeMap<usize, BTreeSet<usize>>,
    /// Two ways lead from one position straight to another.
    doubled: bool,
}

impl Paths {
    fn fits(&self) -> bool {
        self.sets.len() <= POSITION_LIMIT
    }

    fn add(&mut self, regex: &Regex) -> Ends {
        match regex {
            _ if !self.fits() => Ends::default(),
            Regex::Empty | Regex::Start | Regex::End | Regex::LookAhead { .. } => Ends::empty(),
            Regex::Unit(set) => {
                self.sets.push(set.clone());
                let position = self.sets.len() - 1;
                Ends {
                    first: vec![position],
                    last: vec![position],
                    empty: 0,
                }
            }
            Regex::Sequence(parts) => self.add_sequence(parts),
            Regex::Choice(branches) => {
                let mut all = Ends::default();
                for branch in branches {
                    let ends = self.add(branch);
                    all.first.extend(ends.first);
                    all.last.extend(ends.last);
                    all.empty = (all.empty + ends.empty).min(2);
                }
                all
            }
            Regex::Repeat { body, min, max } => self.add_repeat(body, *min, max.is_none()),
        }
    }

    /// A round that is empty counts only among those that must be.
    fn add_repeat(&mut self, body: &Regex, min: u32, unlimited: bool) -> Ends {
        let mut ends = self.add(body);
        if unlimited {
            self.join(&ends.last, &ends.first);
        }
        if min == 0 {
            ends.empty = 1;
        } else if unlimited && ends.empty > 0 {
            ends.first = doubled(&ends.first);
        }
        ends
    }

    fn add_sequence(&mut self, parts: &[Regex]) -> Ends {
        let mut all = Ends::empty();
        for part in parts {
            let ends = self.add(part);
            self.join(&all.last, &ends.first);
            match all.empty {
                0 => {}
                1 => all.first.extend(&ends.first),
                _ => all.first.extend(doubled(&ends.first)),
            }
            match ends.empty {
                0 => all.last.clear(),
                1 => {}
                _ => all.last = doubled(&all.last),
            }
            all.last.extend(&ends.last);
            all.empty = (all.empty * ends.empty).min(2);
        }
        all
    }

    fn join(&mut self, last: &[usize], first: &[usize]) {
        for from in last {
            let steps = self.follow.entry(*from).or_default();
            for to in first {
                self.doubled |= !steps.insert(*to);
            }
        }
    }

    /// Whether two copies that start in one position can part and meet again over the same text.
    fn split_and_meet(&self) -> bool {
        let mut seen = BTreeSet::new();
        let mut queue: Vec<(usize, usize)> = (0..self.sets.len())
            .map(|position| (position, position))
            .collect();
        while let Some(pair) = queue.pop() {
            if !seen.insert(pair) {
                continue;
            }
            for next in self.steps(pair) {
                if next.0 == next.1 && pair.0 != pair.1 {
                    return true;
                }
                queue.push(next);
            }
        }
        false
    }

    fn steps(&self, (left, right): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
        let next = |position: usize| self.follow.get(&position).into_iter().flatten().copied();
        let overlap = move |(left, right): &(usize, usize)| {
            let sets = self.sets.get(*left).zip(self.sets.get(*right));
            sets.is_some_and(|(left, right)| left.intersects(right))
        };
        next(left)
            .flat_map(move |left| next(right).map(move |right| (left, right)))
            .filter(overlap)
    }
}
