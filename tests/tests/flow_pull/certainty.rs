//! What a map and a comparison call certain is exactly what a check of the same is certain of.

use std::path::Path;
use std::sync::Arc;

use reeve_analysis::Reach;
use reeve_app::access_map::{AccessMap, MapAnswer, MapDoubt};
use reeve_app::clock::SystemClock;
use reeve_app::compare::{Compared, Comparison};
use reeve_app::events::{Events, Topic};
use reeve_app::reeve::Reeve;
use reeve_app::simulate::{Answer, Place, Question, Verdict, What, When};
use reeve_app::workspace::{Opening, Status};
use reeve_domain::id::MemberId;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value as Written};
use reeve_policy::operation::Situation;
use reeve_tests::infisical::world::{FolderAccess, World};
use reeve_tests::infisical::{Infisical, new_id};
use reeve_tests::linked::Linked;
use serde_json::json;
use tempfile::TempDir;

struct Deaf;

impl Events for Deaf {
    fn changed(&self, _: &[Topic]) {}
}

const ACTIONS: [&str; 3] = ["readValue", "describeSecret", "delete"];
const SEMANTICS: [Semantics; 2] = [Semantics::ForbidWins, Semantics::LastMatch];

/// Names and tags that the rules tell apart, and some that they do not.
const THINGS: [(&str, &[&str]); 4] = [
    ("API_KEY", &[]),
    ("API_KEY", &["pci"]),
    ("PUBLIC_URL", &["team-payments"]),
    ("OTHER", &["pci", "elsewhere"]),
];

/// A workspace in which something is hidden, opened beside the session that pulled it.
struct Hidden {
    linked: Linked,
    reeve: Reeve,
    _data: TempDir,
}

impl Hidden {
    /// Pulls as a machine identity, hides by `hide`, and pulls again.
    fn after(hide: impl FnOnce(&mut World)) -> Self {
        Self::from(Linked::as_admin, hide)
    }

    fn from(pulling: impl FnOnce(&Infisical) -> Linked, hide: impl FnOnce(&mut World)) -> Self {
        let server = Infisical::start();
        write_rules(&mut server.world());
        let linked = pulling(&server);
        hide(&mut server.world());
        linked.pull();
        let data = TempDir::new().unwrap();
        let reeve = Reeve::new(data.path(), Arc::new(SystemClock), Arc::new(Deaf));
        open(&reeve, &linked.file());
        Self {
            linked,
            reeve,
            _data: data,
        }
    }

    fn about(&self, name: &str, semantics: Semantics) -> Question {
        let member = MemberId::new(self.linked.session.member(name));
        let what = What::Operation(String::new());
        Question {
            semantics: Some(semantics),
            ..Question::about(member, what, Place::default(), When::Now)
        }
    }

    fn check(&self, about: &Question, probe: &Probe<'_>) -> Verdict {
        let question = Question {
            what: What::Action(Subject::from("secrets"), Action::from(probe.action)),
            place: probe.place(),
            ..about.clone()
        };
        match self.reeve.simulate(&question).unwrap() {
            Answer::Decided(verdict) => *verdict,
            Answer::Incomplete(problems) => panic!("{problems:?}"),
        }
    }

    fn map(&self, about: &Question) -> AccessMap {
        match self.reeve.access_map(about, &Subject::from("secrets")) {
            Ok(MapAnswer::Mapped(map)) => *map,
            other => panic!("{other:?}"),
        }
    }

    fn compared(&self, left: &Question, right: &Question) -> Compared {
        match self.reeve.compare(left, right) {
            Ok(Comparison::Compared(compared)) => *compared,
            other => panic!("{other:?}"),
        }
    }
}

fn open(reeve: &Reeve, path: &Path) {
    reeve.open(&Opening::Visit(path.to_owned()));
    let status = reeve.status().unwrap();
    assert!(matches!(status, Status::Open { .. }), "{}", path.display());
}

/// Rules on places, names and tags, with templates on metadata in Allows and Forbids.
fn write_rules(world: &mut World) {
    for identity in &mut world.identities {
        identity["identity"]["metadata"] =
            json!([{"id": new_id(), "key": "team", "value": "payments"}]);
    }
    for role in &mut world.roles {
        role["permissions"] = json!([
            {"subject": "secrets", "action": ["describeSecret", "readValue"],
             "conditions": {"environment": {"$in": ["dev", "staging"]}}},
            {"subject": "secrets", "action": ["readValue"],
             "conditions": {"environment": {"$eq": "prod"},
                            "secretPath": {"$glob": "/{{identity.metadata.team}}/**"}}},
            {"subject": "secrets", "action": ["readValue", "delete"], "inverted": true,
             "conditions": {"environment": {"$eq": "dev"},
                            "secretTags": {"$in": ["team-{{identity.metadata.team}}"]}}},
            {"subject": "secrets", "action": ["readValue"], "inverted": true,
             "conditions": {"secretPath": {"$glob": "/app/**"}, "secretTags": {"$in": ["pci"]}}},
        ]);
    }
}

