//! Whom a change touches is held to the differences of everybody, one by one, between what the disk
//! holds before and after the change was really made.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::Utc;
use reeve_analysis::{BlastRadius, Cache, Difference, Impact, Scope, difference, words};
use reeve_app::act_on_members::{Act, ActAnswer};
use reeve_app::blast_radius::{AccessEffect, Environments};
use reeve_app::clock::SystemClock;
use reeve_app::duration::DurationDraft;
use reeve_app::error::DeedError;
use reeve_app::events::{Events, Topic};
use reeve_app::reeve::Reeve;
use reeve_app::role::revision;
use reeve_app::sample::Size;
use reeve_app::save_role::{Refusals, RoleEdits, RoleSaving};
use reeve_app::selection::Selection;
use reeve_app::workspace::{Opening, Status};
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_policy::assemble::{
    ActorFacts, Auth, FolderTier, Grant, Source, Through, assemble_active, folder_rules,
};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::read::rules_from_text;
use reeve_store::access::MemberAccess;
use reeve_store::error::StoreError;
use reeve_store::workspace::Workspace;
use tempfile::TempDir;

struct Deaf;

impl Events for Deaf {
    fn changed(&self, _: &[Topic]) {}
}

struct Project {
    reeve: Reeve,
    path: PathBuf,
    _data: TempDir,
}

impl Project {
    fn sample() -> Self {
        let data = TempDir::new().unwrap();
        let reeve = Reeve::new(data.path(), Arc::new(SystemClock), Arc::new(Deaf));
        reeve.open(&Opening::Sample(Size::Team));
        let Status::Open { path, .. } = reeve.status().unwrap() else {
            panic!("the sample opens");
        };
        Self {
            reeve,
            path,
            _data: data,
        }
    }

    fn accesses(&self) -> Vec<MemberAccess> {
        let workspace = Workspace::open(&self.path).unwrap();
        let read = workspace.reader().read(|snapshot| {
            let ids = snapshot.actors_after(None, 1_000)?;
            snapshot.accesses(&ids)
        });
        read.map_err(|error: StoreError| error.to_string()).unwrap()
    }

    fn role(&self, slug: &str) -> reeve_domain::role::Role {
        let workspace = Workspace::open(&self.path).unwrap();
        let read = workspace
            .reader()
            .read(|snapshot| snapshot.role_by_slug(slug));
        read.map_err(|error: StoreError| error.to_string())
            .unwrap()
            .unwrap_or_else(|| panic!("the sample has the role `{slug}`"))
    }

    fn members(&self, kind: MemberKind) -> Vec<Member> {
        let workspace = Workspace::open(&self.path).unwrap();
        let read = workspace.reader().read(|snapshot| {
            let ids = match kind {
                MemberKind::Group => snapshot.groups_in_order()?,
                _ => snapshot.actors_after(None, 1_000)?,
            };
            snapshot.members(&ids)
        });
        let mut members = read.map_err(|error: StoreError| error.to_string()).unwrap();
        members.retain(|member| member.kind == kind);
        members
    }

    /// How everybody's access differs from `before`, by id, and only for whom it does.
    fn one_by_one(&self, before: &[MemberAccess], at: &AccessEffect) -> BTreeMap<MemberId, String> {
        let universe = self.reeve.universe(&Environments::Open).unwrap();
        let after = self.accesses();
        let cache = Cache::default();
        let scope = Scope::new(&universe, &cache);
        let mut told = BTreeMap::new();
        for old in before {
            let id = &old.member.id;
            let new = after.iter().find(|access| access.member.id == *id);
            if new.is_some_and(|new| new == old) {
                continue;
            }
            let old = compiled(Some(old), at);
            let difference = difference(&old, &compiled(new, at), &scope).unwrap();
            if !difference.is_same() {
                told.insert(id.clone(), telling(&difference));
            }
        }
        told
    }
}

