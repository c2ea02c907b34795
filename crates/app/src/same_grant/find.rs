//! Finds privileges that mean the same: first by their rules in one order, then by what they decide
//! in a few places, and what still looks alike by the exact comparison.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reeve_analysis::{Limits, Scope, difference};
use reeve_domain::attributes::Attributes;
use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::{Project, Semantics};
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, outcome};
use reeve_policy::read::{rules_from_text, rules_to_text};
use reeve_store::loose_end::PrivilegeSeat;
use reeve_store::member::MemberRef;
use reeve_store::place::Places;
use reeve_store::snapshot::Snapshot;

use crate::blast_radius::{Environments, project_universe};
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::project;

/// How many grants are listed, those of most members first.
const LISTED: usize = 50;

/// How many folders of each environment are asked about before anything is compared exactly.
const PROBED: usize = 24;

/// How long exact comparisons may take in all. What was not compared stays apart.
const PATIENCE: Duration = Duration::from_secs(3);

/// The same grant on several members, and roles of one member.
#[derive(Debug, Clone)]
pub struct SameGrants {
    /// Privileges that mean the same, those of most members first.
    pub grants: Vec<SameGrant>,
    /// How many such groups there are.
    pub count: usize,
    /// Custom roles that one member has and nobody else.
    pub of_one: Vec<RoleOfOne>,
}

/// Privileges that mean the same.
#[derive(Debug, Clone)]
pub struct SameGrant {
    /// The rules, as JSON text, as most of them are written.
    pub rules: String,
    /// In how many ways they are written.
    pub spellings: usize,
    /// How many members have it.
    pub members: usize,
    /// The privileges with their members.
    pub holders: Vec<GrantHolder>,
}

/// One of the privileges.
#[derive(Debug, Clone)]
pub struct GrantHolder {
    /// The privilege.
    pub privilege: PrivilegeId,
    /// Its slug.
    pub slug: String,
    /// Whose it is.
    pub member: MemberRef,
    /// How long it counts.
    pub lifetime: Lifetime,
}

/// A custom role that one user or identity has, by one assignment of its own, and nobody else.
#[derive(Debug, Clone)]
pub struct RoleOfOne {
    /// The role.
    pub role: Role,
    /// Who has it.
    pub member: MemberRef,
}

/// All privileges with rules that are one list in another order.
struct Class {
    rules: Arc<[Rule]>,
    /// How many privileges have which text.
    texts: BTreeMap<String, usize>,
    seats: Vec<PrivilegeSeat>,
    members: BTreeSet<i64>,
    is_templated: bool,
}

impl Reeve {
    /// Privileges that mean the same on several members, and roles of one member. What has ended and
    /// what an access request granted is left out.
    pub fn same_grants(&self) -> Result<SameGrants, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let places = snapshot.places()?;
            let mut classes = classes(snapshot, &project, now)?;
            self.merge(&mut classes, &project, &places);
            classes.retain(|class| class.members.len() > 1);
            classes.sort_by_key(|class| std::cmp::Reverse(class.members.len()));
            let count = classes.len();
            classes.truncate(LISTED);
            let grants = classes.iter().map(|class| listed(snapshot, class));
            Ok(SameGrants {
                grants: grants.collect::<Result<_, _>>()?,
                count,
                of_one: of_one(snapshot)?,
            })
        })
    }

    /// Puts classes together that mean the same.
    fn merge(&self, classes: &mut [Class], project: &Project, places: &Places) {
        let probes = probes(project, places);
        let mut cache = CompileCache::new();
        let mut alike: HashMap<Vec<bool>, Vec<(usize, CompiledRules)>> = HashMap::new();
        let universe = project_universe(project, places.clone(), &Environments::Open);
        let started = Instant::now();
        let cancelled = || started.elapsed() > PATIENCE;
        let scope = Scope::new(&universe, &self.analysis)
            .within(&Limits::USUAL)
            .cancelled_by(&cancelled);
        let mut into: Vec<(usize, usize)> = Vec::new();
        for (number, class) in classes.iter().enumerate() {
            // What a template stands for differs from member to member.
            if class.is_templated {
                continue;
            }
            let compiled = compiled(&class.rules, project, &mut cache);
            let print = probes
                .iter()
                .map(|request| outcome(&compiled, request).is_allowed())
                .collect();
            let others = alike.entry(print).or_default();
            let same = others.iter().find(|(_, other)| {
                !cancelled()
                    && difference(other, &compiled, &scope).is_ok_and(|found| found.is_same())
            });
            match same {
                Some((first, _)) => into.push((*first, number)),
                None => others.push((number, compiled)),
            }
        }
        for (first, number) in into {
            let Some(class) = classes.get_mut(number) else {
                continue;
            };
            let (texts, seats, members) = (
                std::mem::take(&mut class.texts),
                std::mem::take(&mut class.seats),
                std::mem::take(&mut class.members),
            );
            if let Some(first) = classes.get_mut(first) {
                for (text, count) in texts {
                    *first.texts.entry(text).or_default() += count;
                }
                first.seats.extend(seats);
                first.members.extend(members);
            }
        }
    }
}