struct Probe<'a> {
    action: &'a str,
    environment: &'a str,
    path: &'a str,
    name: &'a str,
    tags: &'a [&'a str],
}

impl Probe<'_> {
    fn place(&self) -> Place {
        let situation = Situation {
            environment: Some(self.environment.into()),
            secret_path: Some(self.path.into()),
            secret_name: Some(self.name.into()),
            secret_tags: Some(self.tags.iter().map(|tag| (*tag).into()).collect()),
            ..Situation::default()
        };
        Place {
            situation,
            ..Place::default()
        }
    }

    fn attributes(&self) -> Object {
        [
            ("environment", Written::text(self.environment)),
            ("secretPath", Written::text(self.path)),
            ("secretName", Written::text(self.name)),
            ("secretTags", Written::texts(self.tags.iter().copied())),
        ]
        .into_iter()
        .collect()
    }
}

/// How a cell of the map stands beside the checks in it.
#[derive(Default)]
struct Tally {
    certain: usize,
    partly: usize,
    uncertain: usize,
}

fn check_map(hidden: &Hidden, name: &str, semantics: Semantics) -> Tally {
    let about = hidden.about(name, semantics);
    let map = hidden.map(&about);
    // The rules of a group are looked at as they are written.
    assert!(
        map.limits.is_empty() || name == "Platform team",
        "{:?}",
        map.limits
    );
    let mut tally = Tally::default();
    let mut doubted = 0;
    for region in &map.regions {
        let paths = [Some(&region.example), region.folders.last()];
        for (environment, cell) in map.environments.iter().zip(&region.cells) {
            doubted += cell.access.doubts.len();
            let environment = environment.as_deref().unwrap_or("another-environment");
            for action in ACTIONS {
                let is_meant = |doubt: &&MapDoubt| doubt.action.as_str() == action;
                let doubt = cell.access.doubts.iter().find(is_meant);
                let mut unsure = 0;
                let mut count = 0;
                for path in paths.into_iter().flatten() {
                    for (name, tags) in THINGS {
                        let probe = Probe {
                            action,
                            environment,
                            path,
                            name,
                            tags,
                        };
                        let verdict = hidden.check(&about, &probe);
                        unsure += usize::from(!verdict.unseen.is_empty());
                        count += 1;
                    }
                }
                let at = format!(
                    "{name} {semantics:?} {action} {environment}:{}",
                    region.example
                );
                match doubt {
                    None => assert_eq!(unsure, 0, "{at} is certain"),
                    Some(doubt) if doubt.cases.is_empty() => {
                        assert_eq!(unsure, count, "{at} is not");
                    }
                    Some(doubt) => {
                        assert!(0 < unsure && unsure < count, "{at}: {:?}", doubt.cases);
                    }
                }
                match doubt {
                    None => tally.certain += 1,
                    Some(doubt) if doubt.cases.is_empty() => tally.uncertain += 1,
                    Some(_) => tally.partly += 1,
                }
            }
        }
    }
    assert_eq!(map.unseen.is_empty(), doubted == 0, "{name} {semantics:?}");
    tally
}

/// Gives how many differences are certain on both sides, and how many are not.
fn check_comparison(hidden: &Hidden, names: [&str; 2], semantics: Semantics) -> (usize, usize) {
    let [left, right] = names.map(|name| hidden.about(name, semantics));
    let compared = hidden.compared(&left, &right);
    assert!(compared.difference.exhaustive.is_yes());
    let (mut certain, mut uncertain) = (0, 0);
    for environment in ["dev", "staging", "prod", "another-environment"] {
        for path in [
            "/",
            "/app",
            "/app/db",
            "/payments",
            "/payments/eu",
            "/shared",
        ] {
            for (action, (name, tags)) in ACTIONS
                .iter()
                .flat_map(|action| THINGS.map(|thing| (*action, thing)))
            {
                let probe = Probe {
                    action,
                    environment,
                    path,
                    name,
                    tags,
                };
                let verdicts = [&left, &right].map(|about| hidden.check(about, &probe));
                let checked = verdicts.each_ref().map(|verdict| verdict.unseen.is_empty());
                let at = format!(
                    "{names:?} {semantics:?} {action} {environment}:{path} {name} {tags:?}"
                );
                for (side, is_certain) in compared.sides.iter().zip(checked) {
                    assert!(is_certain || !side.unseen.is_empty(), "{at}");
                }
                let [one, other] = verdicts.each_ref().map(|verdict| verdict.decided.outcome());
                match change_at(&compared, &probe) {
                    Some(told) => {
                        assert_eq!(told, checked, "{at}");
                        assert_ne!(one, other, "{at}");
                        if checked == [true, true] {
                            certain += 1;
                        } else {
                            uncertain += 1;
                        }
                    }
                    None => assert_eq!(one, other, "{at}"),
                }
            }
        }
    }
    (certain, uncertain)
}

