//! Looks at rules being edited: which access each cell of the permission table has, what is to be
//! said about them, and which folders their patterns reach. Changes nothing.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::condition::{Operator, Test};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{Project, Semantics};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_domain::value::Value;
use reeve_policy::assemble::{ActorFacts, Grant, Source, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{Access, Cell, matrix};
use reeve_policy::read::ReadError;
use reeve_policy::template::render;
use reeve_policy::validate::{Finding, findings};
use reeve_store::place::Places;

use crate::actor::facts;
use crate::error::DeedError;
use crate::preview_privilege::FolderReach;
use crate::preview_privilege::reach::reach;
use crate::reeve::Reeve;
use crate::role::{edited_rules, project};

/// Rules being edited, and what is to be known about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRequest {
    /// The rules, as JSON text.
    pub rules: String,
    /// The rules that are open, for whose patterns the folders are looked up.
    pub open: Vec<usize>,
    /// For whom templates in patterns are filled in.
    pub member: Option<MemberId>,
}

/// What is to be said about a value that the project does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where, from the list of rules on: the rule, then property and operator.
    pub rule: usize,
    /// The property.
    pub property: String,
    /// The operator on the wire.
    pub operator: String,
    /// What.
    pub message: String,
}

/// What is known about rules being edited.
#[derive(Debug)]
pub struct RoleReview {
    /// Why the text holds no rules, if it does not.
    pub unreadable: Option<ReadError>,
    /// How the project's server orders rules.
    pub semantics: Semantics,
    /// Every pair of subject and action with any access to speak of: those of the catalogue, then
    /// others that the rules name.
    pub cells: Vec<Cell>,
    /// What is to be said about the rules themselves.
    pub findings: Vec<Finding>,
    /// Values that name nothing in the project.
    pub doubts: Vec<Doubt>,
    /// What the patterns of the open rules reach, by `rule/property/operator`.
    pub reaches: Vec<FolderReach>,
}

impl Reeve {
    /// Looks at the rules of `request`.
    pub fn review_role(&self, request: &ReviewRequest) -> Result<RoleReview, DeedError> {
        let now = self.now();
        let (project, places, actor) = self.workspace()?.reader().read(|snapshot| {
            let member = match &request.member {
                Some(member) => snapshot.member(member)?,
                None => None,
            };
            let actor = member.as_ref().map(facts);
            Ok::<_, DeedError>((project(snapshot)?, snapshot.places()?, actor))
        })?;
        let rules = match edited_rules(&request.rules) {
            Ok(rules) => rules,
            Err(error) => {
                return Ok(RoleReview {
                    unreadable: Some(error),
                    semantics: project.semantics,
                    cells: Vec::new(),
                    findings: Vec::new(),
                    doubts: Vec::new(),
                    reaches: Vec::new(),
                });
            }
        };
        Ok(RoleReview {
            unreadable: None,
            semantics: project.semantics,
            cells: cells(&rules, &project, now),
            findings: findings(&rules, project.catalogue),
            doubts: doubts(&rules, &places),
            reaches: reaches(&rules, &request.open, &places, actor.as_ref()),
        })
    }
}

