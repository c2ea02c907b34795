//! The expression as a tree with everything that captures need: groups, greediness, order.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::escape::{self, Escape};
use super::super::reader::{Reader, count_groups};
use super::super::{UnitSet, class};
use crate::glob::units::{Units, glyph};

/// A part of an expression.
#[derive(Clone, Debug)]
pub enum Node {
    /// One unit out of a set.
    Unit(UnitSet),
    /// One after the other.
    Sequence(Vec<Node>),
    /// The first that leads to a match.
    Choice(Vec<Node>),
    /// A group whose text can be referred to by its number.
    Capture(usize, Box<Node>),
    /// A number of times.
    Repeat {
        body: Box<Node>,
        bounds: Bounds,
        /// The groups inside, which each round begins without.
        groups: Range<usize>,
    },
    /// Whether something follows or precedes.
    Look {
        body: Box<Node>,
        behind: bool,
        negative: bool,
    },
    /// The text of a group, once more.
    Reference(usize),
    Start,
    End,
    WordBoundary {
        negative: bool,
    },
}

/// How often something is repeated, and what is tried first.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub min: u32,
    pub max: Option<u32>,
    pub lazy: bool,
}

/// The tree of a valid expression, and how many capturing groups it has.
pub fn parse(text: &[u16]) -> Option<(Node, usize)> {
    let (groups, _) = count_groups(text);
    let mut parser = Parser {
        reader: Reader::new(text),
        groups: usize::try_from(groups).ok()?,
        opened: 0,
        names: BTreeMap::new(),
        named_references: Vec::new(),
    };
    let mut node = parser.choice()?;
    let names = parser.named_references;
    let numbers: Option<Vec<usize>> = names
        .iter()
        .map(|name| parser.names.get(name).copied())
        .collect();
    resolve(&mut node, parser.groups, &numbers?);
    Some((node, parser.groups))
}

struct Parser<'a> {
    reader: Reader<'a>,
    groups: usize,
    /// How many capturing groups have been opened.
    opened: usize,
    names: BTreeMap<Units, usize>,
    /// References by name, which may come before their group. In the tree they stand as numbers
    /// beyond those of groups until all names are known.
    named_references: Vec<Units>,
}

impl Parser<'_> {
    fn sees(&self, wanted: char) -> bool {
        self.reader.peek().is_some_and(|unit| glyph(unit) == wanted)
    }

    fn choice(&mut self) -> Option<Node> {
        let mut branches = vec![self.sequence()?];
        while self.reader.take('|') {
            branches.push(self.sequence()?);
        }
        Some(match branches.len() {
            1 => branches.pop()?,
            _ => Node::Choice(branches),
        })
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut terms = Vec::new();
        while self.reader.peek().is_some() && !self.sees('|') && !self.sees(')') {
            let first_group = self.opened;
            let term = self.term()?;
            let term = self.quantified(term, first_group);
            terms.push(term);
        }
        Some(Node::Sequence(terms))
    }

    fn term(&mut self) -> Option<Node> {
        let unit = self.reader.advance()?;
        Some(match glyph(unit) {
            '(' => self.group()?,
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Unit(UnitSet::dot()),
            '[' => Node::Unit(class::read(&mut self.reader).ok()?),
            '\\' => self.escaped()?,
            _ => Node::Unit(UnitSet::single(unit)),
        })
    }

    fn group(&mut self) -> Option<Node> {
        if !self.reader.take('?') {
            return self.capture(None);
        }
        match glyph(self.reader.advance()?) {
            ':' => self.closed(),
            '=' => self.look(false, false),
            '!' => self.look(false, true),
            _ if self.reader.take('=') => self.look(true, false),
            _ if self.reader.take('!') => self.look(true, true),
            _ => {
                let name = self.reader.read_name().ok()?;
                self.capture(Some(name))
            }
        }
    }

    fn capture(&mut self, name: Option<Units>) -> Option<Node> {
        self.opened += 1;
        let number = self.opened;
        if let Some(name) = name {
            self.names.insert(name, number);
        }
        Some(Node::Capture(number, Box::new(self.closed()?)))
    }

    fn look(&mut self, behind: bool, negative: bool) -> Option<Node> {
        Some(Node::Look {
            body: Box::new(self.closed()?),
            behind,
            negative,
        })
    }

    fn closed(&mut self) -> Option<Node> {
        let body = self.choice()?;
        self.reader.take(')').then_some(body)
    }

    fn escaped(&mut self) -> Option<Node> {
        if self.reader.take('b') {
            return Some(Node::WordBoundary { negative: false });
        }
        if self.reader.take('B') {
            return Some(Node::WordBoundary { negative: true });
        }
        if self.sees('k') && self.reader.has_names() {
            self.reader.advance();
            self.reader.take('<').then_some(())?;
            let name = self.reader.read_name().ok()?;
            self.named_references.push(name);
            return Some(Node::Reference(self.groups + self.named_references.len()));
        }
        if let Some(number) = self.group_number() {
            return Some(Node::Reference(number));
        }
        Some(Node::Unit(
            match escape::read(&mut self.reader, false).ok()? {
                Escape::Unit(unit) => UnitSet::single(unit),
                Escape::Set(set) => set,
            },
        ))
    }

    /// Takes a decimal number that some group has.
    fn group_number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        let mut length = 0;
        while let Some(digit) = self
            .reader
            .peek_at(length)
            .and_then(|u| glyph(u).to_digit(10))
        {
            number = number
                .saturating_mul(10)
                .saturating_add(usize::try_from(digit).ok()?);
            length += 1;
        }
        let is_group = !self.sees('0') && number > 0 && number <= self.groups;
        if !is_group {
            return None;
        }
        for _ in 0..length {
            self.reader.advance();
        }
        Some(number)
    }

    /// `term` with the quantifier that follows it, if one does.
    fn quantified(&mut self, term: Node, first_group: usize) -> Node {
        let (min, max) = match self.reader.peek().map(glyph) {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.reader.interval() {
                Some((min, max, length)) => {
                    for _ in 1..length {
                        self.reader.advance();
                    }
                    (min, max)
                }
                None => return term,
            },
            _ => return term,
        };
        self.reader.advance();
        let lazy = self.reader.take('?');
        Node::Repeat {
            body: Box::new(term),
            bounds: Bounds { min, max, lazy },
            groups: first_group + 1..self.opened + 1,
        }
    }
}

/// Puts the numbers of groups in the place of names.
fn resolve(node: &mut Node, groups: usize, numbers: &[usize]) {
    match node {
        Node::Reference(number) => {
            if let Some(found) = number
                .checked_sub(groups + 1)
                .and_then(|at| numbers.get(at))
            {
                *number = *found;
            }
        }
        Node::Sequence(nodes) | Node::Choice(nodes) => {
            for node in nodes {
                resolve(node, groups, numbers);
            }
        }
        Node::Capture(_, body) | Node::Repeat { body, .. } | Node::Look { body, .. } => {
            resolve(body, groups, numbers);
        }
        Node::Unit(_) | Node::Start | Node::End | Node::WordBoundary { .. } => {}
    }
}
