//! Turns a question about everybody into what is asked of each class, and into the measure of the
//! rules that decide it.

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::Folder;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Object;
use reeve_policy::decide::AccessRequest;
use reeve_policy::operation::{About, Or, operation};

use super::WhoCanQuestion;
use super::classes::{Asked, ClassAnswer};
use super::crowd::{Crowd, Person};
use super::reach::Measure;
use crate::error::DeedError;
use crate::simulate::{What, attributes};

/// What is asked of each class, and how a deciding rule is measured if the question is about
/// folders.
pub(super) fn asked(
    question: &WhoCanQuestion,
    folders: &[Folder],
) -> Result<(Asked, Option<RuleMeasure>), DeedError> {
    let place = &question.place;
    match &question.what {
        What::Action(subject, action) => {
            let request = AccessRequest {
                subject: subject.clone(),
                action: action.clone(),
                attributes: attributes(place),
            };
            let measure = rest_of(&request.attributes).map(|rest| {
                RuleMeasure::new(subject, std::slice::from_ref(action), folders, &rest)
            });
            Ok((
                Asked::Action {
                    request,
                    nothing_else: place.nothing_else,
                },
                measure,
            ))
        }
        What::Operation(id) => {
            let operation = operation(id).ok_or(DeedError::Missing { what: "operation" })?;
            let situation = place.situation.clone();
            let measure = operation.checks.last().and_then(|check| {
                let request = check.requests(&situation).into_iter().next()?;
                let rest = match check.about {
                    About::Of(_) => rest_of(&request.attributes)?,
                    About::Anything => return None,
                };
                let mut actions = vec![Action::from(check.action)];
                if let Or::Legacy(legacy) | Or::LegacyFirst(legacy) = check.or {
                    actions.push(Action::from(legacy));
                }
                Some(RuleMeasure::new(
                    &Subject::from(check.subject),
                    &actions,
                    folders,
                    &rest,
                ))
            });
            Ok((
                Asked::Operation {
                    operation,
                    situation: Box::new(situation),
                },
                measure,
            ))
        }
    }
}

/// What a check carries beside the place; `None` if it is not about a place.
fn rest_of(attributes: &Attributes) -> Option<Object> {
    let Attributes::Of(object) = attributes else {
        return None;
    };
    object.get("secretPath")?;
    let mut rest = object.clone();
    rest.remove("environment");
    rest.remove("secretPath");
    Some(rest)
}

/// Measures how far the rule reaches that decides for somebody.
pub(super) struct RuleMeasure {
    measure: Measure,
    per_folder: usize,
}

impl RuleMeasure {
    fn new(subject: &Subject, actions: &[Action], folders: &[Folder], rest: &Object) -> Self {
        Self {
            per_folder: actions.len(),
            measure: Measure::new(subject, actions, folders, rest),
        }
    }

    /// How many folders the rule reaches that decides `answer` for `person` at `at`.
    pub fn reach(
        &mut self,
        crowd: &Crowd,
        person: &Person,
        at: DateTime<Utc>,
        answer: &ClassAnswer,
    ) -> Option<usize> {
        let (source, position) = answer.rule?;
        let held = person.active(at).nth(source)?;
        let list = crowd.lists.get(usize::try_from(held.list).ok()?)?;
        // What a template makes of a rule is another rule for each; its reach is not said.
        if list.templated {
            return None;
        }
        let rule = list.rules.get(position)?;
        Some(self.measure.of(held.list, position, rule, self.per_folder))
    }
}
