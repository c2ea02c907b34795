//! A regular expression as a graph. Each node asks: can the rest of the text be matched from here?
//!
//! The answers for a suffix of the text follow from the answers for the suffix one unit shorter, so
//! they are computed from right to left, and a look-ahead is one more question. Nothing here knows
//! about globs.

use std::collections::BTreeMap;

use super::bits::{Bits, Lists, Table};
use super::regex::{Regex, UnitSet};

/// The most nodes a graph may have.
const NODE_LIMIT: usize = 200_000;

/// A node's place; a node only asks nodes of lower places at the same position, apart from loops.
pub(super) type Place = usize;

/// One question about a suffix of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Always yes.
    Accept,
    /// Is the first unit in the set, and is it yes for `next` after it?
    Unit { set: usize, next: Place },
    /// Is it yes for either?
    Either { left: Place, right: Place },
    /// Is it yes for `next`, and yes (no, if negative) for `body`?
    Look {
        negative: bool,
        body: Place,
        next: Place,
    },
    /// Is this the beginning of the text, and is it yes for `next`?
    Start { next: Place },
    /// Is this the end of the text, and is it yes for `next`?
    End { next: Place },
}

impl Node {
    /// The nodes asked at the same position.
    fn asks(self) -> [Option<Place>; 2] {
        match self {
            Node::Accept | Node::Unit { .. } => [None, None],
            Node::Either { left, right } => [Some(left), Some(right)],
            Node::Look { body, next, .. } => [Some(body), Some(next)],
            Node::Start { next } | Node::End { next } => [Some(next), None],
        }
    }

    fn moved(self, new: &Table<Place>) -> Self {
        match self {
            Node::Accept => Node::Accept,
            Node::Unit { set, next } => Node::Unit {
                set,
                next: new.get(next),
            },
            Node::Either { left, right } => Node::Either {
                left: new.get(left),
                right: new.get(right),
            },
            Node::Look {
                negative,
                body,
                next,
            } => Node::Look {
                negative,
                body: new.get(body),
                next: new.get(next),
            },
            Node::Start { next } => Node::Start {
                next: new.get(next),
            },
            Node::End { next } => Node::End {
                next: new.get(next),
            },
        }
    }
}

/// The graph would be larger than is built here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// The graph of one regular expression, searched for anywhere in the text.
#[derive(Clone, Debug)]
pub(super) struct Program {
    nodes: Vec<Node>,
    pub(super) sets: Vec<UnitSet>,
    /// The question about the whole text.
    pub(super) root: Place,
    pub(super) accept: Place,
    /// For each node those that ask it at the same position.
    pub(super) askers: Lists,
    /// For each node the unit nodes in front of it.
    pub(super) units_before: Lists,
    /// The nodes that some unit node goes on to.
    pub(super) targets: Bits,
    /// The nodes whose answer may hang on where the text begins.
    pub(super) start_dependent: Bits,
}

impl Program {
    pub(super) fn new(regex: &Regex) -> Result<Self, TooLarge> {
        let mut builder = Builder {
            nodes: vec![Node::Accept],
            sets: BTreeMap::new(),
        };
        let root = builder.search(regex, 0)?;
        let new = order(&builder.nodes);
        let mut nodes = vec![Node::Accept; builder.nodes.len()];
        for (place, node) in builder.nodes.iter().enumerate() {
            if let Some(slot) = nodes.get_mut(new.get(place)) {
                *slot = node.moved(&new);
            }
        }
        let mut sets: Vec<_> = builder.sets.into_iter().collect();
        sets.sort_unstable_by_key(|(_, number)| *number);
        let sets = sets.into_iter().map(|(set, _)| set).collect();
        Ok(Self::link(nodes, sets, new.get(root), new.get(0)))
    }

    fn link(nodes: Vec<Node>, sets: Vec<UnitSet>, root: Place, accept: Place) -> Self {
        let (mut asked, mut followed) = (Vec::new(), Vec::new());
        let mut targets = Bits::new(nodes.len());
        for (place, node) in (0_u32..).zip(&nodes) {
            asked.extend(
                node.asks()
                    .into_iter()
                    .flatten()
                    .map(|asked| (asked, place)),
            );
            if let Node::Unit { next, .. } = node {
                followed.push((*next, place));
                targets.insert(*next);
            }
        }
        let askers = Lists::new(nodes.len(), &asked);
        let units_before = Lists::new(nodes.len(), &followed);
        let start_dependent = start_dependent(&nodes, &askers);
        Self {
            nodes,
            sets,
            root,
            accept,
            askers,
            units_before,
            targets,
            start_dependent,
        }
    }

    pub(super) fn node(&self, place: Place) -> Node {
        self.nodes.get(place).copied().unwrap_or(Node::Accept)
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}

struct Builder {
    nodes: Vec<Node>,
    sets: BTreeMap<UnitSet, usize>,
}

impl Builder {
    /// A match may begin anywhere unless the expression itself says where.
    fn search(&mut self, regex: &Regex, next: Place) -> Result<Place, TooLarge> {
        let start = self.add(regex, next)?;
        if is_anchored(regex) {
            return Ok(start);
        }
        let root = self.push(Node::Accept)?;
        let any = self.unit(&UnitSet::all(), root)?;
        self.replace(
            root,
            Node::Either {
                left: start,
                right: any,
            },
        );
        Ok(root)
    }

