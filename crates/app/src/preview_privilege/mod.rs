//! Looks at a privilege being written: what is wrong with it, what is probably not meant, when it
//! would end, and which folders it would reach. Changes nothing.

mod check;
pub(crate) mod reach;

use chrono::{DateTime, Utc};
use reeve_domain::condition::{Operator, Property};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::slug::{PRIVILEGE_SLUG_MAX, read_slug};
use reeve_domain::value::{Object, Value};
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::remark::{note, remark};

pub use crate::duration::DurationDraft;
pub(crate) use crate::duration::read_duration;
pub use crate::remark::Remark;
pub use reach::FolderReach;

/// A privilege being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivilegeDraft {
    /// Who shall have it.
    pub member: MemberId,
    /// The name as typed.
    pub slug: String,
    /// How long.
    pub duration: DurationDraft,
    /// The policies; each becomes one rule.
    pub policies: Vec<PolicyDraft>,
    /// Why.
    pub reason: String,
    /// The ticket.
    pub ticket: String,
}

/// One policy being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraft {
    /// What is acted on.
    pub subject: Subject,
    /// What is done.
    pub actions: Vec<Action>,
    /// Whether it is allowed or forbidden.
    pub effect: Effect,
    /// Under which conditions; all must hold.
    pub conditions: Vec<ConditionDraft>,
}

/// One condition being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionDraft {
    /// What is looked at.
    pub property: Property,
    /// How it is compared.
    pub operator: Operator,
    /// With what: one text, or the items of a list.
    pub values: Vec<String>,
}

/// What a draft would be and do.
#[derive(Debug, Clone)]
pub struct PrivilegePreview {
    /// What keeps it from being saved.
    pub problems: Vec<Remark>,
    /// What can be saved but is probably not meant.
    pub warnings: Vec<Remark>,
    /// The name as it would be stored; `None` if it is not one.
    pub slug: Option<String>,
    /// How long it would count; `None` if that cannot be read.
    pub lifetime: Option<Lifetime>,
    /// The rules as they would be stored.
    pub rules: Vec<Rule>,
    /// What its conditions on paths reach.
    pub reaches: Vec<FolderReach>,
}

impl Reeve {
    /// Looks at `draft`.
    pub fn preview_privilege(&self, draft: &PrivilegeDraft) -> Result<PrivilegePreview, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let mut preview = examine(snapshot, draft, now)?;
            let places = snapshot.places()?;
            preview.warnings = check::doubts(draft, &places);
            preview.reaches = reach::reaches(draft, &places);
            Ok(preview)
        })
    }
}

/// Everything about `draft` but its warnings and reaches, which saving does not need.
pub(crate) fn examine(
    snapshot: &Snapshot,
    draft: &PrivilegeDraft,
    now: DateTime<Utc>,
) -> Result<PrivilegePreview, DeedError> {
    let project = snapshot
        .project()?
        .ok_or(DeedError::Missing { what: "project" })?;
    let member = snapshot
        .member(&draft.member)?
        .ok_or(DeedError::Missing { what: "member" })?;
    let mut problems = Vec::new();
    if member.kind == MemberKind::Group {
        problems.push(remark(
            "member",
            "a group cannot have additional privileges; give it a role, or choose a user or identity",
        ));
    }
    let slug = note(
        &mut problems,
        "slug",
        read_slug(&draft.slug, PRIVILEGE_SLUG_MAX),
    );
    if let Some(slug) = &slug
        && snapshot.privilege_by_slug(&draft.member, slug)?.is_some()
    {
        problems.push(remark(
            "slug",
            &format!(
                "the name `{slug}` is taken by another privilege of {}; choose another",
                member.name
            ),
        ));
    }
    let lifetime = read_duration(&draft.duration, now, &mut problems);
    let rules: Vec<Rule> = draft.policies.iter().map(rule).collect();
    problems.extend(check::problems(draft, &rules, project.catalogue));
    Ok(PrivilegePreview {
        problems,
        warnings: Vec::new(),
        slug,
        lifetime,
        rules,
        reaches: Vec::new(),
    })
}

/// The rule that a policy becomes. Conditions on one property become one object of operators.
fn rule(policy: &PolicyDraft) -> Rule {
    let mut conditions = Object::new();
    for condition in &policy.conditions {
        let property = condition.property.as_str();
        let mut operators = match conditions.get(property) {
            Some(Value::Object(operators)) => operators.clone(),
            _ => Object::new(),
        };
        operators.set(condition.operator.as_wire(), operand(condition));
        conditions.set(property, Value::Object(operators));
    }
    let conditions = (!conditions.is_empty()).then_some(conditions);
    Rule::new(&policy.subject, &policy.actions, policy.effect, conditions)
}

fn operand(condition: &ConditionDraft) -> Value {
    match condition.operator {
        Operator::In | Operator::All => Value::texts(condition.values.iter().map(String::as_str)),
        _ => Value::text(condition.values.first().map_or("", String::as_str)),
    }
}
