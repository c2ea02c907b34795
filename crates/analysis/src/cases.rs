//! What the answer to a question with gaps comes to, case by case.
//!
//! Some attributes of a check are known and others are not. The values of those that are not are
//! parted so that in each part the same rules decide; one request of a part then speaks for all.

use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::open::lay_open;

use crate::book::{Book, Side};
use crate::carried::{Carried, Shape};
use crate::cover::cover;
use crate::describe::Describing;
use crate::diagram::{Diagram, NOTHING};
use crate::frame::{Columns, Frame, FrameAttribute, frame};
use crate::limit::{Cancelled, Exhaustive, Limit};
use crate::region::AccessBox;
use crate::scope::Scope;
use crate::stepper::{Stepper, Which};
use crate::universe::{Domain, Universe};
use crate::witness::Choosing;

/// A question with gaps: several checks about the same thing, of which not everything is known.
#[derive(Clone, Copy)]
pub struct Gaps<'a> {
    /// What is asked, in order.
    pub asked: &'a [(Subject, Action)],
    /// What is known of the thing.
    pub given: &'a Object,
    /// What is not known and every check carries; `None` if it is everything that is not given, and
    /// checks may carry it or not.
    pub open: Option<&'a [Property]>,
    /// What is told apart.
    pub telling: &'a Which<'a>,
}

/// All cases of a question with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// The cases, in as few pieces as were found.
    pub cases: Vec<Case>,
    /// Whether every value was looked at.
    pub exhaustive: Exhaustive,
}

/// Values of what is not known for which the same rules decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The values of what is not known.
    pub region: AccessBox,
    /// Attributes of requests in it, with what is known; the most telling first.
    pub examples: Vec<Object>,
}

/// Parts the values of what `gaps` leaves open.
pub fn cases(
    rules: &CompiledRules,
    gaps: &Gaps<'_>,
    scope: &Scope<'_>,
) -> Result<Cases, Cancelled> {
    let Some((subject, action)) = gaps.asked.first() else {
        return Ok(Cases {
            cases: Vec::new(),
            exhaustive: Exhaustive::Yes,
        });
    };
    let shop = scope.workshop();
    let universe = with_texts_of(scope.universe, gaps.given);
    let mut book = Book::default();
    let sides: Vec<Side> = gaps
        .asked
        .iter()
        .map(|(subject, action)| book.side(&lay_open(rules, subject, action)))
        .collect();
    let mut columns = Columns::default();
    let mut frame = frame(
        subject,
        action,
        &sides,
        &book,
        &mut columns,
        &universe,
        shop,
    )?;
    frame.shapes = shapes(&frame, gaps);
    let only = |attribute: &FrameAttribute| {
        let value = gaps.given.get(attribute.property.as_str())?;
        group_of(attribute, value, &columns, &book)
    };
    frame.only = frame.attributes.iter().map(only).collect();
    let mut limits = shortfalls(&frame, &columns, gaps.given);
    let diagram = Diagram::of(Stepper::by_decider(&frame, gaps.telling), shop)?;
    let (cases, too_many) = if let Ok(diagram) = diagram {
        let describing = Describing::new(&frame, &columns, &book);
        let choosing = Choosing::new(&frame, &columns, &universe);
        let (cases, is_whole) = told(&frame, &diagram, describing, choosing, gaps, scope)?;
        let limit = (!is_whole).then(|| Limit::Boxes {
            subject: subject.clone(),
            action: action.clone(),
        });
        (cases, limit)
    } else {
        let limit = Limit::Combinations {
            subject: subject.clone(),
            action: action.clone(),
        };
        (Vec::new(), Some(limit))
    };
    limits.extend(too_many);
    limits.sort_unstable();
    limits.dedup();
    Ok(Cases {
        cases,
        exhaustive: if limits.is_empty() {
            Exhaustive::Yes
        } else {
            Exhaustive::No(limits)
        },
    })
}

/// The cases of a diagram, and whether they are all.
fn told(
    frame: &Frame,
    diagram: &Diagram,
    mut describing: Describing<'_>,
    mut choosing: Choosing<'_>,
    gaps: &Gaps<'_>,
    scope: &Scope<'_>,
) -> Result<(Vec<Case>, bool), Cancelled> {
    let mut cases = Vec::new();
    let mut is_whole = true;
    for code in diagram.codes().into_iter().filter(|code| *code != NOTHING) {
        let cover = cover(frame, diagram, code, scope.workshop())?;
        is_whole &= !cover.too_many;
        for groups in &cover.boxes {
            let Some(region) = describing.describe(groups) else {
                is_whole = false;
                continue;
            };
            let requests = choosing.requests(groups, &region, scope.limits.witnesses);
            let examples = requests.into_iter();
            let examples = examples.map(|it| with_given(it.attributes, gaps.given));
            cases.push(Case {
                examples: examples.collect(),
                region: without_given(region, gaps.given),
            });
        }
    }
    Ok((cases, is_whole))
}

