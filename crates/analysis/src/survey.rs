//! Goes through all questions of one or more rule sets and gathers what they come to.

use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Effect, Subject};
use reeve_domain::value::Value;
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::open::{Applies, settle};
use reeve_policy::decide::{AccessRequest, Outcome};

use crate::bits::Bits;
use crate::book::Book;
use crate::cells::{Shortfall, Workshop};
use crate::cover::{Groups, cover};
use crate::describe::Describing;
use crate::diagram::{Code, Diagram, Label, NOTHING, code_of_answers};
use crate::difference::{Answer, Reach};
use crate::frame::{Columns, Frame, frame};
use crate::limit::{Cancelled, Exhaustive, Limit};
use crate::question::{Question, questions};
use crate::region::{AccessBox, Missing, Region, Values};
use crate::scope::Scope;
use crate::stepper::Stepper;
use crate::witness::Choosing;

/// Requests that come to one code.
pub(crate) struct Found {
    pub subject: Subject,
    pub actions: Vec<Action>,
    pub code: Code,
    pub reach: Reach,
    pub requests: Vec<AccessRequest>,
}

/// What all questions come to.
pub(crate) struct Survey {
    pub found: Vec<Found>,
    pub limits: Vec<Limit>,
}

impl Survey {
    /// Says that the judge did not confirm all witnesses of something found.
    pub fn disagrees(&mut self, subject: &Subject, actions: &[Action]) {
        let first = actions.first().cloned();
        self.limits.push(Limit::Disagreement {
            subject: subject.clone(),
            action: first.unwrap_or_else(|| Action::from("manage")),
        });
    }

    pub fn exhaustive(&self) -> Exhaustive {
        if self.limits.is_empty() {
            Exhaustive::Yes
        } else {
            Exhaustive::No(self.limits.clone())
        }
    }
}

/// Surveys one set, or two against each other, or any number by what `label` makes of their answers.
pub(crate) fn survey(
    sets: &[&CompiledRules],
    label: Option<&Label<'_>>,
    scope: &Scope<'_>,
) -> Result<Survey, Cancelled> {
    let shop = scope.workshop();
    let mut book = Book::default();
    let questions = questions(sets, label, &mut book, scope)?;
    let mut survey = Survey {
        found: Vec::new(),
        limits: Vec::new(),
    };
    let mut columns = Columns::default();
    let as_written = sets.iter().any(|set| set.is_as_written());
    for question in &questions {
        let mut asking = Asking {
            question,
            label,
            book: &book,
            scope,
            shop,
            survey: &mut survey,
        };
        if as_written {
            asking.templates();
        }
        asking.bare();
        asking.things(&mut columns)?;
        asking.join_reaches();
    }
    merge_actions(&mut survey.found);
    survey.limits.sort_unstable();
    survey.limits.dedup();
    Ok(survey)
}

/// What turns the boxes of one question into words and examples.
struct Boxes<'a> {
    frame: &'a Frame,
    describing: Describing<'a>,
    choosing: Choosing<'a>,
}

struct Asking<'s, 'b> {
    question: &'s Question,
    label: Option<&'s Label<'s>>,
    book: &'s Book<'b>,
    scope: &'s Scope<'s>,
    shop: Workshop<'s>,
    survey: &'s mut Survey,
}

impl Asking<'_, '_> {
    fn report(&mut self, code: Code, reach: Reach, requests: Vec<AccessRequest>) {
        self.survey.found.push(Found {
            subject: self.question.subject.clone(),
            actions: self.question.actions.clone(),
            code,
            reach,
            requests,
        });
    }

    fn limit(&mut self, limit: Limit) {
        if !self.survey.limits.contains(&limit) {
            self.survey.limits.push(limit);
        }
    }

    fn first_action(&self) -> Action {
        let action = self.question.actions.first().cloned();
        action.unwrap_or_else(|| Action::from("manage"))
    }

