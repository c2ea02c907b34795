//! Sets of texts as few patterns with exceptions, and single values.

use crate::bits::Bits;
use crate::cells::text::TextCells;
use crate::region::{Exception, Piece};
use crate::universe::Form;

/// What texts can be described by.
pub(super) struct Ground<'a> {
    cells: &'a TextCells,
    groups: Vec<Group>,
    /// The patterns to describe by, as places in the patterns of the cells, each with the groups
    /// that it matches.
    patterns: Vec<(usize, Bits)>,
    /// Groups that hold more than single values.
    open: Bits,
    all: Bits,
}

struct Group {
    /// The patterns that match, of those to describe by.
    matched: Bits,
    /// The values, if there are only a few single ones.
    values: Option<Vec<Box<str>>>,
    /// One of the values.
    witness: Box<str>,
}

/// A set of texts by patterns.
struct Term {
    all_of: Bits,
    none_of: Bits,
    values: Vec<Box<str>>,
    covered: Bits,
}

impl<'a> Ground<'a> {
    pub fn new(cells: &'a TextCells, groups: &[Bits], patterns: &Bits) -> Self {
        let group = |bits: &Bits| {
            let mut found = bits.iter().filter_map(|cell| cells.cells.get(cell));
            let all: Vec<_> = found.by_ref().collect();
            Group {
                matched: all
                    .first()
                    .map(|cell| cell.matched.and(patterns))
                    .unwrap_or_default(),
                values: all
                    .iter()
                    .all(|cell| cell.alone)
                    .then(|| all.iter().map(|cell| cell.witness.clone()).collect()),
                witness: all
                    .first()
                    .map(|cell| cell.witness.clone())
                    .unwrap_or_default(),
            }
        };
        let groups: Vec<Group> = groups.iter().map(group).collect();
        let matching = |pattern: usize| -> Bits {
            let numbered = groups.iter().enumerate();
            numbered
                .filter(|(_, group)| group.matched.contains(pattern))
                .map(|(at, _)| at)
                .collect()
        };
        Self {
            cells,
            patterns: patterns.iter().map(|at| (at, matching(at))).collect(),
            open: groups
                .iter()
                .enumerate()
                .filter(|(_, group)| group.values.is_none())
                .map(|(at, _)| at)
                .collect(),
            all: Bits::below(groups.len()),
            groups,
        }
    }

    /// The texts of these groups.
    pub fn pieces(&self, region: &Bits) -> Vec<Piece> {
        if self.cells.form.is_none() {
            return self.listed(region);
        }
        let mut open = region.and(&self.open);
        let mut covered = Bits::new();
        let mut pieces = Vec::new();
        while let Some(seed) = open.first() {
            let Some(term) = self.best_term(seed, region, &open) else {
                // Nothing tells the group apart but its values.
                open = open.without(&Bits::one(seed));
                pieces.extend(self.group(seed).map(|g| Piece::Value(g.witness.clone())));
                continue;
            };
            open = open.without(&term.covered);
            covered = covered.with(&term.covered);
            pieces.extend(self.written(term));
        }
        let mut values: Vec<Piece> = region
            .iter()
            .filter(|at| !covered.contains(*at))
            .filter_map(|at| self.group(at)?.values.clone())
            .flatten()
            .map(Piece::Value)
            .collect();
        values.extend(pieces);
        values.dedup();
        values
    }

    /// Listed values, or all but a few.
    fn listed(&self, region: &Bits) -> Vec<Piece> {
        let values = |inside: bool| -> Vec<Box<str>> {
            let mut cells: Vec<(usize, Box<str>)> = Vec::new();
            for (at, group) in self.groups.iter().enumerate() {
                if region.contains(at) != inside {
                    continue;
                }
                for value in group.values.iter().flatten() {
                    let place = self.cells.cells.iter().position(|c| c.witness == *value);
                    cells.push((place.unwrap_or_default(), value.clone()));
                }
            }
            cells.sort();
            cells.into_iter().map(|(_, value)| value).collect()
        };
        let (inside, outside) = (values(true), values(false));
        if inside.len() > 3 && outside.len() <= 2 {
            return vec![Piece::Matching {
                patterns: Vec::new(),
                except: outside.into_iter().map(Exception::Value).collect(),
            }];
        }
        inside.into_iter().map(Piece::Value).collect()
    }

    fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// The groups that a pattern matches.
    fn matching(&self, pattern: usize) -> Option<&Bits> {
        let mut patterns = self.patterns.iter();
        patterns.find_map(|(at, groups)| (*at == pattern).then_some(groups))
    }

