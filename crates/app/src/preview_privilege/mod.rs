//! Looks at a privilege being written: what is wrong with it, what is probably not meant, when it
//! would end, and which folders it would reach. Changes nothing.

mod check;
mod policy;
pub(crate) mod reach;
mod stored;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::id::{MemberId, PrivilegeId, ScheduledId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::ScheduledObject;
use reeve_domain::slug::{PRIVILEGE_SLUG_MAX, read_slug};
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::journal::read_instant;
use crate::reeve::Reeve;
use crate::remark::{note, remark};
use crate::role::project;

pub use crate::duration::DurationDraft;
pub(crate) use crate::duration::read_duration;
pub use crate::remark::Remark;
pub(crate) use policy::rule_of;
pub use policy::{ConditionDraft, LoadedPolicy, PolicyDraft, load_policy};
pub use reach::FolderReach;
pub(crate) use stored::StoredGrant;
pub use stored::{privilege_revision, scheduled_revision};

/// How long an end that was shown may be counted from.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(2);

/// A privilege being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivilegeDraft {
    /// Who shall have it; `None` while it is for several.
    pub member: Option<MemberId>,
    /// The name as typed.
    pub slug: String,
    /// When it shall begin, as text with an offset; at once if `None`.
    pub start: Option<String>,
    /// How long.
    pub duration: DurationDraft,
    /// The policies; each becomes one rule.
    pub policies: Vec<PolicyDraft>,
    /// Why.
    pub reason: String,
    /// The ticket.
    pub ticket: String,
    /// When its end was shown: a duration counts from there, so that nothing lasts longer than was
    /// shown.
    pub shown_at: Option<DateTime<Utc>>,
    /// What is being edited; `None` for something new.
    pub edited: Option<EditedGrant>,
}

/// A stored grant that is being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedGrant {
    /// Which one.
    pub grant: EditedRef,
    /// What identifies the state that editing began from.
    pub revision: String,
}

/// Names what is being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditedRef {
    /// An additional privilege.
    Privilege(PrivilegeId),
    /// A privilege that begins later.
    Scheduled(ScheduledId),
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
    /// When it would begin, if that is later; `None` if it begins at once or that cannot be read.
    pub start: Option<DateTime<Utc>>,
    /// How long it would count; `None` if that cannot be read.
    pub lifetime: Option<Lifetime>,
    /// The instant from which its duration is counted.
    pub counted_from: DateTime<Utc>,
    /// Whether what is being edited has changed since.
    pub overtaken: bool,
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
            let edition = project(snapshot)?.catalogue;
            preview.warnings.extend(check::refusals(draft, edition));
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
    let project = project(snapshot)?;
    let member = match &draft.member {
        None => None,
        Some(member) => Some(
            snapshot
                .member(member)?
                .ok_or(DeedError::Missing { what: "member" })?,
        ),
    };
    let mut problems = Vec::new();
    if member
        .as_ref()
        .is_some_and(|member| member.kind == MemberKind::Group)
    {
        problems.push(remark(
            "member",
            "a group cannot have additional privileges; give it a role, or choose a user or identity",
        ));
    }
    let edited = match &draft.edited {
        None => None,
        Some(edited) => Some(StoredGrant::read(snapshot, &edited.grant)?),
    };
    let slug = read_name(snapshot, draft, member.as_ref(), &mut problems)?;
    let start = read_start(draft.start.as_deref(), now, &mut problems);
    if draft.start.is_none() && matches!(edited, Some(StoredGrant::Scheduled(_))) {
        problems.push(remark("start", "choose when it shall begin"));
    }
    let counted_from = start.unwrap_or_else(|| shown_at(draft, now));
    let lifetime = match (&draft.duration, &edited) {
        (DurationDraft::Kept, Some(stored)) => Some(stored.kept_lifetime(start)),
        (duration, _) => read_duration(duration, counted_from, &mut problems),
    };
    let rules: Vec<Rule> = draft.policies.iter().map(rule_of).collect();
    problems.extend(check::problems(draft, &rules, project.catalogue));
    Ok(PrivilegePreview {
        problems,
        warnings: Vec::new(),
        slug,
        start,
        lifetime,
        counted_from,
        overtaken: match (&draft.edited, &edited) {
            (Some(edited), Some(stored)) => edited.revision != stored.revision(),
            _ => false,
        },
        rules,
        reaches: Vec::new(),
    })
}

/// The name, which no other privilege of the member may have, waiting ones included.
fn read_name(
    snapshot: &Snapshot,
    draft: &PrivilegeDraft,
    member: Option<&Member>,
    problems: &mut Vec<Remark>,
) -> Result<Option<String>, DeedError> {
    let read = read_slug(&draft.slug, PRIVILEGE_SLUG_MAX);
    let Some(slug) = note(problems, "slug", read) else {
        return Ok(None);
    };
    let Some(member) = member else {
        return Ok(Some(slug));
    };
    let own = draft.edited.as_ref().map(|edited| &edited.grant);
    if let Some(holder) = name_holder(snapshot, &member.id, &slug, own)? {
        problems.push(remark(
            "slug",
            &format!(
                "the name `{slug}` is taken by {holder} of {}; choose another",
                member.name
            ),
        ));
    }
    Ok(Some(slug))
}

/// What has the name `slug` already among the privileges of `member`, beside the one being edited.
pub(crate) fn name_holder(
    snapshot: &Snapshot,
    member: &MemberId,
    slug: &str,
    own: Option<&EditedRef>,
) -> Result<Option<&'static str>, DeedError> {
    let given = snapshot
        .privilege_by_slug(member, slug)?
        .filter(|other| own != Some(&EditedRef::Privilege(other.id.clone())));
    if given.is_some() {
        return Ok(Some("another privilege"));
    }
    let waits = snapshot
        .scheduled_of(std::slice::from_ref(member))?
        .into_iter()
        .filter(|other| own != Some(&EditedRef::Scheduled(other.id.clone())))
        .any(|other| matches!(other.what, ScheduledObject::Privilege { slug: taken, .. } if taken == slug));
    Ok(waits.then_some("a scheduled privilege"))
}

fn read_start(
    start: Option<&str>,
    now: DateTime<Utc>,
    problems: &mut Vec<Remark>,
) -> Option<DateTime<Utc>> {
    let start = start?;
    match read_instant(start) {
        None => problems.push(remark("start", "choose a date and a time")),
        Some(start) if start <= now => problems.push(remark(
            "start",
            "this start has passed; choose a later one, or let it begin at once",
        )),
        Some(start) => return Some(start),
    }
    None
}

/// The instant from which a duration counts that begins at once: where it was shown, if that was
/// just now.
fn shown_at(draft: &PrivilegeDraft, now: DateTime<Utc>) -> DateTime<Utc> {
    let is_fresh = |at: &DateTime<Utc>| *at <= now && now - *at <= SHOWN_FOR;
    draft.shown_at.filter(is_fresh).unwrap_or(now)
}