    /// Templates that were taken for plain text.
    fn templates(&mut self) {
        let rules = self.question.sides.iter().flat_map(|side| &side.rules);
        let templates: Vec<Box<str>> = rules
            .filter_map(|rule| self.book.rules.get(*rule)?.template.clone())
            .collect();
        for template in templates {
            self.limit(Limit::Template {
                subject: self.question.subject.clone(),
                template,
            });
        }
    }

    /// Checks without attributes.
    fn bare(&mut self) {
        let answers: Vec<Answer> = self
            .question
            .sides
            .iter()
            .map(|side| {
                let applies = side.rules.iter().filter_map(|rule| {
                    let rule = self.book.rules.get(*rule)?;
                    Some((rule.effect, rule.on_bare))
                });
                let outcome: Outcome = side
                    .fault
                    .unwrap_or_else(|| settle(applies.collect::<Vec<(Effect, Applies)>>()));
                outcome.into()
            })
            .collect();
        let code = match self.label {
            Some(label) => label(&answers),
            None => code_of_answers(&answers),
        };
        if code != NOTHING {
            let request = AccessRequest {
                subject: self.question.subject.clone(),
                action: self.first_action(),
                attributes: Attributes::Bare,
            };
            self.report(code, Reach::Bare, vec![request]);
        }
    }

    /// Checks with attributes.
    fn things(&mut self, columns: &mut Columns) -> Result<(), Cancelled> {
        let action = self.first_action();
        let frame = frame(
            &self.question.subject,
            &action,
            &self.question.sides,
            self.book,
            columns,
            self.scope.universe,
            self.shop,
        )?;
        self.shortfalls(&frame, columns);
        let mut boxes = Boxes {
            describing: Describing::new(&frame, columns, self.book),
            choosing: Choosing::new(&frame, columns, self.scope.universe),
            frame: &frame,
        };
        let Ok(diagram) = Diagram::of(Stepper::labelled(&frame, self.label), self.shop)? else {
            self.limit(Limit::Combinations {
                subject: self.question.subject.clone(),
                action,
            });
            return self.sample(&mut boxes);
        };
        for code in diagram.codes() {
            let cover = cover(&frame, &diagram, code, self.shop)?;
            let mut is_whole = !cover.too_many;
            for groups in &cover.boxes {
                self.shop.go_on()?;
                is_whole &= self.report_box(&mut boxes, code, groups);
            }
            if !is_whole {
                self.limit(Limit::Boxes {
                    subject: self.question.subject.clone(),
                    action: action.clone(),
                });
            }
        }
        Ok(())
    }

    /// Whether the box could be described.
    fn report_box(&mut self, boxes: &mut Boxes<'_>, code: Code, groups: &Groups) -> bool {
        let described = boxes.describing.describe(groups);
        let is_described = described.is_some();
        let region = described.unwrap_or(AccessBox::EVERYTHING);
        let count = self.scope.limits.witnesses;
        let requests = boxes.choosing.requests(groups, &region, count);
        if is_described {
            self.report(code, Reach::Things(region), requests);
        } else {
            for request in requests {
                let region = by_example(&request);
                self.report(code, Reach::Things(region), vec![request]);
            }
        }
        is_described
    }

    /// Tries some combinations, spread evenly and always the same.
    fn sample(&mut self, boxes: &mut Boxes<'_>) -> Result<(), Cancelled> {
        let frame = boxes.frame;
        let mut stepper = Stepper::labelled(frame, self.label);
        let start = stepper.start();
        let mut dice: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut seen: Vec<Groups> = Vec::new();
        for sample in 0..self.scope.limits.samples {
            if sample.is_multiple_of(64) {
                self.shop.go_on()?;
            }
            let mut state = start.clone();
            let mut groups: Groups = Vec::new();
            for (level, attribute) in frame.attributes.iter().enumerate() {
                dice = dice
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let count = attribute.groups.len().max(1);
                let first = usize::try_from(dice >> 33).unwrap_or_default() % count;
                let step = (0..count)
                    .map(|more| (first + more) % count)
                    .find_map(|group| Some((group, stepper.step(&state, level, group)?)));
                let Some((group, next)) = step else {
                    break;
                };
                state = next;
                groups.push(Bits::one(group));
            }
            if groups.len() < frame.attributes.len() {
                continue;
            }
            let code = stepper.code(&state).unwrap_or(NOTHING);
            let is_enough = seen.len() >= self.scope.limits.boxes || seen.contains(&groups);
            if code != NOTHING && !is_enough {
                self.report_box(boxes, code, &groups);
                seen.push(groups);
            }
        }
        Ok(())
    }