fn compiled(access: Option<&MemberAccess>, at: &AccessEffect) -> CompiledRules {
    let mut grants = Vec::new();
    for held in access.iter().flat_map(|access| &access.roles) {
        let predefined = held.role.rules.is_empty();
        grants.push(Grant {
            source: Source::Role {
                id: held.role.id.clone(),
                slug: held.role.slug.as_str().into(),
                name: held.role.name.as_str().into(),
                through: held.through.as_ref().map(|group| Through {
                    id: group.id.clone(),
                    name: group.name.as_str().into(),
                }),
            },
            lifetime: held.assignment.lifetime.clone(),
            rules: if predefined {
                let known = predefined_role(at.edition, &held.role.slug).unwrap();
                Arc::clone(&known.rules)
            } else {
                rules_from_text(&held.role.rules).unwrap().0.into()
            },
        });
    }
    for privilege in access.iter().flat_map(|access| &access.privileges) {
        grants.push(Grant {
            source: Source::Privilege {
                id: privilege.id.clone(),
                slug: privilege.slug.as_str().into(),
            },
            lifetime: privilege.lifetime.clone(),
            rules: rules_from_text(&privilege.rules).unwrap().0.into(),
        });
    }
    for grant in access.iter().flat_map(|access| &access.folder_grants) {
        let tier = FolderTier::from_wire(&grant.tier).unwrap();
        grants.push(Grant {
            source: Source::Folder {
                id: grant.id.clone(),
                environment: grant.environment.as_str().into(),
                path: grant.path.as_str().into(),
                tier,
            },
            lifetime: grant.lifetime.clone(),
            rules: folder_rules(&grant.environment, &grant.path, tier).into(),
        });
    }
    let member = access.map(|access| &access.member);
    let facts = ActorFacts {
        id: member.map_or_else(|| "".into(), |member| member.id.clone()),
        kind: member.map_or(MemberKind::User, |member| member.kind),
        username: member.map(|m| m.username.clone()).unwrap_or_default(),
        metadata: member.map(|m| m.metadata.clone()).unwrap_or_default(),
        auth: match member.map(|member| member.kind) {
            Some(MemberKind::Identity) => Auth::Unknown,
            _ => Auth::Absent,
        },
    };
    let semantics = reeve_domain::project::Semantics::ForbidWins;
    let assembly = assemble_active(&facts, &grants, semantics, at.at);
    compile(&assembly, &mut CompileCache::new())
}

fn telling(difference: &Difference) -> String {
    let mut lines = vec![words::verdict_of(difference)];
    for change in &difference.changes {
        let line = words::change(change, reeve_domain::project::CatalogueEdition::Current);
        lines.push(format!(
            "{}: {line}",
            words::transition(change.before, change.after)
        ));
    }
    lines.extend(match &difference.exhaustive {
        reeve_analysis::Exhaustive::Yes => Vec::new(),
        reeve_analysis::Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
    });
    lines.join("\n")
}

fn predicted(effect: &AccessEffect) -> BTreeMap<MemberId, String> {
    let mut told = BTreeMap::new();
    for impact in &effect.radius.impacts {
        for actor in &impact.actors {
            let earlier = told.insert(actor.id.clone(), telling(&impact.difference));
            assert_eq!(earlier, None, "{} is told about twice", actor.name);
        }
    }
    told
}

fn ids(members: &[Member]) -> Vec<MemberId> {
    members.iter().map(|member| member.id.clone()).collect()
}

const NARROWED: &str = r#"[
    {"subject": "secrets", "action": ["describeSecret"]},
    {"subject": "secrets", "action": ["readValue"],
     "conditions": {"environment": "dev", "secretPath": {"$glob": "/{{identity.metadata.team}}/**"}}},
    {"subject": "secret-folders", "action": ["create", "edit"]}
]"#;

#[test]
fn an_edited_role_touches_those_whose_access_really_changes() {
    for slug in ["team-scoped", "deployer"] {
        let project = Project::sample();
        let before = project.accesses();
        let role = project.role(slug);
        let effect = project
            .reeve
            .role_effect(&role.id, NARROWED)
            .unwrap()
            .unwrap();
        let effect = AccessEffect {
            edition: effect.edition,
            at: Utc::now(),
            radius: BlastRadius {
                impacts: effect
                    .affected
                    .into_iter()
                    .map(|it| Impact {
                        difference: it.difference,
                        actors: it.members,
                    })
                    .collect(),
                unaffected: Vec::new(),
                compared: effect.compared,
            },
            unreadable: Vec::new(),
        };
        let saved = project.reeve.save_role(&RoleEdits {
            role: role.id.clone(),
            base: revision(&role.rules),
            rules: NARROWED.to_owned(),
            refusals: Refusals::Accepted,
        });
        assert!(matches!(saved, Ok(RoleSaving::Saved { .. })), "{saved:?}");
        let truth = project.one_by_one(&before, &effect);
        assert_eq!(predicted(&effect), truth, "{slug}");
        assert!(truth.len() > 3, "{slug}: {}", truth.len());
        let told: usize = effect.radius.impacts.len();
        let distinct: BTreeSet<&String> = truth.values().collect();
        assert_eq!(told, distinct.len(), "equal differences are told once");
    }
}

