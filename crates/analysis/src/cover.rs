//! Boxes: few, wide products of groups that hold exactly the requests with one code.

use crate::bits::Bits;
use crate::carried::Carried;
use crate::cells::Workshop;
use crate::diagram::{Code, Diagram, Place};
use crate::frame::{Frame, FrameAttribute};
use crate::limit::Cancelled;

/// A set of groups for each attribute.
pub(crate) type Groups = Vec<Bits>;

/// The boxes of a code.
pub(crate) struct Cover {
    pub boxes: Vec<Groups>,
    /// Whether there would be more.
    pub too_many: bool,
}

/// Covers exactly the requests that come to `code`. Boxes may overlap; combinations that no check
/// carries may lie in any of them.
pub(crate) fn cover(
    frame: &Frame,
    diagram: &Diagram,
    code: Code,
    shop: Workshop<'_>,
) -> Result<Cover, Cancelled> {
    let whole: Groups = frame.attributes.iter().map(FrameAttribute::all).collect();
    let mut covering = Covering {
        frame,
        diagram,
        code,
        shop,
        boxes: Vec::new(),
        too_many: false,
    };
    covering.visit(diagram.root, &whole)?;
    covering.drop_needless()?;
    Ok(Cover {
        boxes: covering.boxes,
        too_many: covering.too_many,
    })
}

/// A request of a box that lies in none of `others`, if there is one: a group for each attribute.
pub(crate) fn point_outside(
    frame: &Frame,
    space: &[Bits],
    others: &[Groups],
) -> Option<Vec<usize>> {
    let Some((other, rest)) = others.split_first() else {
        return point_in(frame, space);
    };
    if space.iter().zip(other).any(|(a, b)| !a.meets(b)) {
        return point_outside(frame, space, rest);
    }
    let mut inside: Groups = space.to_vec();
    for at in 0..space.len() {
        let (mine, theirs) = (inside.get(at)?.clone(), other.get(at)?);
        let outside = mine.without(theirs);
        if !outside.is_empty() {
            let mut part = inside.clone();
            *part.get_mut(at)? = outside;
            if let Some(point) = point_outside(frame, &part, rest) {
                return Some(point);
            }
        }
        *inside.get_mut(at)? = mine.and(theirs);
    }
    None
}

/// A request that some check can make in this space.
pub(crate) fn point_in(frame: &Frame, space: &[Bits]) -> Option<Vec<usize>> {
    frame.shapes.iter().find_map(|shape| {
        frame
            .attributes
            .iter()
            .zip(space)
            .zip(shape)
            .map(|((attribute, groups), carried)| {
                let missing = groups.contains(attribute.missing());
                let present = groups.first().filter(|group| *group != attribute.missing());
                match carried {
                    Carried::Always => present,
                    Carried::Never => missing.then(|| attribute.missing()),
                    Carried::Perhaps => present.or_else(|| missing.then(|| attribute.missing())),
                }
            })
            .collect()
    })
}

struct Covering<'a> {
    frame: &'a Frame,
    diagram: &'a Diagram,
    code: Code,
    shop: Workshop<'a>,
    boxes: Vec<Groups>,
    too_many: bool,
}

