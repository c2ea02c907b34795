//! What else whoever a question is about may do in the same place.

use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::Outcome;
use reeve_policy::operation::{OPERATIONS, Operation, decide_operation};

use super::{Decided, Question, What, case, open};
use crate::error::DeedError;
use crate::reeve::Reeve;

/// Another operation in the same place.
#[derive(Debug, Clone)]
pub struct ElseThere {
    /// The operation.
    pub operation: &'static Operation,
    /// The answer, as far as it does not depend on what was left open.
    pub outcome: Outcome,
    /// Whether it depends on something.
    pub depends: bool,
}

impl Reeve {
    /// The answers to all other operations on the same subject about which the place of `question`
    /// says enough; none if nobody can be asked about, or not all that they have is known.
    pub fn what_else(&self, question: &Question) -> Result<Vec<ElseThere>, DeedError> {
        let now = self.now();
        let read = self
            .workspace()?
            .reader()
            .read(|snapshot| case(snapshot, question, now))?;
        let case = match read {
            Ok(case) if case.unseen.is_empty() => case,
            _ => return Ok(Vec::new()),
        };
        let rules = compile(&case.assembly(), &mut CompileCache::new());
        let situation = &question.place.situation;
        let is_asked = |operation: &Operation| match &question.what {
            What::Operation(id) => id == operation.id,
            What::Action(..) => false,
        };
        let subject = match &question.what {
            What::Operation(id) => reeve_policy::operation::operation(id).and_then(subject_of),
            What::Action(subject, _) => Some(subject.as_str()),
        };
        let mut found = Vec::new();
        for operation in OPERATIONS.iter() {
            let says_enough = operation.missing(situation).is_empty();
            if is_asked(operation) || subject_of(operation) != subject || !says_enough {
                continue;
            }
            let decided = Decided::Operation(decide_operation(&rules, operation, situation));
            let is_named = case.holder.facts.is_some();
            let settled = open::settle(&decided, situation, false, is_named);
            found.push(ElseThere {
                operation,
                outcome: settled.outcome,
                depends: !settled.depends_on.is_empty(),
            });
        }
        Ok(found)
    }
}

/// What the deed itself is done to, which is checked last.
fn subject_of(operation: &Operation) -> Option<&'static str> {
    operation.checks.last().map(|check| check.subject)
}
