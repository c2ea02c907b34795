//! What would change an answer: the smallest edits that would allow what is denied, or stop what is
//! allowed, each with everything else that it would change.
//!
//! Every edit is tried: what is offered has been decided upon again with the edit made, and what
//! else it changes is the exact difference. Nothing is changed here.

mod allowing;
mod candidate;
mod new_privilege;
mod rule_edit;
mod steps;
mod stopping;

use chrono::{DateTime, Utc};
use reeve_analysis::{Answer as Allowance, Cache, Limits, Scope, difference};
pub use reeve_analysis::{Change, Difference};
use reeve_domain::id::{MemberId, PrivilegeId, RoleId};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::Outcome;
use reeve_policy::read::rules_to_text;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::permanent_role::RolesRefusal;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::{Answer, Case, Question, answer, case};
use candidate::{Candidate, Change as GrantChange, group_of};

/// How many edits are measured.
const MEASURED: usize = 8;

/// What would change an answer.
#[derive(Debug)]
pub struct WhatWouldChange {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// Whether the edits stop what is allowed; otherwise they allow what is denied.
    pub stops: bool,
    /// The edits, the one that changes least first.
    pub edits: Vec<Edit>,
}

/// An edit that would change the answer.
#[derive(Debug)]
pub struct Edit {
    /// What is to be done, all of it.
    pub steps: Vec<Step>,
    /// Everything that changes for whoever was asked about, the request itself included.
    pub difference: Difference,
}

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// In words, names in backticks.
    pub words: String,
    /// Where it is done.
    pub at: Place,
    /// How many other members hold what is edited, or are in the group that loses a role.
    pub others: u64,
}

/// Where something is to be done, with what would stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The rules of a role become these, as JSON text.
    Role {
        /// The role.
        role: RoleId,
        /// The rules.
        rules: String,
    },
    /// The rules of a privilege become these.
    Privilege {
        /// Whose it is.
        member: MemberId,
        /// The privilege.
        privilege: PrivilegeId,
        /// The rules.
        rules: String,
    },
    /// The member gets another privilege with these rules.
    NewPrivilege {
        /// The member.
        member: MemberId,
        /// The rules.
        rules: String,
    },
    /// A privilege ends.
    EndPrivilege {
        /// Whose it is.
        member: MemberId,
        /// The privilege.
        privilege: PrivilegeId,
    },
    /// Somebody is no longer in a group.
    LeaveGroup {
        /// Who is in it.
        member: MemberId,
        /// The group.
        group: MemberId,
    },
    /// Somebody no longer has a role; a group, if it is held through one.
    TakeRole {
        /// Who has it.
        member: MemberId,
        /// The role.
        role: RoleId,
        /// Why it is refused as things stand: a server takes nobody without a permanent role.
        refusal: Option<RolesRefusal>,
    },
}

impl Reeve {
    /// What would change the answer to `question`; `None` if there is no yes or no to change.
    ///
    /// While it works, another question ends it with [`DeedError::Superseded`].
    pub fn what_would_change(
        &self,
        question: &Question,
    ) -> Result<Option<WhatWouldChange>, DeedError> {
        let turn = self.edit_searches.next();
        let cancelled = || turn.is_over();
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| what_would_change(snapshot, question, now, &self.analysis, &cancelled))
    }
}

