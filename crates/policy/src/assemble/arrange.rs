//! Puts grants in the server's order and fills in their templates.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Effect, Rule};
use reeve_domain::value::Value;

use super::fill_in::filled_in;
use super::{
    ActorFacts, ArrangedGrant, Arrangement, AssemblyProblem, Grant, InactiveGrant, Merged,
    OrderedRule, Source, UnresolvedTemplate,
};
use crate::read::{rule_to_value, rules_from_text, value_to_text};
use crate::template::{TemplateFault, has_template, render};

/// The grants that the server fetches for this actor, in order of concatenation, and what is odd.
pub(super) fn usable_grants(
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
) -> (Vec<&Grant>, Vec<AssemblyProblem>) {
    let mut problems = Vec::new();
    let is_admin = grants
        .iter()
        .any(|grant| grant.source.is_admin() && grant.lifetime.is_active(now));
    let mut usable: Vec<&Grant> = Vec::with_capacity(grants.len());
    for grant in grants {
        match &grant.source {
            Source::Folder { .. } if semantics == Semantics::LastMatch => {
                problems.push(AssemblyProblem::FolderGrantLeftOut(grant.source.clone()));
            }
            Source::Folder { .. } if is_admin => {
                problems.push(AssemblyProblem::FolderGrantOfAdmin(grant.source.clone()));
            }
            _ => usable.push(grant),
        }
    }
    usable.sort_by_key(|grant| rank(&grant.source, semantics));
    let has = |wanted: fn(&Source) -> bool| grants.iter().any(|grant| wanted(&grant.source));
    let has_folders = usable
        .iter()
        .any(|grant| matches!(grant.source, Source::Folder { .. }));
    let is_given = has(|s| matches!(s, Source::AdHoc { .. }));
    if !has(|s| matches!(s, Source::Role { .. }))
        && (has(|s| matches!(s, Source::Privilege { .. })) || (has_folders && !is_given))
    {
        problems.push(AssemblyProblem::NotAMember);
        usable.retain(|grant| matches!(grant.source, Source::AdHoc { .. }));
    }
    (usable, problems)
}

fn rank(source: &Source, semantics: Semantics) -> u8 {
    match (source, semantics) {
        (Source::Role { through: None, .. }, _) => 0,
        (Source::Role { .. }, Semantics::LastMatch) => 1,
        (Source::Privilege { .. } | Source::AdHoc { .. }, _) => 2,
        (Source::Role { .. }, Semantics::ForbidWins) => 3,
        (Source::Folder { .. }, _) => 4,
    }
}

/// What would count if the inactive `grant` did.
pub(super) fn alternative(
    actor: Option<&ActorFacts>,
    usable: &[&Grant],
    grant: &Grant,
    semantics: Semantics,
    now: DateTime<Utc>,
) -> InactiveGrant {
    let counts = |other: &&&Grant| other.lifetime.is_active(now) || std::ptr::eq(**other, grant);
    let with: Vec<&Grant> = usable.iter().filter(counts).copied().collect();
    let position = with
        .iter()
        .position(|other| std::ptr::eq(*other, grant))
        .unwrap_or_default();
    InactiveGrant {
        source: grant.source.clone(),
        standing: grant.lifetime.standing(now),
        alternative: arrange(actor, &with, semantics),
        position,
    }
}

/// Arranges grants that are already in order of concatenation. Without an actor, templates stay as
/// they are written.
pub(super) fn arrange(
    actor: Option<&ActorFacts>,
    grants: &[&Grant],
    semantics: Semantics,
) -> Arrangement {
    let mut arrangement = Arrangement {
        grants: grants
            .iter()
            .map(|grant| ArrangedGrant {
                source: grant.source.clone(),
                lifetime: grant.lifetime.clone(),
                rules: Arc::clone(&grant.rules),
                rendered: false,
                doubtful: Vec::new(),
            })
            .collect(),
        merged: None,
        unresolved: Vec::new(),
        fault: None,
    };
    let Some(actor) = actor else {
        return arrangement;
    };
    for (at, grant) in grants.iter().enumerate() {
        if !grant.rules.iter().any(is_templated) {
            continue;
        }
        match render_grant(actor, grant) {
            Some(rendered) => {
                if let Some(arranged) = arrangement.grants.get_mut(at) {
                    arranged.rules = rendered.rules;
                    arranged.rendered = true;
                    arranged.doubtful = rendered.doubtful;
                }
                arrangement.unresolved.extend(rendered.unresolved);
            }
            None => return render_all(actor, grants, semantics, arrangement),
        }
    }
    arrangement
}

