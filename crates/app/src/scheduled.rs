//! Grants that begin later: which there are, giving one of them early or late, and giving them up.
//!
//! A server would make such a grant effective at once, so it waits in the workspace. It is given at
//! its start if the program runs then; one whose start was missed is given only when somebody says so.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{AssignmentId, MemberId, PrivilegeId, RoleId, ScheduledId};
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject, ScheduledStanding};
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;

use crate::actor::read_rules;
use crate::duration::{DurationDraft, read_duration};
use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange, new_id, read_instant};
use crate::reeve::Reeve;
use crate::remark::{Remark, remark};

/// How late a grant may still begin without anybody being asked.
const GRACE: TimeDelta = TimeDelta::seconds(60);

/// A scheduled grant with what it takes to show it.
#[derive(Debug, Clone)]
pub struct ScheduledEntry {
    /// The grant.
    pub grant: ScheduledGrant,
    /// Who shall have it.
    pub member: Member,
    /// The name of the privilege or of the role.
    pub title: String,
    /// The rules of a privilege; none for a role.
    pub rules: Vec<Rule>,
    /// Where it stands.
    pub standing: ScheduledStanding,
}

/// A role that shall be given later, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSchedule {
    /// Who shall have it.
    pub member: MemberId,
    /// The role.
    pub role: RoleId,
    /// When it shall begin, as text with an offset.
    pub start: String,
    /// How long.
    pub duration: DurationDraft,
    /// Why.
    pub reason: String,
}

/// How an attempt to schedule a role went.
#[derive(Debug, Clone)]
pub enum RoleScheduling {
    /// It waits.
    Scheduled(Box<HistoryEntry>),
    /// It cannot be scheduled so.
    Refused(Vec<Remark>),
}

impl Reeve {
    /// Everything that is scheduled, the soonest first.
    pub fn scheduled(&self) -> Result<Vec<ScheduledEntry>, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let grants = snapshot.scheduled_begun(DateTime::<Utc>::MAX_UTC)?;
            entries(snapshot, grants, now)
        })
    }

    /// Gives a role at an instant to come.
    pub fn schedule_role(&self, schedule: &RoleSchedule) -> Result<RoleScheduling, DeedError> {
        let now = self.now();
        let scheduling = self.workspace()?.writer().transaction(|transaction| {
            let mut problems = Vec::new();
            let grant = read_schedule(transaction, schedule, now, &mut problems)?;
            let (Some(grant), true) = (grant, problems.is_empty()) else {
                return Ok::<_, DeedError>(RoleScheduling::Refused(problems));
            };
            let role = role_of(transaction, &schedule.role)?;
            let change = ThingChange::made(Thing::Scheduled(grant.clone()));
            let deed = scheduled_deed("scheduled.add", &grant, &role.name, vec![change]);
            Ok(RoleScheduling::Scheduled(Box::new(
                deed.carry_out(transaction, now)?,
            )))
        })?;
        self.ends_changed.notify_one();
        Ok(scheduling)
    }

    /// Gives a scheduled grant now: until its planned end, however early or late that is.
    pub fn start_scheduled(&self, id: &ScheduledId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let entry = self.workspace()?.writer().transaction(|transaction| {
            let grant = stored(transaction, id)?;
            begin(transaction, &grant, now)
        })?;
        self.ends_changed.notify_one();
        Ok(entry)
    }

    /// Gives up a scheduled grant.
    pub fn cancel_scheduled(&self, id: &ScheduledId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let entry = self.workspace()?.writer().transaction(|transaction| {
            let grant = stored(transaction, id)?;
            let title = title(transaction, &grant)?;
            let change = ThingChange::removed(Thing::Scheduled(grant.clone()));
            scheduled_deed("scheduled.cancel", &grant, &title, vec![change])
                .carry_out(transaction, now)
        })?;
        self.ends_changed.notify_one();
        Ok(entry)
    }

    /// Gives everything whose start lies after `since` and has just come. What is in the way of one
    /// is noted with it, and the others begin all the same. The number of those that were touched.
    pub(crate) fn start_due(&self, since: DateTime<Utc>) -> Result<usize, DeedError> {
        let now = self.now();
        let due: Vec<ScheduledGrant> = self.workspace()?.reader().read(|snapshot| {
            let begun = snapshot.scheduled_begun(now)?.into_iter();
            Ok::<_, DeedError>(begun.filter(|grant| is_due(grant, since, now)).collect())
        })?;
        for grant in &due {
            let begun = self
                .workspace()?
                .writer()
                .transaction(|transaction| begin(transaction, grant, now));
            if let Err(error) = begun {
                tracing::warn!(%error, "a scheduled grant could not begin");
                self.workspace()?.writer().transaction(|transaction| {
                    let mut grant = grant.clone();
                    grant.trouble = Some(error.to_string());
                    transaction.update_scheduled(&grant)
                })?;
            }
        }
        Ok(due.len())
    }
}

/// What `grants` are, in the same order, as they stand at `now`.
pub(crate) fn entries(
    snapshot: &Snapshot,
    grants: Vec<ScheduledGrant>,
    now: DateTime<Utc>,
) -> Result<Vec<ScheduledEntry>, DeedError> {
    let ids: Vec<MemberId> = grants.iter().map(|grant| grant.member.clone()).collect();
    let members: BTreeMap<MemberId, Member> = snapshot
        .members(&ids)?
        .into_iter()
        .map(|member| (member.id.clone(), member))
        .collect();
    let mut entries = Vec::with_capacity(grants.len());
    for grant in grants {
        let Some(member) = members.get(&grant.member).cloned() else {
            continue;
        };
        let rules = match &grant.what {
            ScheduledObject::Privilege { slug, rules } => read_rules(slug, rules)?,
            ScheduledObject::Role(_) => Vec::new(),
        };
        entries.push(ScheduledEntry {
            title: title(snapshot, &grant)?,
            standing: grant.standing(now),
            member,
            rules,
            grant,
        });
    }
    Ok(entries)
}

