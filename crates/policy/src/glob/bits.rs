//! Plain storage for the engine: sets of small numbers, and tables that answer every index.

/// A set of numbers below a fixed bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `bound`.
    pub(super) fn new(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.word(number / 64) & mask(number) != 0
    }

    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= mask(number);
        }
    }

    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !mask(number);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }

    /// Keeps what is in `other` too.
    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, kept) in self.0.iter_mut().zip(&other.0) {
            *word &= kept;
        }
    }

    pub(super) fn unite(&mut self, other: &Self) {
        for (word, added) in self.0.iter_mut().zip(&other.0) {
            *word |= added;
        }
    }

    /// Drops what is in `other`.
    pub(super) fn subtract(&mut self, other: &Self) {
        for (word, dropped) in self.0.iter_mut().zip(&other.0) {
            *word &= !dropped;
        }
    }

    pub(super) fn words(&self) -> usize {
        self.0.len()
    }

    /// The numbers `64 * at` to `64 * at + 63` as one word.
    pub(super) fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The numbers in the set, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.checked_sub(1)?;
                Some(at * 64 + bit as usize)
            })
        })
    }
}

fn mask(number: usize) -> u64 {
    1 << (number % 64)
}

/// A table of small values that has an answer, the default one, for every index.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<T>(Vec<T>);

impl<T: Copy + Default> Table<T> {
    pub(super) fn new(length: usize, value: T) -> Self {
        Self(vec![value; length])
    }

    pub(super) fn get(&self, at: usize) -> T {
        self.0.get(at).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, at: usize, value: T) {
        if let Some(place) = self.0.get_mut(at) {
            *place = value;
        }
    }

    pub(super) fn push(&mut self, value: T) {
        self.0.push(value);
    }

    /// Puts `count` times `value` at the end.
    pub(super) fn extend(&mut self, count: usize, value: T) {
        self.0.resize(self.0.len() + count, value);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn as_slice(&self) -> &[T] {
        &self.0
    }
}

/// For each index a list of numbers, stored in one piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    /// Gathers `(index, item)` pairs for the indices below `length`; items keep their order.
    pub(super) fn new(length: usize, pairs: &[(usize, u32)]) -> Self {
        let mut counts = Table::new(length + 1, 0_usize);
        for (index, _) in pairs {
            counts.set(index + 1, counts.get(index + 1) + 1);
        }
        let mut starts: Vec<usize> = counts.as_slice().to_vec();
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = Table(starts.clone());
        let mut items = Table::new(pairs.len(), 0);
        for (index, item) in pairs {
            items.set(next.get(*index), *item);
            next.set(*index, next.get(*index) + 1);
        }
        Self {
            starts,
            items: items.0,
        }
    }

    pub(super) fn get(&self, index: usize) -> &[u32] {
        let range = self
            .starts
            .get(index)
            .copied()
            .zip(self.starts.get(index + 1).copied());
        range
            .and_then(|(start, end)| self.items.get(start..end))
            .unwrap_or_default()
    }
}
