//! What an act on lifetimes comes to at one instant, grant by grant.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use chrono::{DateTime, Utc};
use reeve_domain::id::{AssignmentId, MemberId};
use reeve_domain::lifetime::{Lifetime, Standing};
use reeve_domain::lifetime_change::{LifetimeChange, NewEnd, Range};
use reeve_domain::span::Span;
use reeve_policy::read::value_to_text;
use reeve_store::access::MemberAccess;
use reeve_store::error::StoreError;
use reeve_store::snapshot::Snapshot;

use super::{
    EndDraft, GrantRef, LifetimeAct, LifetimeOutcome, LifetimePreview, LifetimeRequest,
    LifetimeRow, Seen, Targets, WhyNot,
};
use crate::duration::read_end;
use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange};
use crate::permanent_role::check_roles;
use crate::remark::{Remark, note};

/// An act that was thought through.
pub(super) struct Plan {
    pub(super) preview: LifetimePreview,
    changes: Vec<ThingChange>,
}

/// An act that can be done.
enum Step {
    Change(LifetimeChange),
    Remove,
}

impl Plan {
    /// What `request` comes to if it is done at `at`.
    pub(super) fn make(
        snapshot: &Snapshot,
        request: &LifetimeRequest,
        at: DateTime<Utc>,
    ) -> Result<Self, DeedError> {
        let mut problems = Vec::new();
        let step = read_act(&request.act, &mut problems);
        let mut plan = Self {
            changes: Vec::new(),
            preview: LifetimePreview {
                seen: Seen {
                    at,
                    digest: String::new(),
                },
                problems,
                rows: Vec::new(),
                gone: 0,
            },
        };
        if let Some(step) = step {
            let accesses = snapshot.accesses(&members(snapshot, &request.targets, at)?)?;
            for access in &accesses {
                plan.add_roles(access, request, &step);
                plan.add_privileges(access, request, &step);
            }
        }
        if let Targets::Grants(grants) = &request.targets {
            plan.preview.gone = grants.len().saturating_sub(plan.preview.rows.len());
        }
        plan.preview.seen.digest = plan.digest();
        Ok(plan)
    }

    /// Whether nothing would be changed.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether anything that would be changed has ended between the plan's instant and `now`.
    pub(super) fn has_ended_between(&self, now: DateTime<Utc>) -> bool {
        let at = self.preview.seen.at;
        self.preview
            .rows
            .iter()
            .filter(|row| !matches!(row.outcome, LifetimeOutcome::PassedOver(_)))
            .any(|row| row.before.is_active(at) != row.before.is_active(now))
    }

    /// The deed that does it at `now`, and what it does.
    pub(super) fn into_deed(
        self,
        request: &LifetimeRequest,
        now: DateTime<Utc>,
    ) -> (Deed, LifetimePreview) {
        let changed: Vec<&LifetimeRow> = self
            .preview
            .rows
            .iter()
            .filter(|row| !matches!(row.outcome, LifetimeOutcome::PassedOver(_)))
            .collect();
        let members: BTreeSet<&MemberId> = changed.iter().map(|row| &row.member.id).collect();
        let deed = Deed {
            name: deed_name(&request.act).to_owned(),
            member: match Vec::from_iter(&members).as_slice() {
                [one] => Some((**one).clone()),
                _ => None,
            },
            object: changed
                .first()
                .map_or_else(String::new, |row| row.grant.id().to_owned()),
            title: title(&changed, members.len()),
            reason: request.reason.trim().to_owned(),
            changes: self
                .changes
                .into_iter()
                .map(|change| touched(change, now))
                .collect(),
            undoes: None,
        };
        (deed, self.preview)
    }

    fn add_roles(&mut self, access: &MemberAccess, request: &LifetimeRequest, step: &Step) {
        let at = self.preview.seen.at;
        let own = || access.roles.iter().filter(|held| held.through.is_none());
        // What the steps before have left of the member's roles.
        let mut left: BTreeMap<AssignmentId, Lifetime> = own()
            .map(|held| &held.assignment)
            .map(|assignment| (assignment.id.clone(), assignment.lifetime.clone()))
            .collect();
        for held in own() {
            let assignment = &held.assignment;
            let grant = GrantRef::Assignment(assignment.id.clone());
            if !is_meant(request, &grant, &assignment.lifetime, at) {
                continue;
            }
            let outcome = keeping_a_permanent_role(
                &mut left,
                &assignment.id,
                step.on(&assignment.lifetime, at),
            );
            self.push(
                access,
                &held.role.name,
                grant,
                &assignment.lifetime,
                outcome,
                |lifetime| {
                    let mut assignment = assignment.clone();
                    assignment.lifetime = lifetime.clone();
                    Thing::Assignment(assignment)
                },
            );
        }
    }

