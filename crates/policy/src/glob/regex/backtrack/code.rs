//! Turns the tree into instructions for a machine that keeps its own stack.

use std::ops::Range;

use super::super::UnitSet;
use super::tree::{Bounds, Node};

/// What the machine does next. Addresses are positions in the list of instructions.
#[derive(Clone, Debug)]
pub enum Instruction {
    /// Takes a unit of the set, or fails.
    Unit {
        set: UnitSet,
        backward: bool,
    },
    /// Goes on at the first address; if that fails, at the second.
    Split(usize, usize),
    /// Goes on at the address.
    Jump(usize),
    /// Notes the position as the start or end of a group.
    Mark {
        group: usize,
        end: bool,
    },
    /// Takes the text of a group once more, or fails; a group without text is empty.
    Reference {
        group: usize,
        backward: bool,
    },
    /// Begins a loop.
    BeginLoop(usize),
    /// Decides whether another round is made, from the next instruction on; `exit` is where it goes
    /// on otherwise.
    Round {
        number: usize,
        bounds: Bounds,
        exit: usize,
    },
    /// Begins a round, without what was noted for the groups in it.
    BeginRound {
        number: usize,
        groups: Range<usize>,
    },
    /// Ends a round: fails if it was not needed and took nothing, else goes on at `round`.
    EndRound {
        number: usize,
        min: u32,
        round: usize,
    },
    /// Looks whether the instructions up to `end` match here, and goes on at `end`.
    Look {
        negative: bool,
        end: usize,
    },
    /// Ends a look, or the whole match.
    Match,
    Start,
    End,
    WordBoundary {
        negative: bool,
    },
}

/// The instructions for `node`, and how many loops they have.
pub fn compile(node: &Node) -> (Vec<Instruction>, usize) {
    let mut compiler = Compiler {
        code: Vec::new(),
        loops: 0,
    };
    compiler.node(node, false);
    compiler.code.push(Instruction::Match);
    (compiler.code, compiler.loops)
}

struct Compiler {
    code: Vec<Instruction>,
    loops: usize,
}

impl Compiler {
    fn node(&mut self, node: &Node, backward: bool) {
        match node {
            Node::Unit(set) => self.code.push(Instruction::Unit {
                set: set.clone(),
                backward,
            }),
            Node::Sequence(nodes) if backward => {
                for node in nodes.iter().rev() {
                    self.node(node, backward);
                }
            }
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.node(node, backward);
                }
            }
            Node::Choice(branches) => self.choice(branches, backward),
            Node::Capture(group, body) => {
                let mark = |end| Instruction::Mark { group: *group, end };
                self.code.push(mark(backward));
                self.node(body, backward);
                self.code.push(mark(!backward));
            }
            Node::Repeat {
                body,
                bounds,
                groups,
            } => self.repeat(body, *bounds, groups.clone(), backward),
            Node::Look {
                body,
                behind,
                negative,
            } => {
                let look = self.reserve();
                self.node(body, *behind);
                self.code.push(Instruction::Match);
                let end = self.code.len();
                self.put(
                    look,
                    Instruction::Look {
                        negative: *negative,
                        end,
                    },
                );
            }
            Node::Reference(group) => self.code.push(Instruction::Reference {
                group: *group,
                backward,
            }),
            Node::Start => self.code.push(Instruction::Start),
            Node::End => self.code.push(Instruction::End),
            Node::WordBoundary { negative } => self.code.push(Instruction::WordBoundary {
                negative: *negative,
            }),
        }
    }

    fn choice(&mut self, branches: &[Node], backward: bool) {
        let mut jumps = Vec::new();
        for (at, branch) in branches.iter().enumerate() {
            if at + 1 == branches.len() {
                self.node(branch, backward);
                break;
            }
            let split = self.reserve();
            self.node(branch, backward);
            jumps.push(self.reserve());
            let next = self.code.len();
            self.put(split, Instruction::Split(split + 1, next));
        }
        let end = self.code.len();
        for jump in jumps {
            self.put(jump, Instruction::Jump(end));
        }
    }

    fn repeat(&mut self, body: &Node, bounds: Bounds, groups: Range<usize>, backward: bool) {
        let number = self.loops;
        self.loops += 1;
        self.code.push(Instruction::BeginLoop(number));
        let round = self.reserve();
        self.code.push(Instruction::BeginRound { number, groups });
        self.node(body, backward);
        self.code.push(Instruction::EndRound {
            number,
            min: bounds.min,
            round,
        });
        let exit = self.code.len();
        self.put(
            round,
            Instruction::Round {
                number,
                bounds,
                exit,
            },
        );
    }

    /// Leaves room for an instruction that is known later.
    fn reserve(&mut self) -> usize {
        self.code.push(Instruction::Match);
        self.code.len() - 1
    }

    fn put(&mut self, at: usize, instruction: Instruction) {
        if let Some(slot) = self.code.get_mut(at) {
            *slot = instruction;
        }
    }
}