    fn shortfalls(&mut self, frame: &Frame, columns: &Columns) {
        let mut limits = Vec::new();
        for attribute in &frame.attributes {
            let Some(column) = columns.get(attribute.column) else {
                continue;
            };
            let property = &attribute.property;
            let is_asked = |text: &str| {
                attribute.tests.iter().any(|test| {
                    self.book.tests.get(*test).is_some_and(|test| {
                        test.open.operator() == text || holds_text(test.open.expected(), text)
                    })
                })
            };
            for shortfall in column.cells.shortfalls() {
                limits.extend(limit_of(shortfall, property, &is_asked));
            }
        }
        for limit in limits {
            self.limit(limit);
        }
    }

    /// Says "everywhere" where all checks, with attributes and without, come to the same.
    fn join_reaches(&mut self) {
        let found = &mut self.survey.found;
        let [.., bare, things] = found.as_slice() else {
            return;
        };
        let joins = bare.reach == Reach::Bare
            && bare.code == things.code
            && bare.subject == things.subject
            && bare.actions == things.actions
            && matches!(&things.reach, Reach::Things(region) if region.is_everything());
        if joins
            && let Some(mut things) = found.pop()
            && let Some(bare) = found.last_mut()
        {
            bare.reach = Reach::Everything;
            things.requests.append(&mut bare.requests);
            bare.requests = things.requests;
        }
    }
}

fn holds_text(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(own) => **own == *text,
        Value::List(items) => items.iter().any(|item| holds_text(item, text)),
        Value::Object(object) => object
            .iter()
            .any(|(name, item)| name == text || holds_text(item, text)),
        _ => false,
    }
}

fn limit_of(
    shortfall: &Shortfall,
    property: &Property,
    is_asked: &impl Fn(&str) -> bool,
) -> Option<Limit> {
    let property = property.clone();
    match shortfall {
        Shortfall::Pattern(pattern, reason) => is_asked(pattern).then(|| Limit::Pattern {
            property,
            pattern: pattern.clone(),
            reason: *reason,
        }),
        Shortfall::Operator(operator) => is_asked(operator).then(|| Limit::Operator {
            property,
            operator: operator.clone(),
        }),
        Shortfall::Form(expression) => Some(Limit::Form {
            property,
            expression: expression.clone(),
        }),
        Shortfall::States => Some(Limit::States { property }),
        Shortfall::Cells => Some(Limit::Cells { property }),
    }
}

/// A box that holds one request.
fn by_example(request: &AccessRequest) -> AccessBox {
    let Attributes::Of(object) = &request.attributes else {
        return AccessBox::EVERYTHING;
    };
    let regions = object.iter().map(|(name, value)| {
        let region = Region {
            values: Values::Exactly(value.clone()),
            missing: Missing::Excluded,
        };
        (Property::from(name), region)
    });
    AccessBox {
        regions: regions.collect(),
    }
}

/// Puts actions of one subject together that come to the same everywhere.
fn merge_actions(found: &mut Vec<Found>) {
    let mut merged: Vec<Found> = Vec::with_capacity(found.len());
    for next in found.drain(..) {
        let same = merged.iter_mut().find(|other| {
            other.subject == next.subject && other.code == next.code && other.reach == next.reach
        });
        match same {
            Some(other) => {
                for action in next.actions {
                    if !other.actions.contains(&action) {
                        other.actions.push(action);
                    }
                }
            }
            None => merged.push(next),
        }
    }
    *found = merged;
}