    /// Adds the nodes of `regex` in front of `next` and returns where they begin.
    fn add(&mut self, regex: &Regex, next: Place) -> Result<Place, TooLarge> {
        match regex {
            Regex::Empty => Ok(next),
            Regex::Unit(set) => self.unit(set, next),
            Regex::Sequence(parts) => parts
                .iter()
                .rev()
                .try_fold(next, |next, part| self.add(part, next)),
            Regex::Choice(branches) => self.choice(branches, next),
            Regex::Repeat {
                body,
                min,
                max: None,
            } => self.unlimited(body, *min, next),
            Regex::Repeat {
                body,
                min,
                max: Some(max),
            } => {
                let optional = self.optional(body, max.saturating_sub(*min), next)?;
                self.copies(body, *min, optional)
            }
            Regex::LookAhead { body, negative } => {
                let body = self.add(body, 0)?;
                self.push(Node::Look {
                    negative: *negative,
                    body,
                    next,
                })
            }
            Regex::Start => self.push(Node::Start { next }),
            Regex::End => self.push(Node::End { next }),
        }
    }

    fn unit(&mut self, set: &UnitSet, next: Place) -> Result<Place, TooLarge> {
        let number = self.sets.len();
        let set = *self.sets.entry(set.clone()).or_insert(number);
        self.push(Node::Unit { set, next })
    }

    fn choice(&mut self, branches: &[Regex], next: Place) -> Result<Place, TooLarge> {
        let mut joined = None;
        for branch in branches.iter().rev() {
            let left = self.add(branch, next)?;
            joined = Some(match joined {
                None => left,
                Some(right) => self.push(Node::Either { left, right })?,
            });
        }
        Ok(joined.unwrap_or(next))
    }

    fn unlimited(&mut self, body: &Regex, min: u32, next: Place) -> Result<Place, TooLarge> {
        let head = self.push(Node::Accept)?;
        let again = self.add(body, head)?;
        self.replace(
            head,
            Node::Either {
                left: again,
                right: next,
            },
        );
        match min.checked_sub(1) {
            None => Ok(head),
            Some(more) => self.copies(body, more, again),
        }
    }

    fn optional(&mut self, body: &Regex, count: u32, next: Place) -> Result<Place, TooLarge> {
        let mut place = next;
        for _ in 0..count {
            let left = self.add(body, place)?;
            if left == place {
                break;
            }
            place = self.push(Node::Either { left, right: next })?;
        }
        Ok(place)
    }

    fn copies(&mut self, body: &Regex, count: u32, next: Place) -> Result<Place, TooLarge> {
        let mut place = next;
        for _ in 0..count {
            let start = self.add(body, place)?;
            if start == place {
                break;
            }
            place = start;
        }
        Ok(place)
    }

    fn push(&mut self, node: Node) -> Result<Place, TooLarge> {
        if self.nodes.len() >= NODE_LIMIT {
            return Err(TooLarge);
        }
        self.nodes.push(node);
        Ok(self.nodes.len() - 1)
    }

    fn replace(&mut self, place: Place, node: Node) {
        if let Some(slot) = self.nodes.get_mut(place) {
            *slot = node;
        }
    }
}

fn is_anchored(regex: &Regex) -> bool {
    match regex {
        Regex::Start => true,
        Regex::Sequence(parts) => parts.first().is_some_and(is_anchored),
        Regex::Choice(branches) => branches.iter().all(is_anchored),
        _ => false,
    }
}

/// New places such that nodes come after those they ask, a loop being one stretch: the strongly
/// connected components in Tarjan's order.
fn order(nodes: &[Node]) -> Table<Place> {
    const UNSEEN: usize = usize::MAX;
    let mut seen = Table::new(nodes.len(), UNSEEN);
    let mut lowest = Table::new(nodes.len(), 0);
    let mut placed = Table::new(nodes.len(), UNSEEN);
    let (mut clock, mut next_place) = (0, 0);
    let (mut open, mut path) = (Vec::new(), Vec::new());
    let asks = |place: Place| nodes.get(place).map_or([None, None], |node| node.asks());
    for first in 0..nodes.len() {
        if seen.get(first) == UNSEEN {
            path.push((first, 0));
        }
        while let Some((place, step)) = path.pop() {
            if step == 0 {
                seen.set(place, clock);
                lowest.set(place, clock);
                clock += 1;
                open.push(place);
            }
            if let Some(asked) = asks(place).get(step) {
                path.push((place, step + 1));
                if let Some(asked) = *asked {
                    if seen.get(asked) == UNSEEN {
                        path.push((asked, 0));
                    } else if placed.get(asked) == UNSEEN {
                        lowest.set(place, lowest.get(place).min(seen.get(asked)));
                    }
                }
                continue;
            }
            if lowest.get(place) == seen.get(place) {
                while let Some(member) = open.pop() {
                    placed.set(member, next_place);
                    next_place += 1;
                    if member == place {
                        break;
                    }
                }
            }
            if let Some((asker, _)) = path.last() {
                lowest.set(*asker, lowest.get(*asker).min(lowest.get(place)));
            }
        }
    }
    placed
}

/// All nodes from which a start node is asked at the same position.
fn start_dependent(nodes: &[Node], askers: &Lists) -> Bits {
    let mut found = Bits::new(nodes.len());
    let starts = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| matches!(node, Node::Start { .. }));
    let mut queue: Vec<Place> = starts.map(|(place, _)| place).collect();
    while let Some(place) = queue.pop() {
        if !found.contains(place) {
            found.insert(place);
            queue.extend(askers.get(place).iter().map(|asker| *asker as usize));
        }
    }
    found
}