    fn add_privileges(&mut self, access: &MemberAccess, request: &LifetimeRequest, step: &Step) {
        let at = self.preview.seen.at;
        for privilege in &access.privileges {
            let grant = GrantRef::Privilege(privilege.id.clone());
            if !is_meant(request, &grant, &privilege.lifetime, at) {
                continue;
            }
            let outcome = if privilege.managed {
                LifetimeOutcome::PassedOver(WhyNot::Managed)
            } else {
                step.on(&privilege.lifetime, at)
            };
            self.push(
                access,
                &privilege.slug,
                grant,
                &privilege.lifetime,
                outcome,
                |lifetime| {
                    let mut privilege = privilege.clone();
                    privilege.lifetime = lifetime.clone();
                    Thing::Privilege(privilege)
                },
            );
        }
    }

    fn push(
        &mut self,
        access: &MemberAccess,
        title: &str,
        grant: GrantRef,
        before: &Lifetime,
        outcome: LifetimeOutcome,
        thing: impl Fn(&Lifetime) -> Thing,
    ) {
        match &outcome {
            LifetimeOutcome::Changed(after) => self
                .changes
                .push(ThingChange::changed(thing(before), thing(after))),
            LifetimeOutcome::Removed => self.changes.push(ThingChange::removed(thing(before))),
            LifetimeOutcome::PassedOver(_) => {}
        }
        self.preview.rows.push(LifetimeRow {
            grant,
            member: access.member.clone(),
            title: title.to_owned(),
            before: before.clone(),
            outcome,
        });
    }