struct RenderedGrant {
    rules: Arc<[Rule]>,
    doubtful: Vec<(usize, String)>,
    unresolved: Vec<UnresolvedTemplate>,
}

/// Renders each rule of a grant by itself. `None` if that is not certain to give what rendering the
/// whole list gives: templates outside conditions, or values that break out of their string.
fn render_grant(actor: &ActorFacts, grant: &Grant) -> Option<RenderedGrant> {
    let mut rendered = RenderedGrant {
        rules: Arc::default(),
        doubtful: Vec::new(),
        unresolved: Vec::new(),
    };
    let mut rules = Vec::with_capacity(grant.rules.len());
    for (at, rule) in grant.rules.iter().enumerate() {
        if !is_templated(rule) {
            rules.push(rule.clone());
            continue;
        }
        let filled = filled_in(actor, rule)?;
        let doubtful = filled.doubtful.into_iter().map(|property| (at, property));
        rendered.doubtful.extend(doubtful);
        let unresolved = filled
            .unresolved
            .into_iter()
            .map(|name| UnresolvedTemplate {
                source: Some(grant.source.clone()),
                rule: at,
                path: name.path,
                reason: name.reason,
            });
        rendered.unresolved.extend(unresolved);
        rules.push(filled.rule);
    }
    rendered.rules = rules.into();
    Some(rendered)
}

/// Renders the whole list as one text, as the server does.
fn render_all(
    actor: &ActorFacts,
    grants: &[&Grant],
    semantics: Semantics,
    mut arrangement: Arrangement,
) -> Arrangement {
    for (arranged, grant) in arrangement.grants.iter_mut().zip(grants) {
        arranged.rules = Arc::clone(&grant.rules);
        arranged.rendered = false;
        arranged.doubtful.clear();
    }
    arrangement.unresolved.clear();
    let order = sorted_positions(&arrangement, semantics);
    let items: Vec<Value> = order
        .iter()
        .filter_map(|(grant, rule)| written_rule(grants, *grant, *rule, semantics))
        .collect();
    let text = value_to_text(&Value::List(items));
    let rendering = match render(&text, actor) {
        Ok(rendering) => rendering,
        Err(fault) => {
            arrangement.fault = Some(fault);
            return arrangement;
        }
    };
    if rendering.doubtful {
        arrangement.fault = Some(TemplateFault::DependsOnUnknown);
        return arrangement;
    }
    let Ok((rules, _)) = rules_from_text(&rendering.text) else {
        arrangement.fault = Some(TemplateFault::BrokenJson);
        return arrangement;
    };
    let certain = rules.len() == order.len();
    let unresolved = rendering
        .unresolved
        .into_iter()
        .map(|name| UnresolvedTemplate {
            source: None,
            rule: 0,
            path: name.path,
            reason: name.reason,
        });
    arrangement.unresolved.extend(unresolved);
    arrangement.merged = Some(Merged {
        origins: if certain {
            order.into_iter().map(Some).collect()
        } else {
            vec![None; rules.len()]
        },
        rules: rules.into(),
    });
    arrangement
}

/// Where each rule stands, in the order in which the server holds them before rendering.
fn sorted_positions(arrangement: &Arrangement, semantics: Semantics) -> Vec<(usize, usize)> {
    let mut main = Vec::new();
    let mut folders = Vec::new();
    for (at, grant) in arrangement.grants.iter().enumerate() {
        let list = if matches!(grant.source, Source::Folder { .. }) {
            &mut folders
        } else {
            &mut main
        };
        list.extend(
            grant
                .rules
                .iter()
                .enumerate()
                .map(|(position, rule)| (rule.effect(), at, position)),
        );
    }
    if semantics == Semantics::ForbidWins {
        main.sort_by_key(|(effect, _, _)| *effect);
        folders.sort_by_key(|(effect, _, _)| std::cmp::Reverse(*effect));
    }
    main.into_iter()
        .chain(folders)
        .map(|(_, at, position)| (at, position))
        .collect()
}

