//! The newer system: whoever hands something out needs permission to assign, possibly limited to
//! certain roles, subjects or actions. What the receiver or the giver already holds is not compared.
//!
//! Only what the servers' own tests show is known of the newest version: a Forbid on the new or on
//! the legacy action counts even where the other one is allowed. Older ones let an unconditional
//! Allow pass over conditional Forbids; there this predicts a refusal that does not come.

use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Conditions;
use reeve_domain::member::MemberKind;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::{Object, Value};

use super::MissingPermission;
use crate::assemble::Assembly;
use crate::compile::CompiledRules;
use crate::decide::{AccessRequest, ErrorReason, Outcome, UnknownReason, decide};

/// Who hands out: the same actor, assembled and compiled.
#[derive(Debug, Clone, Copy)]
pub struct Giver<'a> {
    /// What counts for the actor.
    pub assembly: &'a Assembly,
    /// The same, compiled.
    pub rules: &'a CompiledRules,
}

/// Who is to receive.
#[derive(Debug, Clone, Copy)]
pub struct Receiver<'a> {
    /// What it is.
    pub kind: MemberKind,
    /// By what conditions know it: the e-mail address of a user, the id of an identity, the name of
    /// a group. None if it has none.
    pub name: Option<&'a str>,
}

/// Whether something may be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed,
    /// It may not.
    Refused {
        /// What the server says is missing.
        missing: MissingPermission,
        /// What the refusal is about.
        about: About,
    },
    /// The server answers with an error.
    ServerError(ErrorReason),
    /// The answer cannot be known here.
    Unknown(UnknownReason),
}

/// What a refusal is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Handing out anything to this receiver.
    Receiver,
    /// Assigning this role.
    Role(Box<str>),
    /// Granting anything on this subject.
    Subject(Subject),
    /// Granting this action on this subject.
    Action(Subject, Action),
}

const LEGACY: &str = "grant-privileges";

/// Whether `giver` may give `receiver` these roles, named by their slugs. `no-access` needs nothing
/// of its own.
pub fn assign_roles(giver: Giver<'_>, receiver: Receiver<'_>, slugs: &[&str]) -> Verdict {
    let question = Question {
        giver,
        action: "assign-role",
        subject: subject_of(receiver.kind),
        known: Some(identified(receiver)),
    };
    let mut roles = slugs.iter().filter(|slug| **slug != "no-access").peekable();
    if roles.peek().is_none() {
        return question.ask(&[], || About::Receiver);
    }
    first_obstacle(
        roles.map(|slug| question.ask(&[("assignableRole", slug)], || About::Role((*slug).into()))),
    )
}

/// Whether `giver` may give `receiver`, a user or an identity, an additional privilege with these
/// rules. The right to edit the receiver, which the server asks first, is not part of it.
pub fn attach_privilege(giver: Giver<'_>, receiver: Receiver<'_>, granted: &[Rule]) -> Verdict {
    let subject = subject_of(receiver.kind);
    let detail = Detail::of(giver.assembly, subject);
    let question = Question {
        giver,
        action: "assign-additional-privileges",
        subject,
        known: Some(identified(receiver)),
    };
    let first = if detail == Detail::None {
        question.ask(&[], || About::Receiver)
    } else {
        Question {
            known: None,
            ..question.clone()
        }
        .ask(&[], || About::Receiver)
    };
    first_obstacle(
        std::iter::once(first).chain(
            granted
                .iter()
                .flat_map(|rule| ask_about_rule(&question, detail, rule)),
        ),
    )
}

fn ask_about_rule<'a>(
    question: &'a Question<'a>,
    detail: Detail,
    rule: &'a Rule,
) -> impl Iterator<Item = Verdict> + 'a {
    rule.subjects().iter().flat_map(move |subject| {
        let name = subject.as_str();
        let whole = (detail != Detail::Actions).then(|| {
            question.ask(&[("assignableSubject", name)], || {
                About::Subject(subject.clone())
            })
        });
        let each = rule.actions().iter().map(move |action| {
            let pair = format!("{name}:{action}");
            let fields = [
                ("assignableSubject", name),
                ("assignableAction", pair.as_str()),
            ];
            question.ask(&fields, || About::Action(subject.clone(), action.clone()))
        });
        whole.into_iter().chain(each)
    })
}

