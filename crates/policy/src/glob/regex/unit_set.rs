//! Sets of UTF-16 units.

/// A set of units as sorted ranges that neither touch nor overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitSet(Vec<(u16, u16)>);

impl UnitSet {
    /// The set of the inclusive `ranges`, given in any order.
    pub fn new(mut ranges: Vec<(u16, u16)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some((_, end)) if low <= end.saturating_add(1) => *end = high.max(*end),
                _ => merged.push((low, high)),
            }
        }
        Self(merged)
    }

    /// The set of one unit.
    pub fn single(unit: u16) -> Self {
        Self(vec![(unit, unit)])
    }

    /// The set of all units.
    pub fn all() -> Self {
        Self(vec![(0, u16::MAX)])
    }

    /// What `.` takes: all but the line terminators.
    pub fn dot() -> Self {
        Self::new(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).complement()
    }

    /// All units that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut rest = Vec::with_capacity(self.0.len() + 1);
        let mut next = Some(0);
        for (low, high) in &self.0 {
            if let Some(start) = next.filter(|start| start < low) {
                rest.push((start, low - 1));
            }
            next = high.checked_add(1);
        }
        rest.extend(next.map(|start| (start, u16::MAX)));
        Self(rest)
    }

    /// The inclusive ranges, ascending.
    pub fn ranges(&self) -> &[(u16, u16)] {
        &self.0
    }

    /// Whether the set has `unit`.
    pub fn contains(&self, unit: u16) -> bool {
        let after = self.0.partition_point(|(low, _)| *low <= unit);
        after
            .checked_sub(1)
            .and_then(|at| self.0.get(at))
            .is_some_and(|(_, high)| unit <= *high)
    }

    /// Whether the two sets have a unit in common.
    pub fn intersects(&self, other: &Self) -> bool {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((low_a, high_a)), Some((low_b, high_b))) = (left.peek(), right.peek()) {
            if low_a <= high_b && low_b <= high_a {
                return true;
            }
            if high_a < high_b {
                left.next()
            } else {
                right.next()
            };
        }
        false
    }
}