    /// Differs if anything that would be changed, or what it would become, differs. It is compared
    /// within one run of the program only.
    fn digest(&self) -> String {
        let mut hasher = DefaultHasher::new();
        for change in &self.changes {
            for thing in [&change.before, &change.after] {
                let text = thing.as_ref().map(|thing| value_to_text(&thing.to_value()));
                text.hash(&mut hasher);
            }
        }
        for row in &self.preview.rows {
            row.grant.hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}

impl Step {
    /// What becomes of something that counts as long as `lifetime`, if this is done at `at`.
    fn on(&self, lifetime: &Lifetime, at: DateTime<Utc>) -> LifetimeOutcome {
        match self {
            Self::Remove => LifetimeOutcome::Removed,
            Self::Change(change) => match change.apply(lifetime, at) {
                Ok(after) => LifetimeOutcome::Changed(after),
                Err(unchanged) => LifetimeOutcome::PassedOver(unchanged.into()),
            },
        }
    }
}

impl GrantRef {
    fn id(&self) -> &str {
        match self {
            Self::Privilege(id) => id.as_str(),
            Self::Assignment(id) => id.as_str(),
        }
    }
}

/// The act without typed text; what is wrong with it is a remark on the field `duration`.
fn read_act(act: &LifetimeAct, problems: &mut Vec<Remark>) -> Option<Step> {
    let range = |range: &Option<String>, problems: &mut Vec<Remark>| match range {
        None => Some(None),
        Some(text) => note(problems, "duration", Range::read(text)).map(Some),
    };
    let change = match act {
        LifetimeAct::Extend(end) => LifetimeChange::Extend(read_new_end(end, problems)?),
        LifetimeAct::Shorten(end) => LifetimeChange::Shorten(read_new_end(end, problems)?),
        LifetimeAct::EndNow => LifetimeChange::EndNow,
        LifetimeAct::Restart(text) => LifetimeChange::Restart(range(text, problems)?),
        LifetimeAct::Renew(text) => LifetimeChange::Renew(range(text, problems)?),
        LifetimeAct::MakePermanent => LifetimeChange::MakePermanent,
        LifetimeAct::Remove => return Some(Step::Remove),
    };
    Some(Step::Change(change))
}

fn read_new_end(end: &EndDraft, problems: &mut Vec<Remark>) -> Option<NewEnd> {
    match end {
        EndDraft::By(text) => note(problems, "duration", Span::read(text)).map(NewEnd::By),
        EndDraft::In(text) => note(problems, "duration", Span::read(text)).map(NewEnd::In),
        EndDraft::At(text) => read_end(text, problems).map(NewEnd::At),
    }
}

/// The members that have what is meant at `at`, each once.
fn members(
    snapshot: &Snapshot,
    targets: &Targets,
    at: DateTime<Utc>,
) -> Result<Vec<MemberId>, StoreError> {
    let grants = match targets {
        Targets::Members { selection, .. } => return selection.ids(snapshot, at),
        Targets::Grants(grants) => grants,
    };
    let mut seen = BTreeSet::new();
    let mut members = Vec::new();
    for grant in grants {
        let member = match grant {
            GrantRef::Privilege(id) => snapshot.privilege(id)?.map(|it| it.member),
            GrantRef::Assignment(id) => snapshot.assignment(id)?.map(|it| it.member),
        };
        members.extend(member.filter(|member| seen.insert(member.clone())));
    }
    Ok(members)
}

/// Whether `grant`, which counts as long as `lifetime`, is one of those that `request` is about.
fn is_meant(
    request: &LifetimeRequest,
    grant: &GrantRef,
    lifetime: &Lifetime,
    at: DateTime<Utc>,
) -> bool {
    let (privileges, roles) = match &request.targets {
        Targets::Grants(grants) => return grants.contains(grant),
        Targets::Members {
            privileges, roles, ..
        } => (*privileges, *roles),
    };
    let is_kind_meant = match grant {
        GrantRef::Privilege(_) => privileges,
        GrantRef::Assignment(_) => roles,
    };
    let is_for_ended = matches!(request.act, LifetimeAct::Renew(_) | LifetimeAct::Remove);
    is_kind_meant
        && match lifetime.standing(at) {
            Standing::Permanent => false,
            Standing::ActiveUntil(_) => !is_for_ended,
            Standing::Ended(_) | Standing::NeverActive => is_for_ended,
        }
}

/// `outcome` for the assignment `id`, unless its member would be left without a permanent role.
fn keeping_a_permanent_role(
    left: &mut BTreeMap<AssignmentId, Lifetime>,
    id: &AssignmentId,
    outcome: LifetimeOutcome,
) -> LifetimeOutcome {
    let mut after = left.clone();
    match &outcome {
        LifetimeOutcome::Changed(lifetime) => after.insert(id.clone(), lifetime.clone()),
        LifetimeOutcome::Removed => after.remove(id),
        LifetimeOutcome::PassedOver(_) => return outcome,
    };
    // What a server would not take already may become better, or stay as bad.
    if let (Ok(()), Err(refusal)) = (check_roles(left.values()), check_roles(after.values())) {
        return LifetimeOutcome::PassedOver(refusal.into());
    }
    *left = after;
    outcome
}

/// A privilege bears when it was changed.
fn touched(change: ThingChange, now: DateTime<Utc>) -> ThingChange {
    let after = change.after.map(|thing| match thing {
        Thing::Privilege(mut privilege) => {
            privilege.updated_at = now;
            Thing::Privilege(privilege)
        }
        other => other,
    });
    ThingChange { after, ..change }
}

fn deed_name(act: &LifetimeAct) -> &'static str {
    match act {
        LifetimeAct::Extend(_) => "lifetime.extend",
        LifetimeAct::Shorten(_) => "lifetime.shorten",
        LifetimeAct::EndNow => "lifetime.end",
        LifetimeAct::Restart(_) => "lifetime.restart",
        LifetimeAct::Renew(_) => "lifetime.renew",
        LifetimeAct::MakePermanent => "lifetime.makePermanent",
        LifetimeAct::Remove => "lifetime.remove",
    }
}

/// The name of what was changed, or how much of it: `3 privileges, 1 role · 2 members`.
fn title(changed: &[&LifetimeRow], members: usize) -> String {
    if let [one] = changed {
        return one.title.clone();
    }
    let privileges = changed
        .iter()
        .filter(|row| matches!(row.grant, GrantRef::Privilege(_)))
        .count();
    let count = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let kinds = [
        count(privileges, "privilege"),
        count(changed.len() - privileges, "role"),
    ];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    format!(
        "{} · {}",
        kinds.join(", "),
        count(members, "member").unwrap_or_default()
    )
}
