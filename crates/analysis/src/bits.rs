//! Sets of small numbers, and a fast hash for keys made of them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

use smallvec::SmallVec;

/// A set of small numbers. Sets are equal if they hold the same numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bits(Words);

/// Nearly all sets have room in place.
type Words = SmallVec<[u64; 3]>;

impl Hash for Bits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in &self.0 {
            state.write_u64(*word);
        }
    }
}

impl Bits {
    pub fn new() -> Self {
        Self(Words::new())
    }

    /// The numbers below `count`.
    pub fn below(count: usize) -> Self {
        let mut words = Words::from_elem(u64::MAX, count / 64);
        if !count.is_multiple_of(64) {
            words.push((1 << (count % 64)) - 1);
        }
        Self(words)
    }

    pub fn one(number: usize) -> Self {
        [number].into_iter().collect()
    }

    pub fn contains(&self, number: usize) -> bool {
        let word = self.0.get(number / 64).copied().unwrap_or(0);
        word & (1 << (number % 64)) != 0
    }

    pub fn insert(&mut self, number: usize) {
        let at = number / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (number % 64);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.checked_sub(1)?;
                Some(at * 64 + bit)
            })
        })
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    pub fn is_within(&self, other: &Self) -> bool {
        self.0.len() <= other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub fn with(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() {
            (other, self)
        } else {
            (self, other)
        };
        let mut words = long.0.clone();
        for (word, added) in words.iter_mut().zip(&short.0) {
            *word |= added;
        }
        Self(words)
    }

    pub fn without(&self, other: &Self) -> Self {
        let mut words = self.0.clone();
        for (word, dropped) in words.iter_mut().zip(&other.0) {
            *word &= !dropped;
        }
        Self(words).trimmed()
    }

    pub fn and(&self, other: &Self) -> Self {
        let words = self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect();
        Self(words).trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Self {
        let mut bits = Self::new();
        for number in numbers {
            bits.insert(number);
        }
        bits
    }
}

/// A table that is only looked up, never walked, so that its order reaches no result.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A set that is only asked, never walked.
pub(crate) type Seen<K> = HashSet<K, BuildHasherDefault<WordHasher>>;

/// One multiplication for each word.
#[derive(Debug, Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave_as_sets() {
        let a: Bits = [1, 64, 200].into_iter().collect();
        let b: Bits = [1, 65].into_iter().collect();
        assert_eq!(a.with(&b).iter().collect::<Vec<_>>(), [1, 64, 65, 200]);
        assert_eq!(a.and(&b), Bits::one(1));
        assert_eq!(a.without(&a), Bits::new());
        assert_eq!(a.without(&b).iter().collect::<Vec<_>>(), [64, 200]);
        assert!(a.meets(&b) && !b.is_within(&a) && Bits::one(1).is_within(&b));
        assert!(Bits::new().is_within(&a) && !a.is_within(&Bits::new()));
        assert_eq!(Bits::below(66).count(), 66);
        assert!(a.contains(200) && !a.contains(3) && !a.contains(9_999));
        assert_eq!(b.first(), Some(1));
    }
}
