//! The answers to a question as a decision diagram: one attribute after the other is chosen, and
//! what can no longer make a difference is forgotten on the way, so that most choices lead to the
//! same few nodes.

use crate::bits::{Bits, Table};
use crate::cells::Workshop;
use crate::difference::Answer;
use crate::limit::Cancelled;
use crate::stepper::{State, Stepper};

/// What a request comes to; [`NOTHING`] is what nobody wants to hear about.
pub(crate) type Code = u8;

/// Nothing to report: the same answer on both sides, or a denial under one set.
pub(crate) const NOTHING: Code = 0;

/// Given the answers of all sets, the code of what they come to together.
pub type Label<'a> = dyn Fn(&[Answer]) -> u8 + 'a;

/// Whether nobody wants to hear about what all of `count` sets decide by the same rules. What nobody
/// knows is then the same on all sides.
pub(crate) fn is_quiet(label: &Label<'_>, count: usize) -> bool {
    [Answer::Allowed, Answer::Denied, Answer::Error]
        .iter()
        .all(|answer| label(&vec![*answer; count]) == NOTHING)
}

/// The code of the answers of one set, or of two.
pub(crate) fn code_of_answers(answers: &[Answer]) -> Code {
    match answers {
        [one] => code_of_one(*one),
        [before, after] => code_of_two(*before, *after),
        _ => NOTHING,
    }
}

/// The code of an answer of a single set.
pub(crate) fn code_of_one(answer: Answer) -> Code {
    match answer {
        Answer::Denied => NOTHING,
        other => 1 + place(other),
    }
}

/// The code of two answers.
pub(crate) fn code_of_two(before: Answer, after: Answer) -> Code {
    if before == after && before != Answer::Unknown {
        NOTHING
    } else {
        1 + place(before) * 4 + place(after)
    }
}

/// The two answers of a code that is not [`NOTHING`].
pub(crate) fn answers_of_two(code: Code) -> (Answer, Answer) {
    let number = code.saturating_sub(1);
    (answer_at(number / 4), answer_at(number % 4))
}

/// The answer of a code for a single set.
pub(crate) fn answer_of_one(code: Code) -> Answer {
    match code {
        NOTHING => Answer::Denied,
        code => answer_at(code - 1),
    }
}

fn place(answer: Answer) -> u8 {
    match answer {
        Answer::Allowed => 0,
        Answer::Denied => 1,
        Answer::Error => 2,
        Answer::Unknown => 3,
    }
}

fn answer_at(place: u8) -> Answer {
    match place {
        0 => Answer::Allowed,
        1 => Answer::Denied,
        2 => Answer::Error,
        _ => Answer::Unknown,
    }
}

/// A node, or a code where nothing is left to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    Node(usize),
    End(Code),
}

/// A choice of one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    pub attribute: usize,
    /// Groups and where they lead. A group that is in none is impossible here.
    pub edges: Vec<(Bits, Place)>,
}

/// All answers to a question.
#[derive(Debug)]
pub(crate) struct Diagram {
    pub nodes: Vec<Node>,
    pub root: Place,
}

/// More was told apart than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany;

impl Diagram {
    /// Decides all of the question that `stepper` goes through.
    pub fn of(
        mut stepper: Stepper<'_>,
        shop: Workshop<'_>,
    ) -> Result<Result<Self, TooMany>, Cancelled> {
        let start = stepper.start();
        let mut building = Building {
            shop,
            nodes: Vec::new(),
            known: Table::default(),
            numbers: Table::default(),
            steps: 0,
        };
        match building.place(&mut stepper, 0, &start) {
            Ok(_) if stepper.is_overfull() => Ok(Err(TooMany)),
            Ok(root) => Ok(Ok(Self {
                nodes: building.nodes,
                root,
            })),
            Err(Stop::TooMany) => Ok(Err(TooMany)),
            Err(Stop::Cancelled) => Err(Cancelled),
        }
    }

    pub fn node(&self, number: usize) -> Option<&Node> {
        self.nodes.get(number)
    }

    /// The codes that some request comes to, in order.
    pub fn codes(&self) -> Vec<Code> {
        let ends = self.nodes.iter().flat_map(|node| &node.edges);
        let mut codes: Vec<Code> = ends
            .map(|(_, place)| *place)
            .chain([self.root])
            .filter_map(|place| match place {
                Place::End(code) if code != NOTHING => Some(code),
                _ => None,
            })
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

enum Stop {
    TooMany,
    Cancelled,
}

struct Building<'a> {
    shop: Workshop<'a>,
    nodes: Vec<Node>,
    known: Table<(usize, Vec<u32>), Place>,
    numbers: Table<Node, usize>,
    steps: usize,
}

impl Building<'_> {
    fn place(
        &mut self,
        stepper: &mut Stepper<'_>,
        level: usize,
        state: &State,
    ) -> Result<Place, Stop> {
        if let Some(code) = stepper.code(state) {
            return Ok(Place::End(code));
        }
        let Some(attribute) = stepper.frame.attributes.get(level) else {
            return Ok(Place::End(NOTHING));
        };
        let key = (level, state.key());
        if let Some(place) = self.known.get(&key) {
            return Ok(*place);
        }
        let mut edges: Vec<(Bits, Place)> = Vec::new();
        let mut reached: Table<Vec<u32>, usize> = Table::default();
        for group in 0..attribute.groups.len() {
            self.steps += 1;
            if self.steps > self.shop.limits.combinations {
                return Err(Stop::TooMany);
            }
            if self.steps.is_multiple_of(256) && self.shop.go_on().is_err() {
                return Err(Stop::Cancelled);
            }
            let Some(next) = stepper.step(state, level, group) else {
                continue;
            };
            let next_key = next.key();
            if let Some((groups, _)) = reached.get(&next_key).and_then(|at| edges.get_mut(*at)) {
                groups.insert(group);
                continue;
            }
            let place = self.place(stepper, level + 1, &next)?;
            let at = edges.iter().position(|(_, other)| *other == place);
            let at = if let Some(at) = at {
                at
            } else {
                edges.push((Bits::new(), place));
                edges.len() - 1
            };
            if let Some((groups, _)) = edges.get_mut(at) {
                groups.insert(group);
            }
            reached.insert(next_key, at);
        }
        let place = match edges.as_slice() {
            [] => Place::End(NOTHING),
            [(_, only)] => *only,
            _ => Place::Node(self.number(Node {
                attribute: level,
                edges,
            })),
        };
        self.known.insert(key, place);
        Ok(place)
    }

    fn number(&mut self, node: Node) -> usize {
        if let Some(number) = self.numbers.get(&node) {
            return *number;
        }
        self.nodes.push(node.clone());
        self.numbers.insert(node, self.nodes.len() - 1);
        self.nodes.len() - 1
    }
}
