//! Somebody's grants at an instant, ready to be asked anything.

use chrono::{DateTime, Utc};
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::{Assembly, assemble, assemble_active, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Change, Outcome, decide, next_change, outcome};
use reeve_policy::operation::{Situation, decide_operation, operation, operation_outcome};
use reeve_store::snapshot::Snapshot;

use super::examine::{unknown_action, unknown_attributes};
use super::open::{self, ACTOR, Settled};
use super::{Answer, Decided, Holder, Place, Question, Verdict, What, When, attributes, unseen};
use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;

/// Somebody's grants at an instant, ready to be asked.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub holder: Holder,
    pub semantics: Semantics,
    pub edition: CatalogueEdition,
    pub at: DateTime<Utc>,
    /// What could not be pulled of whoever is asked about.
    pub unseen: Vec<UnseenKind>,
}

/// Whoever `question` is about, ready to be asked anything at its instant; remarks if that cannot
/// be.
pub(crate) fn case(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Result<Case, Vec<Remark>>, DeedError> {
    let project = snapshot
        .project()?
        .ok_or(DeedError::Missing { what: "project" })?;
    let holder = Holder::read(
        snapshot,
        &question.who,
        &question.unsaved,
        project.catalogue,
    )?;
    let holder = match holder {
        Ok(holder) => holder,
        Err(problems) => return Ok(Err(problems)),
    };
    let unseen = unseen::unseen_of(snapshot, &holder.asked)?;
    Ok(Ok(Case {
        unseen,
        at: instant(question.when, &holder, now),
        semantics: question.semantics.unwrap_or(project.semantics),
        edition: project.catalogue,
        holder,
    }))
}

impl Case {
    /// The rules that count at the instant of the case, with what does not count.
    pub fn assembly(&self) -> Assembly {
        match &self.holder.facts {
            Some(facts) => assemble(facts, &self.holder.grants, self.semantics, self.at),
            None => assemble_as_written(&self.holder.grants, self.semantics, self.at),
        }
    }

    /// The rules that count at another instant, without what does not count.
    pub fn active_at(&self, at: DateTime<Utc>) -> Assembly {
        match &self.holder.facts {
            Some(facts) => assemble_active(facts, &self.holder.grants, self.semantics, at),
            None => assemble_as_written(&self.holder.grants, self.semantics, at),
        }
    }

    /// The answer to `question`, with what there is to say about it beside `remarks`.
    pub fn answer(self, question: &Question, mut remarks: Vec<Remark>) -> Answer {
        let mut cache = CompileCache::new();
        let assembly = self.assembly();
        let rules = compile(&assembly, &mut cache);
        let situation = &question.place.situation;
        let ask: Box<dyn Fn(&CompiledRules) -> Outcome> = match &question.what {
            What::Action(subject, action) => {
                let request = request(&question.place, subject, action);
                remarks.extend(unknown_action(self.edition, &request));
                remarks.extend(unknown_attributes(self.edition, &request));
                Box::new(move |rules| outcome(rules, &request))
            }
            What::Operation(id) => {
                let Some(operation) = operation(id) else {
                    return Answer::Incomplete(vec![Remark {
                        field: "what".to_owned(),
                        message: "choose what they would do".to_owned(),
                    }]);
                };
                Box::new(move |rules| operation_outcome(rules, operation, situation))
            }
        };
        let change = self.next_change(&mut cache, &ask);
        let decided = decided(&rules, question);
        let (seen, unseen) = self.as_far_as_seen(decided.outcome(), &mut cache, &ask);
        let is_named = self.holder.facts.is_some();
        let Settled {
            outcome,
            mut depends_on,
            fields: mut open_fields,
        } = open::settle(&decided, situation, question.place.nothing_else, is_named);
        let ordered = assembly.ordered();
        if !is_named && ordered.iter().any(|it| open::names_by_template(it.rule)) {
            depends_on.insert(ACTOR.to_owned());
            open_fields.insert("who".to_owned());
        }
        Answer::Decided(Box::new(Verdict {
            at: self.at,
            outcome: if unseen.is_empty() { outcome } else { seen },
            unseen,
            change,
            depends_on,
            open_fields,
            rules: ordered.len(),
            semantics: self.semantics,
            remarks,
            decided,
            asked: self.holder.asked,
        }))
    }

    /// When what `ask` answers changes next.
    pub fn next_change(
        &self,
        cache: &mut CompileCache,
        ask: impl Fn(&CompiledRules) -> Outcome,
    ) -> Option<Change> {
        next_change(&self.holder.grants, self.at, |at| {
            ask(&compile(&self.active_at(at), cache))
        })
    }
}

/// What the judge makes of `question` under `rules`; an operation that is not known is none.
pub(crate) fn decided(rules: &CompiledRules, question: &Question) -> Decided {
    let Question { what, place, .. } = question;
    match what {
        What::Action(subject, action) => {
            Decided::Action(decide(rules, &request(place, subject, action)))
        }
        What::Operation(id) => {
            if let Some(operation) = operation(id) {
                Decided::Operation(decide_operation(rules, operation, &place.situation))
            } else {
                let unknown = request(place, &Subject::from(id.as_str()), &Action::from(""));
                Decided::Action(decide(rules, &unknown))
            }
        }
    }
}

fn request(place: &Place, subject: &Subject, action: &Action) -> AccessRequest {
    AccessRequest {
        subject: subject.clone(),
        action: action.clone(),
        attributes: attributes(place),
    }
}

/// What the answer for somebody comes to, over everything that was left open.
pub(crate) fn settle(decided: &Decided, situation: &Situation, nothing_else: bool) -> Settled {
    open::settle(decided, situation, nothing_else, true)
}

/// The instant that `when` means for `holder`.
pub(super) fn instant(when: When, holder: &Holder, now: DateTime<Utc>) -> DateTime<Utc> {
    match when {
        When::Now => now,
        When::At(instant) => instant,
        // At its end something does not count any more, so the last end is late enough.
        When::AfterTimed => holder
            .grants
            .iter()
            .filter_map(|grant| grant.lifetime.end())
            .fold(now, DateTime::max),
    }
}