/// Does `act` to `to` after asking what it would come to, and holds the answer to what it came to.
/// How many it touched; nothing if it could not be done.
#[track_caller]
fn check(project: &Project, to: &[MemberId], act: &Act) -> Option<usize> {
    let selection = Selection::Members(to.to_vec());
    let before = project.accesses();
    let effect = project
        .reeve
        .act_effect(&selection, act, &|| false)
        .unwrap();
    let ActAnswer::Done { .. } = project.reeve.act_on_members(&selection, act).unwrap() else {
        return None;
    };
    let truth = project.one_by_one(&before, &effect);
    assert_eq!(predicted(&effect), truth, "{act:?}");
    Some(truth.len())
}

#[test]
fn a_role_given_to_groups_or_taken_from_them_touches_their_members() {
    let project = Project::sample();
    let groups = ids(&project.members(MemberKind::Group));
    let role = project.role("payments-reader").id;
    let give = Act::AddRole {
        role: role.clone(),
        duration: DurationDraft::Permanent,
    };
    let given = check(&project, &groups, &give);
    assert!(given.is_some_and(|touched| touched > 3), "{given:?}");
    let taken = check(&project, &groups, &Act::RemoveRole { role });
    assert!(taken.is_some_and(|touched| touched > 3), "{taken:?}");
}

#[test]
fn a_role_given_to_members_touches_those_who_gain_by_it() {
    let project = Project::sample();
    let users = ids(&project.members(MemberKind::User)).split_off(40);
    let give = Act::AddRole {
        role: project.role("metrics-reader").id,
        duration: DurationDraft::Timed("1h".into()),
    };
    let touched = check(&project, &users, &give);
    assert!(touched.is_some_and(|touched| touched > 0), "{touched:?}");
}

#[test]
fn coming_into_a_group_and_leaving_it_is_told() {
    let project = Project::sample();
    let users = ids(&project.members(MemberKind::User));
    let mut touched = 0;
    for group in ids(&project.members(MemberKind::Group)).split_off(4) {
        let join = Act::AddToGroup {
            group: group.clone(),
        };
        touched += check(&project, &users[..8], &join).unwrap_or_default();
        let leave = Act::RemoveFromGroup { group };
        touched += check(&project, &users[4..12], &leave).unwrap_or_default();
    }
    assert!(touched > 0, "{touched}");
}

#[test]
fn removed_members_lose_everything_they_could_do() {
    let project = Project::sample();
    let everybody = ids(&project.members(MemberKind::User));
    let groups = ids(&project.members(MemberKind::Group));
    let touched = check(&project, &everybody[1..8], &Act::Remove);
    assert!(touched.is_some_and(|touched| touched > 5), "{touched:?}");
    let touched = check(&project, &groups[..2], &Act::Remove);
    assert!(touched.is_some_and(|touched| touched > 0), "{touched:?}");
}

#[test]
fn asking_changes_nothing_and_can_be_ended() {
    let project = Project::sample();
    let before = project.accesses();
    let users = Selection::Members(ids(&project.members(MemberKind::User)));
    let ended = project.reeve.act_effect(&users, &Act::Remove, &|| true);
    assert!(matches!(ended, Err(DeedError::Superseded)), "{ended:?}");
    let asked = Cell::new(0);
    let ends_at = |count: u32| {
        asked.set(0);
        let cancelled = || {
            asked.set(asked.get() + 1);
            asked.get() > count
        };
        let effect = project.reeve.act_effect(&users, &Act::Remove, &cancelled);
        matches!(effect, Err(DeedError::Superseded))
    };
    assert!(!ends_at(u32::MAX));
    assert!(!ends_at(u32::MAX), "again, with what the first time made");
    let in_all = asked.get();
    assert!(in_all > 100, "{in_all}");
    for count in [1, in_all / 3, in_all - 1] {
        assert!(ends_at(count), "{count} of {in_all}");
        assert_eq!(asked.get(), count + 1, "it ends at once");
    }
    let role = project.role("deployer");
    let same = project.reeve.role_effect(&role.id, &role.rules).unwrap();
    assert!(same.is_some_and(|same| same.role.is_same() && same.affected.is_empty()));
    assert_eq!(project.accesses(), before);
}
