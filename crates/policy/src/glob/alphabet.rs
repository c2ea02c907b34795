//! The units, parted into classes that an expression cannot tell apart.

use std::collections::BTreeMap;

use super::bits::{Bits, Table};
use super::regex::UnitSet;

/// A class of units that behave alike, numbered from 0.
pub type Class = u16;

/// A partition of all UTF-16 units into classes.
#[derive(Clone, Debug)]
pub struct Alphabet {
    ascii: [Class; 128],
    /// First units of the stretches, ascending from 0, with their classes.
    stretches: Vec<(u16, Class)>,
    count: usize,
}

impl Alphabet {
    /// The coarsest partition that respects `sets`, and for each class the sets it lies in.
    pub(super) fn of_sets(sets: &[UnitSet]) -> (Self, Vec<Bits>) {
        let ends = sets.iter().flat_map(UnitSet::ranges);
        let mut starts: Vec<u16> = ends
            .flat_map(|(low, high)| [Some(*low), high.checked_add(1)])
            .flatten()
            .collect();
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let mut members = vec![Bits::new(sets.len()); starts.len()];
        for (number, set) in sets.iter().enumerate() {
            for (low, high) in set.ranges() {
                let first = starts.partition_point(|start| start < low);
                let after = starts.partition_point(|start| start <= high);
                for member in members.get_mut(first..after).unwrap_or_default() {
                    member.insert(number);
                }
            }
        }
        Self::of_labels(&starts, members)
    }

    /// The partition in which each of these units is alone, and the classes of these units.
    pub(super) fn of_units(units: impl Iterator<Item = u16>) -> (Self, BTreeMap<u16, Class>) {
        let units: std::collections::BTreeSet<u16> = units.collect();
        let mut starts: Vec<u16> = units
            .iter()
            .flat_map(|unit| [Some(*unit), unit.checked_add(1)])
            .flatten()
            .chain([0])
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let labels = starts
            .iter()
            .map(|start| units.contains(start).then_some(*start))
            .collect();
        let (alphabet, distinct) = Self::of_labels(&starts, labels);
        let classes = (0_u16..)
            .zip(distinct)
            .filter_map(|(class, unit)| Some((unit?, class)))
            .collect();
        (alphabet, classes)
    }

    /// The coarsest partition that both alphabets respect, and for each of its classes the two
    /// classes it lies in.
    pub fn join(&self, other: &Self) -> (Self, Vec<(Class, Class)>) {
        let both = self.stretches.iter().chain(&other.stretches);
        let mut starts: Vec<u16> = both.map(|(start, _)| *start).collect();
        starts.sort_unstable();
        starts.dedup();
        let pairs = starts
            .iter()
            .map(|start| (self.class_of(*start), other.class_of(*start)))
            .collect();
        Self::of_labels(&starts, pairs)
    }

    /// The same units with `renamed[class]` for each class, of which there are `count`.
    pub(super) fn merged(&self, renamed: &[Class], count: usize) -> Self {
        let new = |class: Class| renamed.get(usize::from(class)).copied().unwrap_or_default();
        let mut stretches: Vec<(u16, Class)> = self
            .stretches
            .iter()
            .map(|(start, class)| (*start, new(*class)))
            .collect();
        stretches.dedup_by_key(|(_, class)| *class);
        Self {
            ascii: self.ascii.map(new),
            stretches,
            count,
        }
    }

    /// Stretches of equal labels are one class; classes are numbered as they appear.
    fn of_labels<L: Ord + Clone>(starts: &[u16], labels: Vec<L>) -> (Self, Vec<L>) {
        let mut numbers: BTreeMap<L, Class> = BTreeMap::new();
        let mut distinct = Vec::new();
        let mut stretches: Vec<(u16, Class)> = Vec::with_capacity(starts.len());
        for (start, label) in starts.iter().zip(labels) {
            let next = Class::try_from(distinct.len()).unwrap_or(Class::MAX);
            let class = *numbers.entry(label.clone()).or_insert(next);
            if class == next {
                distinct.push(label);
            }
            stretches.push((*start, class));
        }
        let mut alphabet = Self {
            ascii: [0; 128],
            stretches,
            count: distinct.len(),
        };
        let mut ascii = Table::new(128, 0);
        for unit in 0..128_u16 {
            ascii.set(usize::from(unit), alphabet.search(unit));
        }
        alphabet.ascii = ascii.as_slice().try_into().unwrap_or([0; 128]);
        (alphabet, distinct)
    }

    /// How many classes there are; they are `0..classes()`, and every unit has one.
    pub fn classes(&self) -> usize {
        self.count
    }

    /// The class of a unit.
    pub fn class_of(&self, unit: u16) -> Class {
        self.ascii
            .get(usize::from(unit))
            .copied()
            .unwrap_or_else(|| self.search(unit))
    }

    fn search(&self, unit: u16) -> Class {
        let after = self.stretches.partition_point(|(start, _)| *start <= unit);
        after
            .checked_sub(1)
            .and_then(|at| self.stretches.get(at))
            .map_or(0, |(_, class)| *class)
    }

    /// The inclusive ranges of a class, ascending.
    pub fn ranges(&self, class: Class) -> impl Iterator<Item = (u16, u16)> {
        let ends = self
            .stretches
            .iter()
            .skip(1)
            .map(|(start, _)| start - 1)
            .chain([u16::MAX]);
        self.stretches
            .iter()
            .zip(ends)
            .filter(move |((_, owner), _)| *owner == class)
            .map(|((start, _), end)| (*start, end))
    }

    /// The unit of a class that reads best in an example: a small letter if there is one, then a
    /// capital, a digit, other printable ASCII, and at last the lowest unit.
    pub fn representative(&self, class: Class) -> u16 {
        let preferred = [(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'!', b'~')];
        let printable = preferred
            .into_iter()
            .flat_map(|(low, high)| low..=high)
            .map(u16::from);
        let lowest = self.ranges(class).next().map_or(0, |(low, _)| low);
        printable
            .into_iter()
            .find(|unit| self.class_of(*unit) == class)
            .unwrap_or(lowest)
    }
}