fn what_would_change(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
    cache: &Cache,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<WhatWouldChange>, DeedError> {
    let Answer::Decided(verdict) = answer(snapshot, question, now)? else {
        return Ok(None);
    };
    if !verdict.depends_on.is_empty() {
        return Ok(None);
    }
    let stops = match verdict.outcome {
        Outcome::Allowed => true,
        Outcome::Denied => false,
        Outcome::ServerError(_) | Outcome::Unknown(_) => return Ok(None),
    };
    let Ok(case) = case(snapshot, question, now)? else {
        return Ok(None);
    };
    let mut candidates = if stops {
        stopping::stopping(&case, question)
    } else {
        allowing::allowing(&case, question)
    };
    candidates.sort_by_key(|candidate| candidate.steps.len());
    candidates.truncate(MEASURED);
    let mut edits = measured(snapshot, &case, candidates, stops, cache, cancelled)?;
    edits.sort_by_key(|edit| {
        let wide = |change: &Change| !is_narrow(change);
        (
            edit.difference.changes.iter().filter(|it| wide(it)).count(),
            edit.difference.changes.len(),
            edit.steps.len(),
        )
    });
    Ok(Some(WhatWouldChange {
        edition: case.edition,
        stops,
        edits,
    }))
}

/// The edits with everything that they change, less those that also do the opposite of what is
/// wanted.
fn measured(
    snapshot: &Snapshot,
    case: &Case,
    candidates: Vec<Candidate>,
    stops: bool,
    cache: &Cache,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Edit>, DeedError> {
    let project = snapshot
        .project()?
        .ok_or(DeedError::Missing { what: "project" })?;
    let universe = universe(&project, &snapshot.places()?);
    let limits = Limits {
        boxes: 40,
        witnesses: 1,
        ..Limits::USUAL
    };
    let before = compile(&case.assembly(), &mut CompileCache::new());
    let mut edits = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let edited = candidate.case(case);
        let after = compile(&edited.assembly(), &mut CompileCache::new());
        let pairs = pairs(&candidate, case);
        let scope = Scope::new(&universe, cache)
            .within(&limits)
            .cancelled_by(cancelled)
            .only(&pairs);
        let difference = difference(&before, &after, &scope).map_err(|_| DeedError::Superseded)?;
        if goes_the_other_way(&difference, stops) {
            continue;
        }
        edits.push(Edit {
            steps: steps::steps(snapshot, &candidate, case)?,
            difference,
        });
    }
    Ok(edits)
}

/// Whether an edit that shall allow also takes access away, or one that shall stop also gives some.
fn goes_the_other_way(difference: &Difference, stops: bool) -> bool {
    difference.changes.iter().any(|change| {
        let side = if stops { change.after } else { change.before };
        side == Allowance::Allowed
    })
}

/// Whether a change is about single values only.
fn is_narrow(change: &Change) -> bool {
    use reeve_analysis::{Piece, Reach, Values};
    match &change.reach {
        Reach::Bare => true,
        Reach::Everything => false,
        Reach::Things(region) => region
            .regions
            .iter()
            .all(|(_, region)| match &region.values {
                Values::Nothing | Values::Lists(_) | Values::Exactly(_) => true,
                Values::Any => false,
                Values::Texts(pieces) => {
                    pieces.iter().all(|piece| matches!(piece, Piece::Value(_)))
                }
            }),
    }
}

/// Every subject and action that the rules of an edit could concern.
fn pairs(candidate: &Candidate, case: &Case) -> Vec<(Subject, Action)> {
    let catalogue = Catalogue::of(case.edition);
    let mut pairs: Vec<(Subject, Action)> = Vec::new();
    let mut add = |rule: &Rule| {
        for subject in rule.subjects() {
            let known = catalogue.subject(subject.as_str());
            let known = known.into_iter().flat_map(|entry| entry.actions.iter());
            let named = rule.actions().iter().cloned();
            for action in known.map(|entry| entry.action.clone()).chain(named) {
                let pair = (subject.clone(), action);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    };
    for change in &candidate.changes {
        match change {
            GrantChange::Rules { grant, rules } => {
                let old = case.holder.grants.get(*grant);
                let old = old.into_iter().flat_map(|grant| grant.rules.iter());
                // Only rules that stand on one side alone can make a difference.
                let old: Vec<&Rule> = old.collect();
                for rule in &old {
                    if !rules.contains(rule) {
                        add(rule);
                    }
                }
                for rule in rules {
                    if !old.contains(&rule) {
                        add(rule);
                    }
                }
            }
            GrantChange::Gone { grant } => {
                let old = case.holder.grants.get(*grant);
                old.into_iter()
                    .flat_map(|grant| grant.rules.iter())
                    .for_each(&mut add);
            }
            GrantChange::Left { group } => case
                .holder
                .grants
                .iter()
                .filter(|grant| group_of(&grant.source) == Some(group))
                .flat_map(|grant| grant.rules.iter())
                .for_each(&mut add),
            GrantChange::Added { rules } => rules.iter().for_each(&mut add),
        }
    }
    pairs
}

fn text_of(rules: &[Rule]) -> String {
    rules_to_text(rules)
}