impl Covering<'_> {
    /// Covers what `place` leads to within `space`.
    fn visit(&mut self, place: Place, space: &[Bits]) -> Result<(), Cancelled> {
        if self.too_many || self.boxes.iter().any(|b| is_within(space, b)) {
            return Ok(());
        }
        self.shop.go_on()?;
        match place {
            Place::End(code) if code == self.code => self.fill(space)?,
            Place::End(_) => {}
            Place::Node(number) => {
                let diagram = self.diagram;
                let Some(node) = diagram.node(number) else {
                    return Ok(());
                };
                for (groups, next) in &node.edges {
                    let mut part = space.to_vec();
                    if let Some(own) = part.get_mut(node.attribute) {
                        *own = own.and(groups);
                    }
                    self.visit(*next, &part)?;
                }
            }
        }
        Ok(())
    }

    /// Covers all of `space`, every request of which comes to the code.
    fn fill(&mut self, space: &[Bits]) -> Result<(), Cancelled> {
        while let Some(point) = point_outside(self.frame, space, &self.boxes) {
            self.shop.go_on()?;
            // One is always shown, so that the verdict is exact.
            if self.boxes.len() >= self.shop.limits.boxes.max(1) {
                self.too_many = true;
                return Ok(());
            }
            let widest = self.widen(&point);
            self.boxes.push(widest);
        }
        Ok(())
    }

    /// The widest box around a request that was found by growing one attribute after the other,
    /// beginning with each of them.
    fn widen(&self, point: &[usize]) -> Groups {
        let count = point.len();
        let grown = (0..count).map(|first| self.grow(point, (first..count).chain(0..first)));
        let widest = grown.max_by_key(|grown| self.worth(grown));
        widest.unwrap_or_else(|| point.iter().map(|group| Bits::one(*group)).collect())
    }

    fn grow(&self, point: &[usize], order: impl Iterator<Item = usize>) -> Groups {
        let mut grown: Groups = point.iter().map(|group| Bits::one(*group)).collect();
        let mut holding = vec![None; self.diagram.nodes.len()];
        let mut fitting = vec![None; self.diagram.nodes.len()];
        for at in order {
            holding.fill(None);
            fitting.fill(None);
            let mut growth = Growth {
                covering: self,
                space: &grown,
                at,
                all: self.frame.attributes.get(at).map(FrameAttribute::all),
                holding: &mut holding,
                fitting: &mut fitting,
            };
            let fitting = growth.fitting(self.diagram.root);
            if let Some(groups) = grown.get_mut(at) {
                *groups = groups.with(&fitting);
            }
        }
        grown
    }

    /// How many attributes are not restricted, and how many groups there are in all.
    fn worth(&self, grown: &[Bits]) -> (usize, usize) {
        let free = self
            .frame
            .attributes
            .iter()
            .zip(grown)
            .filter(|(attribute, groups)| attribute.present().is_within(groups))
            .count();
        (free, grown.iter().map(Bits::count).sum())
    }

    /// Drops boxes that the others cover, narrow ones first.
    fn drop_needless(&mut self) -> Result<(), Cancelled> {
        let mut order: Vec<usize> = (0..self.boxes.len()).collect();
        order.sort_by_key(|at| self.boxes.get(*at).map(|b| self.worth(b)));
        let mut kept = vec![true; self.boxes.len()];
        for at in order {
            self.shop.go_on()?;
            let others: Vec<Groups> = self
                .boxes
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at && kept.get(*other) == Some(&true))
                .map(|(_, b)| b.clone())
                .collect();
            let is_needless = self
                .boxes
                .get(at)
                .is_some_and(|b| point_outside(self.frame, b, &others).is_none());
            if is_needless && let Some(kept) = kept.get_mut(at) {
                *kept = false;
            }
        }
        let mut kept = kept.into_iter();
        self.boxes.retain(|_| kept.next().unwrap_or(true));
        Ok(())
    }
}

/// Which groups of one attribute a box can grow by.
struct Growth<'a> {
    covering: &'a Covering<'a>,
    space: &'a [Bits],
    at: usize,
    all: Option<Bits>,
    /// By node: whether everything below it that lies in the space comes to the code.
    holding: &'a mut [Option<bool>],
    fitting: &'a mut [Option<Bits>],
}

impl Growth<'_> {
    /// The groups with which everything in the space, other than at this attribute, comes to the
    /// code or is impossible.
    fn fitting(&mut self, place: Place) -> Bits {
        let all = self.all.clone().unwrap_or_default();
        let number = match place {
            Place::Node(number) => number,
            Place::End(code) if code == self.covering.code => return all,
            Place::End(_) => return Bits::new(),
        };
        let Some(node) = self.covering.diagram.node(number) else {
            return Bits::new();
        };
        if node.attribute > self.at {
            return if self.holds(place) { all } else { Bits::new() };
        }
        if let Some(Some(groups)) = self.fitting.get(number) {
            return groups.clone();
        }
        let mut fitting = all;
        for (groups, next) in &node.edges {
            if node.attribute == self.at {
                if !self.holds(*next) {
                    fitting = fitting.without(groups);
                }
            } else if self.is_inside(node.attribute, groups) {
                fitting = fitting.and(&self.fitting(*next));
            }
        }
        if let Some(known) = self.fitting.get_mut(number) {
            *known = Some(fitting.clone());
        }
        fitting
    }

    fn holds(&mut self, place: Place) -> bool {
        let number = match place {
            Place::Node(number) => number,
            Place::End(code) => return code == self.covering.code,
        };
        if let Some(Some(holds)) = self.holding.get(number) {
            return *holds;
        }
        let Some(node) = self.covering.diagram.node(number) else {
            return false;
        };
        let holds = node
            .edges
            .iter()
            .all(|(groups, next)| !self.is_inside(node.attribute, groups) || self.holds(*next));
        if let Some(known) = self.holding.get_mut(number) {
            *known = Some(holds);
        }
        holds
    }

    fn is_inside(&self, attribute: usize, groups: &Bits) -> bool {
        self.space
            .get(attribute)
            .is_some_and(|own| own.meets(groups))
    }
}

fn is_within(space: &[Bits], other: &[Bits]) -> bool {
    space.iter().zip(other).all(|(a, b)| a.is_within(b))
}