/// A rule as the server writes it before rendering: with the legacy action it adds to a Forbid.
fn written_rule(
    grants: &[&Grant],
    grant: usize,
    position: usize,
    semantics: Semantics,
) -> Option<Value> {
    let grant = grants.get(grant)?;
    let rule = grant.rules.get(position)?;
    let added = match semantics {
        Semantics::ForbidWins if !matches!(grant.source, Source::Folder { .. }) => {
            legacy_action(rule)
        }
        _ => None,
    };
    let mut value = rule_to_value(rule);
    if let (Some(added), Value::Object(object)) = (added, &mut value) {
        let mut actions = match object.get("action") {
            Some(Value::List(items)) => items.clone(),
            Some(single) => vec![single.clone()],
            None => Vec::new(),
        };
        actions.push(Value::text(added));
        object.set("action", Value::List(actions));
    }
    Some(value)
}

/// The legacy action of a subject, and the actions that replaced it.
pub(crate) fn replaced_action(subject: &str) -> Option<(&'static str, &'static [&'static str])> {
    match subject {
        "secrets" => Some(("read", &["readValue", "describeSecret"])),
        "member" | "identity" => Some((
            "grant-privileges",
            &["assign-role", "assign-additional-privileges"],
        )),
        "groups" => Some(("grant-privileges", &["assign-role"])),
        _ => None,
    }
}

/// The legacy action that the server adds to a Forbid on the actions that replaced it, so that an
/// old Allow does not survive the new Forbid.
pub fn legacy_action(rule: &Rule) -> Option<&'static str> {
    if rule.effect() != Effect::Forbid {
        return None;
    }
    let [subject] = rule.subjects() else {
        return None;
    };
    let only_one = match rule.written().get("subject") {
        Some(Value::List(items)) => items.len() == 1,
        _ => true,
    };
    let (legacy, new) = replaced_action(subject.as_str())?;
    let has = |wanted: &str| rule.actions().iter().any(|a| a.as_str() == wanted);
    (only_one && new.iter().any(|action| has(action)) && !has(legacy)).then_some(legacy)
}

/// Whether a template is anywhere in `rule`, so that it is another rule for each actor.
pub fn is_templated(rule: &Rule) -> bool {
    match rule.unreadable_item() {
        Some(item) => has_template(item),
        None => rule
            .written()
            .iter()
            .any(|(key, value)| key.contains("{{") || has_template(value)),
    }
}

impl Arrangement {
    /// The rules in the order in which the server holds them.
    pub(super) fn ordered(&self, semantics: Semantics) -> Vec<OrderedRule<'_>> {
        match &self.merged {
            Some(merged) => merged
                .rules
                .iter()
                .zip(&merged.origins)
                .map(|(rule, origin)| OrderedRule {
                    rule,
                    source: origin
                        .and_then(|(grant, _)| self.grants.get(grant))
                        .map(|grant| &grant.source),
                    position: origin.map_or(0, |(_, position)| position),
                })
                .collect(),
            None => sorted_positions(self, semantics)
                .into_iter()
                .filter_map(|(grant, position)| {
                    let grant = self.grants.get(grant)?;
                    Some(OrderedRule {
                        rule: grant.rules.get(position)?,
                        source: Some(&grant.source),
                        position,
                    })
                })
                .collect(),
        }
    }

    /// The soonest future end among these grants, after `now`.
    pub fn next_end(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.grants
            .iter()
            .filter_map(|grant| match &grant.lifetime {
                Lifetime::Timed(timed) => timed.end,
                Lifetime::Permanent => None,
            })
            .filter(|end| *end > now)
            .min()
    }
}