/// How certain each side is at `probe`, if it is in a difference.
fn change_at(compared: &Compared, probe: &Probe<'_>) -> Option<[bool; 2]> {
    let attributes = probe.attributes();
    let changes = compared.difference.changes.iter().zip(&compared.certain);
    let found = changes.filter(|(change, _)| {
        change.subject.as_str() == "secrets"
            && change
                .actions
                .iter()
                .any(|action| action.as_str() == probe.action)
            && match &change.reach {
                Reach::Bare => false,
                Reach::Things(region) => region.contains(&attributes),
                Reach::Everything => true,
            }
    });
    let found: Vec<[bool; 2]> = found.map(|(_, certain)| *certain).collect();
    assert!(found.windows(2).all(|pair| pair[0] == pair[1]));
    found.first().copied()
}

#[test]
fn hidden_privileges_of_users_cloud_users_and_nobody_else() {
    let hidden = Hidden::after(|world| world.missing_routes = vec!["permissions/audit"]);
    for semantics in SEMANTICS {
        let alice = check_map(&hidden, "alice@example.test", semantics);
        assert!(alice.uncertain > 0);
        let reader = check_map(&hidden, "app-reader", semantics);
        assert!(reader.certain > 0);
        assert_eq!((reader.partly, reader.uncertain), (0, 0));
        check_map(&hidden, "Platform team", semantics);
        let (certain, uncertain) =
            check_comparison(&hidden, ["app-reader", "alice@example.test"], semantics);
        assert!(uncertain > 0, "{certain}");
        let (_, uncertain) = check_comparison(&hidden, ["app-reader", "ci-deployer"], semantics);
        assert_eq!(uncertain, 0);
    }
    // A Forbid that is known stands where Forbids win.
    let alice = check_map(&hidden, "alice@example.test", Semantics::ForbidWins);
    assert!(alice.certain + alice.partly > 0);
}

#[test]
fn hidden_metadata_clouds_only_what_its_templates_reach() {
    const READERS_OWN: &str = "memberships/identities/3795fa04-07bf-4b5a-ae39-767e70918891";
    let hidden = Hidden::after(|world| world.missing_routes = vec![READERS_OWN]);
    for semantics in SEMANTICS {
        let reader = check_map(&hidden, "app-reader", semantics);
        assert!(reader.certain > 0 && reader.uncertain + reader.partly > 0);
        assert!(reader.partly > 0, "tags tell apart what is certain");
        let deployer = check_map(&hidden, "ci-deployer", semantics);
        assert_eq!((deployer.partly, deployer.uncertain), (0, 0));
        check_comparison(&hidden, ["ci-deployer", "app-reader"], semantics);
    }
}

#[test]
fn a_role_that_nobody_lists_clouds_who_has_it() {
    let hidden = Hidden::after(|world| {
        world.roles.retain(|role| role["slug"] != "deployer-role");
    });
    for semantics in SEMANTICS {
        let deployer = check_map(&hidden, "ci-deployer", semantics);
        assert!(deployer.uncertain > 0);
        let reader = check_map(&hidden, "app-reader", semantics);
        assert_eq!((reader.partly, reader.uncertain), (0, 0));
        check_comparison(&hidden, ["app-reader", "ci-deployer"], semantics);
    }
}

#[test]
fn hidden_folder_grants_cloud_everybody_who_may_have_some() {
    let hidden = Hidden::from(Linked::as_user, |world| {
        world.folder_access = FolderAccess::Denied;
    });
    // A server that reads rules in order has no folder grants.
    let older = check_map(&hidden, "app-reader", Semantics::LastMatch);
    assert_eq!((older.partly, older.uncertain), (0, 0));
    let semantics = Semantics::ForbidWins;
    let reader = check_map(&hidden, "app-reader", semantics);
    assert!(reader.uncertain + reader.partly > 0);
    let admin = check_map(&hidden, "oracle-admin", semantics);
    assert_eq!((admin.partly, admin.uncertain), (0, 0));
    let (_, uncertain) = check_comparison(&hidden, ["oracle-admin", "app-reader"], semantics);
    assert!(uncertain > 0);
}