/// A deed on one scheduled grant, which is about `title`.
pub(crate) fn scheduled_deed(
    name: &str,
    grant: &ScheduledGrant,
    title: &str,
    changes: Vec<ThingChange>,
) -> Deed {
    Deed {
        name: name.to_owned(),
        member: Some(grant.member.clone()),
        object: grant.id.to_string(),
        title: title.to_owned(),
        reason: grant.reason.clone(),
        changes,
        undoes: None,
    }
}

fn is_due(grant: &ScheduledGrant, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    grant.start > since
        && now - grant.start <= GRACE
        && grant.trouble.is_none()
        && grant.standing(now) == ScheduledStanding::Late
}

/// Makes `grant` effective.
fn begin(
    transaction: &Transaction,
    grant: &ScheduledGrant,
    now: DateTime<Utc>,
) -> Result<HistoryEntry, DeedError> {
    if !grant.lifetime.is_active(now) {
        return Err(DeedError::Conflict {
            sentence: "its planned end has passed; choose another time".into(),
        });
    }
    let made = match &grant.what {
        ScheduledObject::Privilege { slug, rules } => {
            if transaction
                .privilege_by_slug(&grant.member, slug)?
                .is_some()
            {
                return Err(DeedError::Conflict {
                    sentence: format!("the member has another privilege called `{slug}` now"),
                });
            }
            Thing::Privilege(AdditionalPrivilege {
                id: PrivilegeId::new(new_id()),
                member: grant.member.clone(),
                slug: slug.clone(),
                lifetime: grant.lifetime.clone(),
                rules: rules.clone(),
                reason: grant.reason.clone(),
                ticket: grant.ticket.clone(),
                managed: false,
                created_at: now,
                updated_at: now,
            })
        }
        ScheduledObject::Role(role) => {
            let held = transaction.assignments_of(std::slice::from_ref(&grant.member))?;
            if held.iter().any(|held| held.role == *role) {
                return Err(DeedError::Conflict {
                    sentence: "the member has this role already".into(),
                });
            }
            Thing::Assignment(RoleAssignment {
                id: AssignmentId::new(new_id()),
                member: grant.member.clone(),
                role: role.clone(),
                lifetime: grant.lifetime.clone(),
            })
        }
    };
    let title = title(transaction, grant)?;
    let changes = vec![
        ThingChange::removed(Thing::Scheduled(grant.clone())),
        ThingChange::made(made),
    ];
    scheduled_deed("scheduled.start", grant, &title, changes).carry_out(transaction, now)
}

fn stored(snapshot: &Snapshot, id: &ScheduledId) -> Result<ScheduledGrant, DeedError> {
    snapshot.scheduled(id)?.ok_or(DeedError::Missing {
        what: "scheduled grant",
    })
}

fn role_of(snapshot: &Snapshot, id: &RoleId) -> Result<Role, DeedError> {
    snapshot
        .role(id)?
        .ok_or(DeedError::Missing { what: "role" })
}

fn title(snapshot: &Snapshot, grant: &ScheduledGrant) -> Result<String, DeedError> {
    Ok(match &grant.what {
        ScheduledObject::Privilege { slug, .. } => slug.clone(),
        ScheduledObject::Role(role) => role_of(snapshot, role)?.name,
    })
}

fn read_schedule(
    snapshot: &Snapshot,
    schedule: &RoleSchedule,
    now: DateTime<Utc>,
    problems: &mut Vec<Remark>,
) -> Result<Option<ScheduledGrant>, DeedError> {
    let member = snapshot
        .member(&schedule.member)?
        .ok_or(DeedError::Missing { what: "member" })?;
    let role = role_of(snapshot, &schedule.role)?;
    let held = snapshot.assignments_of(std::slice::from_ref(&member.id))?;
    if held.iter().any(|held| held.role == role.id) {
        let sentence = format!("{} has the role {} already", member.name, role.name);
        problems.push(remark("role", &sentence));
    }
    // A member that has no role of its own and gets only timed ones would be refused.
    let is_bare = held.is_empty() && member.kind != MemberKind::Group;
    if is_bare && schedule.duration != DurationDraft::Permanent {
        problems.push(remark(
            "duration",
            "at least one role must be permanent; give a permanent role first",
        ));
    }
    let start = match read_instant(&schedule.start) {
        Some(start) if start > now => start,
        Some(_) => {
            problems.push(remark(
                "start",
                "this start has passed; choose a later one, or let it begin at once",
            ));
            return Ok(None);
        }
        None => {
            problems.push(remark("start", "choose a date and a time"));
            return Ok(None);
        }
    };
    let Some(lifetime) = read_duration(&schedule.duration, start, problems) else {
        return Ok(None);
    };
    Ok(Some(ScheduledGrant {
        id: ScheduledId::new(new_id()),
        member: member.id,
        what: ScheduledObject::Role(role.id),
        start,
        lifetime,
        reason: schedule.reason.trim().to_owned(),
        ticket: String::new(),
        created_at: now,
        updated_at: now,
        trouble: None,
    }))
}