    /// The set around a group, within the region, that says most with least.
    fn best_term(&self, seed: usize, region: &Bits, open: &Bits) -> Option<Term> {
        let own = &self.group(seed)?.matched;
        let mut choices = vec![Bits::new()];
        choices.extend(own.iter().map(Bits::one));
        for first in own.iter() {
            choices.extend(
                own.iter()
                    .filter(|second| *second > first)
                    .map(|second| [first, second].into_iter().collect()),
            );
        }
        if own.count() > 2 {
            choices.push(own.clone());
        }
        let mut best: Option<(usize, usize, Term)> = None;
        for all_of in choices {
            let Some(term) = self.term(all_of, seed, region) else {
                continue;
            };
            let cost = term.cost();
            let gain = term.covered.and(open).count();
            let is_better = best
                .as_ref()
                .is_none_or(|(known, gained, _)| cost * gained < known * gain);
            if is_better {
                best = Some((cost, gain, term));
            }
        }
        best.map(|(_, _, term)| term)
    }

    /// What matches all of `all_of`, with the exceptions that keep it within the region; nothing if
    /// no exceptions do.
    fn term(&self, all_of: Bits, seed: usize, region: &Bits) -> Option<Term> {
        let own = &self.group(seed)?.matched;
        let mut area = self.all.clone();
        for pattern in all_of.iter() {
            area = area.and(self.matching(pattern)?);
        }
        let inside = area.and(region);
        let mut wrong = area.without(region).and(&self.open);
        let mut none_of = Bits::new();
        while !wrong.is_empty() {
            // The pattern that takes nothing away that belongs here, or least of it.
            let (_, pattern, matching) = self
                .patterns
                .iter()
                .filter(|(pattern, _)| !own.contains(*pattern))
                .filter(|(_, matching)| matching.meets(&wrong))
                .map(|(pattern, matching)| {
                    let right = matching.and(&wrong).count();
                    let lost = matching.and(&inside).count();
                    ((usize::MAX - lost, right), *pattern, matching)
                })
                .max_by_key(|(gain, pattern, _)| (*gain, std::cmp::Reverse(*pattern)))?;
            none_of.insert(pattern);
            wrong = wrong.without(matching);
            area = area.without(matching);
        }
        let mut values: Vec<Box<str>> = area
            .without(region)
            .iter()
            .filter_map(|at| self.group(at)?.values.as_ref())
            .flatten()
            .cloned()
            .collect();
        values.sort_unstable();
        Some(Term {
            covered: area.and(region),
            all_of,
            none_of,
            values,
        })
    }

    fn written(&self, term: Term) -> Vec<Piece> {
        let pattern = |at: usize| self.cells.patterns.get(at).cloned();
        let patterns: Vec<Box<str>> = term.all_of.iter().filter_map(pattern).collect();
        let mut except: Vec<Exception> = term
            .none_of
            .iter()
            .filter_map(pattern)
            .map(Exception::Pattern)
            .collect();
        except.extend(term.values.into_iter().map(Exception::Value));
        if self.cells.form == Some(Form::Path)
            && let [single] = patterns.as_slice()
            && let Some(pieces) = in_levels(single, &except)
        {
            return pieces;
        }
        vec![Piece::Matching { patterns, except }]
    }
}

impl Term {
    fn cost(&self) -> usize {
        let patterns = match self.all_of.count() {
            0 | 1 => 2,
            more => more * 2,
        };
        patterns + self.none_of.count() + self.values.len()
    }
}

/// `X/**` without `X/*` or without `X`, in levels of folders. This is exact for paths as they are
/// stored, if X is plain text.
fn in_levels(pattern: &str, except: &[Exception]) -> Option<Vec<Piece>> {
    let folder = pattern.strip_suffix("/**")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-');
    if !folder.bytes().all(is_plain) {
        return None;
    }
    let itself: Box<str> = if folder.is_empty() { "/" } else { folder }.into();
    let is_itself = |exception: &Exception| *exception == Exception::Value(itself.clone());
    let first_level = Exception::Pattern(format!("{folder}/*").into());
    let without_itself = except.iter().any(is_itself);
    let without_first = except.contains(&first_level);
    let known = usize::from(without_itself) + usize::from(without_first);
    if known == 0 || known < except.len() {
        return None;
    }
    let below = Piece::Below {
        folder: folder.into(),
        levels: if without_first { 2 } else { 1 },
    };
    Some(if without_itself {
        vec![below]
    } else {
        vec![Piece::Value(itself), below]
    })
}