/// How far the giver's Allows go into detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// They name neither subjects nor actions.
    None,
    /// They name subjects.
    Subjects,
    /// They name actions.
    Actions,
}

impl Detail {
    fn of(assembly: &Assembly, subject: &str) -> Self {
        let mut detail = Self::None;
        for ordered in assembly.ordered() {
            let rule = ordered.rule;
            let is_about_it = rule.effect() == Effect::Allow
                && rule.subjects().iter().any(|s| s.as_str() == subject)
                && rule.actions().iter().any(|action| {
                    matches!(action.as_str(), LEGACY | "assign-additional-privileges")
                });
            if !is_about_it {
                continue;
            }
            if has_condition(rule, "assignableAction") {
                return Self::Actions;
            }
            if has_condition(rule, "assignableSubject") {
                detail = Self::Subjects;
            }
        }
        detail
    }
}

fn has_condition(rule: &Rule, property: &str) -> bool {
    match rule.conditions() {
        Conditions::All(conditions) => conditions.iter().any(|c| c.property.as_str() == property),
        Conditions::None | Conditions::Malformed(_) => false,
    }
}

/// What is asked of the giver, again and again.
#[derive(Debug, Clone)]
struct Question<'a> {
    giver: Giver<'a>,
    action: &'static str,
    subject: &'static str,
    /// The attributes of the receiver; none to ask about the subject as such.
    known: Option<Object>,
}

impl Question<'_> {
    /// Asks for the new action or the legacy one, with `fields` added to what is known.
    fn ask(&self, fields: &[(&str, &str)], about: impl FnOnce() -> About) -> Verdict {
        let attributes = match &self.known {
            None => Attributes::Bare,
            Some(known) => {
                let mut object = known.clone();
                for (name, value) in fields {
                    object.set(*name, Value::text(*value));
                }
                Attributes::Of(object)
            }
        };
        let (new, forbids_new) = self.decide(self.action, &attributes);
        let (legacy, forbids_legacy) = self.decide(LEGACY, &attributes);
        for outcome in [new, legacy] {
            match outcome {
                Outcome::ServerError(reason) => return Verdict::ServerError(reason),
                Outcome::Unknown(reason) => return Verdict::Unknown(reason),
                Outcome::Allowed | Outcome::Denied => {}
            }
        }
        let is_forbidden = forbids_new || forbids_legacy;
        if !is_forbidden && (new.is_allowed() || legacy.is_allowed()) {
            return Verdict::Allowed;
        }
        Verdict::Refused {
            missing: MissingPermission {
                action: Action::from(self.action),
                subject: Subject::from(self.subject),
                conditions: None,
            },
            about: about(),
        }
    }

    /// The answer, and whether a Forbid gave it.
    fn decide(&self, action: &str, attributes: &Attributes) -> (Outcome, bool) {
        let request = AccessRequest {
            subject: Subject::from(self.subject),
            action: Action::from(action),
            attributes: attributes.clone(),
        };
        let decision = decide(self.giver.rules, &request);
        let forbids = decision
            .deciding()
            .is_some_and(|candidate| candidate.effect == Effect::Forbid);
        (decision.outcome, forbids)
    }
}

fn subject_of(kind: MemberKind) -> &'static str {
    match kind {
        MemberKind::User => "member",
        MemberKind::Identity => "identity",
        MemberKind::Group => "groups",
    }
}

fn identified(receiver: Receiver<'_>) -> Object {
    let property = match receiver.kind {
        MemberKind::User => "userEmail",
        MemberKind::Identity => "identityId",
        MemberKind::Group => "groupName",
    };
    let name = receiver.name.map(|name| (property, Value::text(name)));
    name.into_iter().collect()
}

fn first_obstacle(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    verdicts
        .into_iter()
        .find(|verdict| *verdict != Verdict::Allowed)
        .unwrap_or(Verdict::Allowed)
}