/// What kept the values of attributes from being parted exactly.
fn shortfalls(frame: &Frame, columns: &Columns, given: &Object) -> Vec<Limit> {
    let attributes = frame.attributes.iter().zip(&frame.only);
    attributes
        .filter(|(attribute, only)| {
            let column = columns.get(attribute.column);
            let is_short = column.is_some_and(|column| !column.cells.shortfalls().is_empty());
            match given.get(attribute.property.as_str()) {
                Some(_) => only.is_none(),
                None => is_short,
            }
        })
        .map(|(attribute, _)| Limit::Cells {
            property: attribute.property.clone(),
        })
        .collect()
}

/// `universe` in which texts that are given are the only ones.
fn with_texts_of(universe: &Universe, given: &Object) -> Universe {
    let mut known = universe.clone();
    for (name, value) in given.iter() {
        let Some(text) = value.as_text() else {
            continue;
        };
        let only = Domain::closed([text]);
        match name {
            "environment" => known.environments = only,
            "secretPath" => known.paths = only,
            "secretName" => known.names = only,
            _ => {
                known.others.insert(Property::from(name), only);
            }
        }
    }
    known
}

/// Which attributes the checks carry: what is given always.
fn shapes(frame: &Frame, gaps: &Gaps<'_>) -> Vec<Shape> {
    let is_given =
        |attribute: &FrameAttribute| gaps.given.get(attribute.property.as_str()).is_some();
    let carried = |otherwise: &dyn Fn(&FrameAttribute, usize) -> Carried| -> Shape {
        let attributes = frame.attributes.iter().enumerate();
        attributes
            .map(|(at, attribute)| {
                if is_given(attribute) {
                    Carried::Always
                } else {
                    otherwise(attribute, at)
                }
            })
            .collect()
    };
    if let Some(open) = gaps.open {
        return vec![carried(&|attribute, _| {
            if open.contains(&attribute.property) {
                Carried::Always
            } else {
                Carried::Never
            }
        })];
    }
    let mut shapes: Vec<Shape> = frame
        .shapes
        .iter()
        .filter(|shape| {
            let fits = |(attribute, own): (&FrameAttribute, &Carried)| {
                !is_given(attribute) || *own != Carried::Never
            };
            frame.attributes.iter().zip(*shape).all(fits)
        })
        .map(|shape| carried(&|_, at| shape.get(at).copied().unwrap_or(Carried::Perhaps)))
        .collect();
    if shapes.is_empty() {
        shapes.push(carried(&|_, _| Carried::Perhaps));
    }
    shapes.sort_unstable();
    shapes.dedup();
    shapes
}

/// The group that no test tells apart from `value`; `None` if there is none.
fn group_of(
    attribute: &FrameAttribute,
    value: &Value,
    columns: &Columns,
    book: &Book<'_>,
) -> Option<usize> {
    let column = columns.get(attribute.column)?;
    let name = attribute.property.as_str();
    let thing = |value: &Value| -> Object { [(name, value.clone())].into_iter().collect() };
    let given = thing(value);
    let groups = attribute.groups.get(..attribute.missing())?;
    groups.iter().position(|group| {
        let Some(own) = group.first().and_then(|cell| column.value(cell)) else {
            return false;
        };
        let own = thing(own);
        attribute
            .tests
            .iter()
            .filter_map(|test| book.tests.get(*test))
            .all(|test| test.open.result(&own) == test.open.result(&given))
    })
}

/// The attributes of an example, with what is given in them as it is given.
fn with_given(attributes: Attributes, given: &Object) -> Object {
    let mut example = match attributes {
        Attributes::Bare => Object::new(),
        Attributes::Of(object) => object,
    };
    for (name, value) in given.iter() {
        example.set(name, value.clone());
    }
    example
}

/// A box without what is said of attributes that are given.
fn without_given(mut region: AccessBox, given: &Object) -> AccessBox {
    let is_open = |property: &Property| given.get(property.as_str()).is_none();
    region.regions.retain(|(property, _)| is_open(property));
    region
}
