//! Sets of lists by which kinds of elements they hold and which they do not.

use crate::bits::{Bits, Table};
use crate::cells::list::{ElementKind, ListCells};
use crate::describe::texts::Ground;
use crate::region::{Element, ListPiece};

/// With more kinds of elements than this, not all their sets are looked at.
const KINDS: usize = 12;

/// What lists can be described by: the group of each set of kinds of elements.
pub(super) struct Sets<'a> {
    cells: &'a ListCells,
    /// The kinds that make a difference; each is one or several of those of the cells.
    kinds: Vec<Vec<usize>>,
    groups: Vec<Option<usize>>,
}

impl<'a> Sets<'a> {
    pub fn new(cells: &'a ListCells, groups: &[Bits]) -> Self {
        let known = Known::new(cells, groups);
        let kinds = known.kinds();
        let sets = if kinds.len() > KINDS {
            0
        } else {
            1_usize << kinds.len()
        };
        Self {
            cells,
            groups: (0..sets)
                .map(|set| known.group_of_set(set, &kinds))
                .collect(),
            kinds,
        }
    }

    /// The lists of these groups; nothing if there are too many kinds of elements.
    pub fn pieces(&self, region: &Bits) -> Option<Vec<ListPiece>> {
        if self.groups.is_empty() {
            return None;
        }
        let inside: Vec<bool> = self
            .groups
            .iter()
            .map(|group| group.is_some_and(|group| region.contains(group)))
            .collect();
        let mut covered = vec![false; inside.len()];
        let mut pieces = Vec::new();
        for set in 0..inside.len() {
            if covered.get(set) != Some(&false) || inside.get(set) != Some(&true) {
                continue;
            }
            let cube = Cube::around(set, self.kinds.len(), &inside);
            for other in cube.sets() {
                if let Some(covered) = covered.get_mut(other) {
                    *covered = true;
                }
            }
            pieces.push(cube.written(self.cells, &self.kinds));
        }
        Some(pieces)
    }
}

/// A set of lists: with the elements in `with`, and none of `without`.
struct Cube {
    with: usize,
    without: usize,
    free: usize,
}

impl Cube {
    /// The widest cube of sets that are all inside, grown around one of them.
    fn around(set: usize, kinds: usize, inside: &[bool]) -> Self {
        let all = (1 << kinds) - 1;
        let mut cube = Self {
            with: set,
            without: all & !set,
            free: 0,
        };
        for kind in 0..kinds {
            let bit = 1 << kind;
            let wider = Self {
                with: cube.with & !bit,
                without: cube.without & !bit,
                free: cube.free | bit,
            };
            if wider.sets().all(|set| inside.get(set) == Some(&true)) {
                cube = wider;
            }
        }
        cube
    }

    fn sets(&self) -> impl Iterator<Item = usize> {
        let (with, free) = (self.with, self.free);
        let mut next = Some(free);
        std::iter::from_fn(move || {
            let part = next?;
            next = part.checked_sub(1).map(|less| less & free);
            Some(with | part)
        })
    }

    fn written(&self, cells: &ListCells, kinds: &[Vec<usize>]) -> ListPiece {
        let elements = |bits: usize| {
            kinds
                .iter()
                .enumerate()
                .filter(|(at, _)| bits & (1 << at) != 0)
                .filter_map(|(_, merged)| element(cells, merged))
                .collect()
        };
        ListPiece {
            with: elements(self.with),
            without: elements(self.without),
        }
    }
}

/// What is known about groups of lists.
struct Known<'a> {
    cells: &'a ListCells,
    /// The group of each set of marks.
    groups: Table<&'a Bits, usize>,
}

impl<'a> Known<'a> {
    fn new(cells: &'a ListCells, groups: &[Bits]) -> Self {
        let mut by_marks = Table::default();
        for (at, group) in groups.iter().enumerate() {
            for cell in group.iter().filter_map(|cell| cells.cells.get(cell)) {
                by_marks.insert(&cell.marks, at);
            }
        }
        Self {
            cells,
            groups: by_marks,
        }
    }

    /// The kinds that make a difference; kinds of texts that always make the same are one.
    fn kinds(&self) -> Vec<Vec<usize>> {
        let mut found: Vec<(Vec<Option<usize>>, Vec<usize>)> = Vec::new();
        let without: Vec<Option<usize>> = self.effects(None);
        for (at, kind) in self.cells.kinds.iter().enumerate() {
            let effects = self.effects(Some(kind));
            if effects == without {
                continue;
            }
            let is_text = self.cells.parts.len() == 1;
            match found.iter_mut().find(|(other, _)| *other == effects) {
                Some((_, merged)) if is_text => merged.push(at),
                _ => found.push((effects, vec![at])),
            }
        }
        found.into_iter().map(|(_, merged)| merged).collect()
    }

    /// The group of each cell when an element of a kind is added.
    fn effects(&self, kind: Option<&ElementKind>) -> Vec<Option<usize>> {
        let nothing = Bits::new();
        let added = kind.map_or(&nothing, |kind| &kind.marks);
        self.cells
            .cells
            .iter()
            .map(|cell| self.groups.get(&cell.marks.with(added)).copied())
            .collect()
    }

    fn group_of_set(&self, set: usize, kinds: &[Vec<usize>]) -> Option<usize> {
        let marks = kinds
            .iter()
            .enumerate()
            .filter(|(at, _)| set & (1 << at) != 0)
            .filter_map(|(_, merged)| self.cells.kinds.get(*merged.first()?))
            .fold(Bits::new(), |marks, kind| marks.with(&kind.marks));
        self.groups.get(&marks).copied()
    }
}

fn element(cells: &ListCells, kinds: &[usize]) -> Option<Element> {
    let first = cells.kinds.get(*kinds.first()?)?;
    let mut members = Vec::new();
    for (at, (name, texts)) in cells.parts.iter().enumerate() {
        let mut chosen = first.cells.get(at)?.clone();
        for kind in kinds.iter().skip(1) {
            chosen = chosen.with(cells.kinds.get(*kind)?.cells.get(at)?);
        }
        let groups: Vec<Bits> = (0..texts.cells.len()).map(Bits::one).collect();
        let patterns = Bits::below(texts.patterns.len());
        let pieces = Ground::new(texts, &groups, &patterns).pieces(&chosen);
        match name {
            None => return Some(Element::Text(pieces)),
            Some(name) => members.push((name.clone(), pieces)),
        }
    }
    Some(Element::Object(members))
}