/// The privileges that count, by their rules in one order.
fn classes(
    snapshot: &Snapshot,
    project: &Project,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Class>, DeedError> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut by_text: HashMap<Box<str>, Option<usize>> = HashMap::new();
    let mut classes: Vec<Class> = Vec::new();
    snapshot.each_standing_privilege(now, |seat, member, text| {
        let known = by_text.get(text).copied();
        let place = known.unwrap_or_else(|| {
            let rules = rules_from_text(text).ok().map(|(rules, _)| rules);
            let place = rules.map(|rules| {
                let next = classes.len();
                let place = *places.entry(canonical(&rules, project)).or_insert(next);
                if place == next {
                    classes.push(Class {
                        is_templated: text.contains("{{"),
                        rules: rules.into(),
                        texts: BTreeMap::new(),
                        seats: Vec::new(),
                        members: BTreeSet::new(),
                    });
                }
                place
            });
            by_text.insert(text.into(), place);
            place
        });
        if let Some(class) = place.and_then(|place| classes.get_mut(place)) {
            *class.texts.entry(text.to_owned()).or_default() += 1;
            class.seats.push(seat);
            class.members.insert(member);
        }
    })?;
    Ok(classes)
}

/// Rules in one order, where their order does not matter.
fn canonical(rules: &[Rule], project: &Project) -> String {
    let mut lines: Vec<String> = rules
        .iter()
        .map(|rule| {
            let mut actions = rule.actions().to_vec();
            actions.sort_unstable();
            actions.dedup();
            rules_to_text(&[rule.with_actions(&actions)])
        })
        .collect();
    if project.semantics == Semantics::ForbidWins {
        lines.sort_unstable();
        lines.dedup();
    }
    lines.concat()
}

/// The judge with just these rules.
fn compiled(rules: &Arc<[Rule]>, project: &Project, cache: &mut CompileCache) -> CompiledRules {
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from("privilege"),
        },
        lifetime: Lifetime::Permanent,
        rules: Arc::clone(rules),
    };
    let at = chrono::DateTime::UNIX_EPOCH;
    compile(&assemble_as_written(&[grant], project.semantics, at), cache)
}

/// Requests that rules of the same meaning answer alike: every check without attributes, and the
/// values of secrets in some of the folders.
fn probes(project: &Project, places: &Places) -> Vec<AccessRequest> {
    let mut probes = Vec::new();
    for subject in Catalogue::of(project.catalogue).subjects() {
        for action in &subject.actions {
            probes.push(AccessRequest {
                subject: subject.subject.clone(),
                action: action.action.clone(),
                attributes: Attributes::Bare,
            });
        }
    }
    for environment in &places.environments {
        let own: Vec<&str> = places
            .folders
            .iter()
            .filter(|folder| folder.environment == environment.slug)
            .map(|folder| folder.path.as_str())
            .collect();
        let step = own.len() / PROBED + 1;
        for path in own.into_iter().step_by(step).chain(["/"]) {
            for action in ["readValue", "edit"] {
                let mut object = Object::new();
                object.set("environment", Value::text(environment.slug.as_str()));
                object.set("secretPath", Value::text(path));
                object.set("secretName", Value::text("A"));
                probes.push(AccessRequest {
                    subject: "secrets".into(),
                    action: action.into(),
                    attributes: Attributes::Of(object),
                });
            }
        }
    }
    probes
}

fn listed(snapshot: &Snapshot, class: &Class) -> Result<SameGrant, DeedError> {
    let usual = class.texts.iter().max_by_key(|(_, count)| **count);
    let holders = snapshot.privileges_at(&class.seats)?;
    Ok(SameGrant {
        rules: usual.map_or_else(String::new, |(text, _)| text.clone()),
        spellings: class.texts.len(),
        members: class.members.len(),
        holders: holders
            .into_iter()
            .map(|one| GrantHolder {
                privilege: one.id,
                slug: one.slug,
                member: one.member,
                lifetime: one.lifetime,
            })
            .collect(),
    })
}

fn of_one(snapshot: &Snapshot) -> Result<Vec<RoleOfOne>, DeedError> {
    let mut found = Vec::new();
    for row in snapshot.roles()? {
        if row.role.kind == RoleKind::Predefined || row.actor_count != 1 || row.group_count != 0 {
            continue;
        }
        let holders = snapshot.role_holders(&row.role.id, 2)?;
        if let [holder] = holders.as_slice()
            && holder.member.kind != MemberKind::Group
        {
            found.push(RoleOfOne {
                member: holder.member.clone(),
                role: row.role,
            });
        }
    }
    Ok(found)
}