fn cells(rules: &[Rule], project: &Project, now: DateTime<Utc>) -> Vec<Cell> {
    let grant = Grant {
        source: Source::Role {
            id: RoleId::new("edited"),
            slug: Arc::from("edited"),
            name: Arc::from("edited"),
            through: None,
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    };
    let assembly = assemble_as_written(&[grant], project.semantics, now);
    let compiled = compile(&assembly, &mut CompileCache::default());
    let pairs = pairs(rules, Catalogue::of(project.catalogue));
    matrix(
        &compiled,
        pairs.iter().map(|(subject, action)| (subject, action)),
    )
    .into_iter()
    .filter(|cell| cell.access != Access::None)
    .collect()
}

fn pairs(rules: &[Rule], catalogue: &Catalogue) -> Vec<(Subject, Action)> {
    let known = catalogue.subjects().iter().flat_map(|entry| {
        entry
            .actions
            .iter()
            .map(|action| (entry.subject.clone(), action.action.clone()))
    });
    let mut pairs: Vec<(Subject, Action)> = known.collect();
    let mut seen: HashSet<(Subject, Action)> = pairs.iter().cloned().collect();
    for rule in rules {
        for subject in rule.subjects() {
            for action in rule.actions() {
                let pair = (subject.clone(), action.clone());
                if seen.insert(pair.clone()) {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

fn doubts(rules: &[Rule], places: &Places) -> Vec<Doubt> {
    let environments: Vec<&str> = places
        .environments
        .iter()
        .map(|e| e.slug.as_str())
        .collect();
    let tags: HashSet<&str> = places.tags.iter().map(|tag| tag.slug.as_str()).collect();
    let folders: HashSet<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    let doubt_of = |property: &str, value: &str| match property {
        // A template stands for a value that each member has.
        _ if value.contains("{{") || value.is_empty() => None,
        "environment" if !environments.contains(&value) => Some(format!(
            "the project has no environment `{value}`; it has {}",
            environments.join(", ")
        )),
        "secretTags" if !tags.contains(value) => Some(format!("the project has no tag `{value}`")),
        "secretPath" if !folders.contains(value) => {
            Some(format!("the project has no folder `{value}` yet"))
        }
        _ => None,
    };
    let mut doubts = Vec::new();
    each_operand(rules, |rule, property, operator, operand| {
        if matches!(
            operator,
            Operator::Eq | Operator::Ne | Operator::In | Operator::All
        ) {
            let found = texts(operand).find_map(|value| doubt_of(property, value));
            doubts.extend(found.map(|message| Doubt {
                rule,
                property: property.to_owned(),
                operator: operator.as_wire().to_owned(),
                message,
            }));
        }
    });
    doubts
}

fn reaches(
    rules: &[Rule],
    open: &[usize],
    places: &Places,
    actor: Option<&ActorFacts>,
) -> Vec<FolderReach> {
    let paths: BTreeSet<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    let mut reaches = Vec::new();
    each_operand(rules, |rule, property, operator, operand| {
        let Some(pattern) = operand.as_text().filter(|pattern| !pattern.is_empty()) else {
            return;
        };
        if property == "secretPath" && *operator == Operator::Glob && open.contains(&rule) {
            let field = format!("{rule}/{property}/{}", operator.as_wire());
            reaches.push(reach(field, &filled_in(pattern, actor), &paths));
        }
    });
    reaches
}

/// `pattern` with its templates filled in for `actor`, if that is said and possible.
pub(crate) fn filled_in(pattern: &str, actor: Option<&ActorFacts>) -> String {
    actor
        .filter(|_| pattern.contains("{{"))
        .and_then(|actor| render(pattern, actor).ok())
        .filter(|rendering| !rendering.doubtful)
        .map_or_else(|| pattern.to_owned(), |rendering| rendering.text)
}

/// Every operand of a condition: the number of the rule, the property, the operator, the operand.
pub(crate) fn each_operand(rules: &[Rule], mut visit: impl FnMut(usize, &str, &Operator, &Value)) {
    for (at, rule) in rules.iter().enumerate() {
        for condition in rule.conditions().as_slice() {
            let property = condition.property.as_str();
            match &condition.test {
                Test::Bare(value) => visit(at, property, &Operator::Eq, value),
                Test::Operators(operators) => {
                    for (operator, operand) in operators {
                        visit(at, property, operator, operand);
                    }
                }
            }
        }
    }
}

/// The texts that an operand is or lists.
pub(crate) fn texts(operand: &Value) -> impl Iterator<Item = &str> {
    let listed = operand.as_list().unwrap_or_default();
    operand
        .as_text()
        .into_iter()
        .chain(listed.iter().filter_map(Value::as_text))
}
