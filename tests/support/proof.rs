//! Random rule sets over a small world, and every request of that world: what analyses are held to.

use std::collections::HashMap;

use fastrand::Rng;
use reeve_analysis::{
    Answer, Cache, Change, Difference, Domain, Exhaustive, Form, Limit, Reach, Scope, Universe,
};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value as Written};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, outcome};
use reeve_policy::read::value_to_text;
use serde_json::{Map, Value, json};

use crate::judge::compile_list;

const ENVIRONMENTS: [&str; 3] = ["dev", "prod", "qa"];
const PATHS: [&str; 12] = [
    "/", "/a", "/b", "/ab", "/a/a", "/a/b", "/b/a", "/a/b/a", "/ab/b", "/b/a/b", "/x", "/x/y/z",
];
const PATH_GLOBS: [&str; 14] = [
    "/a/**",
    "/a/*",
    "/**",
    "/*",
    "/b/**",
    "/a/*/**",
    "/{a,b}/**",
    "**",
    "*",
    "/a*",
    "/**/b",
    "!/a/**",
    "/[ab]/*",
    "/a/b/**",
];
const NAMES: [&str; 6] = ["A", "AB", "B", "A_KEY", "X", "a.b"];
const NAME_GLOBS: [&str; 6] = ["A*", "*_KEY", "*", "!(A)", "?", "*B*"];
const TAGS: [&str; 3] = ["t", "u", "v"];
const KINDS: [&str; 2] = ["secrets", "dynamic-secrets"];
const SECRET_ACTIONS: [&str; 4] = ["read", "readValue", "describeSecret", "edit"];

/// The world that the rules are about: environments and tags are known, paths and names are open.
pub fn small_world() -> Universe {
    Universe {
        environments: Domain::closed(ENVIRONMENTS),
        tags: Domain::closed(TAGS),
        names: Domain::open(Form::Name, ["X"]),
        ..Universe::of(CatalogueEdition::Current)
    }
}

/// The same with few paths and names, so that every request can be tried.
pub fn closed_world() -> Universe {
    Universe {
        paths: Domain::closed(PATHS),
        names: Domain::closed(NAMES),
        ..small_world()
    }
}

fn pick<'t>(rng: &mut Rng, from: &[&'t str]) -> &'t str {
    from[rng.usize(0..from.len())]
}

fn some(rng: &mut Rng, from: &[&str], most: usize) -> Vec<String> {
    (0..rng.usize(0..=most))
        .map(|_| pick(rng, from).to_owned())
        .collect()
}

fn test_of_text(rng: &mut Rng, values: &[&str], globs: &[&str]) -> Value {
    match rng.usize(0..12) {
        0 | 1 => json!(pick(rng, values)),
        2 => json!({"$eq": pick(rng, values)}),
        3 => json!({"$ne": pick(rng, values)}),
        4 | 5 => json!({"$in": some(rng, values, 3)}),
        6..=8 => json!({"$glob": pick(rng, globs)}),
        9 => json!({"$glob": pick(rng, globs), "$ne": pick(rng, values)}),
        10 => match rng.usize(0..8) {
            0 => json!({}),
            1 => json!({"$eq": "x", "$foo": 1}),
            2 => json!({"$glob": ""}),
            3 => json!({"$glob": 7}),
            4 => json!({"$exists": rng.bool()}),
            5 => json!({"$nin": some(rng, values, 2)}),
            6 => json!({"$glob": "\\\\\\\\"}),
            _ => json!(null),
        },
        _ => json!({"$glob": format!("{}{{{{identity.name}}}}/**", pick(rng, values))}),
    }
}

fn test_of_tags(rng: &mut Rng) -> Value {
    match rng.usize(0..9) {
        0..=4 => json!({"$in": some(rng, &TAGS, 2)}),
        5 | 6 => json!({"$all": some(rng, &TAGS, 2)}),
        7 => json!(pick(rng, &TAGS)),
        _ => match rng.usize(0..4) {
            0 => json!({"$glob": "t*"}),
            1 => json!({"$elemMatch": {"$in": ["t", "u"]}}),
            2 => json!({"$elemMatch": {"$glob": "[tu]"}}),
            _ => json!({"$ne": pick(rng, &TAGS)}),
        },
    }
}

fn test_of_metadata(rng: &mut Rng) -> Value {
    let key = pick(rng, &["k", "l"]);
    let value = some(rng, &["1", "2"], 2);
    match rng.usize(0..4) {
        0 => json!({"$elemMatch": {"key": key, "value": {"$in": value}}}),
        1 => json!({"$elemMatch": {"key": key}}),
        2 => json!({"$elemMatch": {"value": {"$ne": "1"}, "key": {"$glob": "k*"}}}),
        _ => json!({"$elemMatch": {}}),
    }
}

fn conditions(rng: &mut Rng, subject: &str) -> Value {
    let mut object = Map::new();
    let properties: &[&str] = match subject {
        "secrets" => &["environment", "secretPath", "secretName", "secretTags"],
        _ => &["environment", "secretPath", "metadata"],
    };
    for _ in 0..rng.usize(0..4) {
        let property = if rng.usize(0..40) == 0 {
            "colour"
        } else {
            pick(rng, properties)
        };
        let test = match property {
            "environment" => test_of_text(rng, &ENVIRONMENTS, &["*", "p*", "!prod", "{dev,qa}"]),
            "secretPath" => test_of_text(rng, &PATHS, &PATH_GLOBS),
            "secretName" => test_of_text(rng, &NAMES, &NAME_GLOBS),
            "secretTags" => test_of_tags(rng),
            "metadata" => test_of_metadata(rng),
            _ => test_of_text(rng, &["red"], &["r*"]),
        };
        object.insert(property.to_owned(), test);
    }
    Value::Object(object)
}

/// One random rule.
pub fn rule(rng: &mut Rng) -> Value {
    let subject = match rng.usize(0..20) {
        0 => "all",
        1..=3 => KINDS[1],
        _ => KINDS[0],
    };
    let mut actions: Vec<&str> = match subject {
        "dynamic-secrets" => vec!["lease"],
        _ => (0..rng.usize(1..4))
            .map(|_| pick(rng, &SECRET_ACTIONS))
            .collect(),
    };
    if rng.usize(0..15) == 0 {
        actions = vec!["manage"];
    }
    let mut rule = json!({"subject": subject, "action": actions});
    if rng.usize(0..3) == 0 {
        rule["inverted"] = json!(true);
    }
    if rng.usize(0..8) != 0 {
        rule["conditions"] = conditions(rng, subject);
    }
    if rng.usize(0..60) == 0 {
        rule["fields"] = json!(["value"]);
    }
    rule
}

/// Random rules.
pub fn rules(rng: &mut Rng, most: usize) -> Vec<Value> {
    (0..rng.usize(0..=most)).map(|_| rule(rng)).collect()
}

/// Random rules without templates, about which more can be proven as they are written.
pub fn plain_rules(rng: &mut Rng, most: usize) -> Vec<Value> {
    let mut rules = rules(rng, most);
    rules.retain(|rule| !rule.to_string().contains("{{"));
    rules
}

/// The same rules with some changed, dropped, added or moved.
pub fn edited(rng: &mut Rng, rules: &[Value]) -> Vec<Value> {
    let mut rules = rules.to_vec();
    for _ in 0..rng.usize(1..3) {
        let at = rng.usize(0..=rules.len());
        match rng.usize(0..4) {
            0 => rules.insert(at, rule(rng)),
            1 if at < rules.len() => drop(rules.remove(at)),
            2 if at < rules.len() => {
                let new = rule(rng);
                rules[at]["conditions"] = new["conditions"].clone();
            }
            _ if rules.len() > 1 => {
                let other = rng.usize(0..rules.len());
                let at = at.min(rules.len() - 1);
                rules.swap(at, other);
            }
            _ => {}
        }
    }
    rules
}

/// Either of the two ways in which servers order rules.
pub fn semantics(rng: &mut Rng) -> Semantics {
    if rng.bool() {
        Semantics::ForbidWins
    } else {
        Semantics::LastMatch
    }
}

/// Every request about secrets and dynamic secrets that can be made of the values of the small
/// world and lies in `universe`.
pub fn requests(universe: &Universe) -> Vec<AccessRequest> {
    let mut requests = Vec::new();
    for subject in KINDS {
        let actions: &[&str] = if subject == "secrets" {
            &["read", "readValue", "describeSecret", "edit", "manage"]
        } else {
            &["lease"]
        };
        let things = things(subject);
        for action in actions {
            let request = |attributes| AccessRequest {
                subject: Subject::from(subject),
                action: Action::from(*action),
                attributes,
            };
            requests.push(request(Attributes::Bare));
            requests.extend(
                things
                    .iter()
                    .map(|thing| request(Attributes::Of(thing.clone())))
                    .filter(|request| universe.contains(request)),
            );
        }
    }
    requests
}

fn things(subject: &str) -> Vec<Object> {
    let mut things = vec![Object::new()];
    let extend = |things: &[Object], name: &str, values: &[Option<Written>]| -> Vec<Object> {
        let mut extended = Vec::new();
        for thing in things {
            for value in values {
                let mut more = thing.clone();
                if let Some(value) = value {
                    more.set(name, value.clone());
                }
                extended.push(more);
            }
        }
        extended
    };
    let texts = |texts: &[&str]| -> Vec<Option<Written>> {
        texts
            .iter()
            .map(|text| Some(Written::text(*text)))
            .collect()
    };
    things = extend(&things, "environment", &texts(&ENVIRONMENTS));
    things = extend(&things, "secretPath", &texts(&PATHS));
    if subject == "secrets" {
        let mut names = texts(&NAMES);
        names.push(None);
        let mut tags: Vec<Option<Written>> = (0..8)
            .map(|set| {
                let tags = TAGS.iter().enumerate();
                let chosen = tags.filter(|(at, _)| set & (1 << at) != 0);
                Some(Written::texts(chosen.map(|(_, tag)| *tag)))
            })
            .collect();
        tags.push(None);
        things = extend(&things, "secretName", &names);
        return extend(&things, "secretTags", &tags);
    }
    let element = |key: &str, value: &str| {
        let members = [("key", Written::text(key)), ("value", Written::text(value))];
        Written::Object(members.into_iter().collect())
    };
    let pool = [
        element("k", "1"),
        element("k", "2"),
        element("l", "1"),
        element("m", "3"),
    ];
    let mut lists: Vec<Option<Written>> = (0..16)
        .map(|set| {
            let items = pool.iter().enumerate();
            let chosen = items.filter(|(at, _)| set & (1 << at) != 0);
            Some(Written::List(
                chosen.map(|(_, item)| item.clone()).collect(),
            ))
        })
        .collect();
    lists.push(None);
    extend(&things, "metadata", &lists)
}

/// What the tests know about the world: its requests, and what was made for earlier comparisons.
pub struct World {
    /// The universe.
    pub universe: Universe,
    /// Requests of it; all of them if everything in it is listed.
    pub requests: Vec<AccessRequest>,
    cache: Cache,
}

impl World {
    /// A world to hold analyses to.
    pub fn new(universe: Universe) -> Self {
        Self {
            requests: requests(&universe),
            universe,
            cache: Cache::new(),
        }
    }

    /// The scope of an analysis of this world.
    pub fn scope(&self) -> Scope<'_> {
        Scope::new(&self.universe, &self.cache)
    }

    /// Compares two sets and holds the answer to every request of one part in `parts`, which is
    /// another part for another `turn`.
    #[track_caller]
    pub fn compare(
        &self,
        before: &CompiledRules,
        after: &CompiledRules,
        (turn, parts): (usize, usize),
    ) -> Difference {
        let difference =
            reeve_analysis::difference(before, after, &self.scope()).expect("nobody cancels");
        assert!(
            is_whole(&difference.exhaustive),
            "{:?}",
            difference.exhaustive
        );
        let mut told: Vec<Told<'_>> = difference.changes.iter().map(Told::new).collect();
        for request in self.requests.iter().skip(turn % parts).step_by(parts) {
            let real: (Answer, Answer) = (
                outcome(before, request).into(),
                outcome(after, request).into(),
            );
            let mut is_told = false;
            for told in &mut told {
                if !told.covers(request) {
                    continue;
                }
                let change = told.change;
                assert_eq!(
                    (change.before, change.after),
                    real,
                    "wrongly told: {request:?}"
                );
                is_told = true;
            }
            assert!(
                is_told || real.0 == real.1,
                "not told: {request:?} {real:?}"
            );
        }
        for change in &difference.changes {
            assert!(!change.witnesses.is_empty());
            for witness in &change.witnesses {
                assert!(covers(change, &witness.request), "{witness:?}\n{change:?}");
                assert!(self.universe.contains(&witness.request), "{witness:?}");
                let real = (
                    outcome(before, &witness.request),
                    outcome(after, &witness.request),
                );
                assert_eq!((witness.before, witness.after), real);
                assert_eq!(
                    (real.0.into(), real.1.into()),
                    (change.before, change.after)
                );
            }
        }
        difference
    }

    /// Measures a set and holds the answer to every request of one part in `parts`.
    #[track_caller]
    pub fn measure(&self, rules: &CompiledRules, (turn, parts): (usize, usize)) {
        let extent = reeve_analysis::extent(rules, &self.scope()).expect("nobody cancels");
        assert!(is_whole(&extent.exhaustive), "{:?}", extent.exhaustive);
        let areas: Vec<Change> = extent
            .areas
            .into_iter()
            .map(|area| {
                for example in &area.examples {
                    assert_eq!(Answer::from(outcome(rules, example)), area.answer);
                }
                Change {
                    subject: area.subject,
                    actions: area.actions,
                    before: Answer::Denied,
                    after: area.answer,
                    reach: area.reach,
                    witnesses: Vec::new(),
                }
            })
            .collect();
        let mut told: Vec<Told<'_>> = areas.iter().map(Told::new).collect();
        for request in self.requests.iter().skip(turn % parts).step_by(parts) {
            let real = Answer::from(outcome(rules, request));
            let mut is_told = false;
            for told in &mut told {
                if told.covers(request) {
                    assert_eq!(told.change.after, real, "wrongly told: {request:?}");
                    is_told = true;
                }
            }
            assert!(is_told || real == Answer::Denied, "not told: {request:?}");
        }
    }
}

/// Whether every request was looked at, templates taken for plain text.
fn is_whole(exhaustive: &Exhaustive) -> bool {
    match exhaustive {
        Exhaustive::Yes => true,
        Exhaustive::No(limits) => limits
            .iter()
            .all(|limit| matches!(limit, Limit::Template { .. })),
    }
}

/// A change that remembers which values lie in its regions.
struct Told<'a> {
    change: &'a Change,
    known: HashMap<(&'a str, String), bool>,
}

impl<'a> Told<'a> {
    fn new(change: &'a Change) -> Self {
        Self {
            change,
            known: HashMap::new(),
        }
    }

    fn covers(&mut self, request: &AccessRequest) -> bool {
        let change = self.change;
        if change.subject != request.subject || !change.actions.contains(&request.action) {
            return false;
        }
        let (Reach::Things(region), Attributes::Of(object)) = (&change.reach, &request.attributes)
        else {
            return covers(change, request);
        };
        region.regions.iter().all(|(property, region)| {
            let value = object.get(property.as_str());
            let key = (
                property.as_str(),
                value.map_or_else(String::new, value_to_text),
            );
            *self
                .known
                .entry(key)
                .or_insert_with(|| region.contains(value))
        })
    }
}

/// Whether a change says something about a request.
pub fn covers(change: &Change, request: &AccessRequest) -> bool {
    change.subject == request.subject
        && change.actions.contains(&request.action)
        && match (&change.reach, &request.attributes) {
            (Reach::Everything, _) | (Reach::Bare, Attributes::Bare) => true,
            (Reach::Things(region), Attributes::Of(object)) => region.contains(object),
            _ => false,
        }
}

/// Compiles a list of rules.
pub fn compiled(rules: &[Value], semantics: Semantics) -> CompiledRules {
    compile_list(&Value::Array(rules.to_vec()), semantics)
}

/// How many cases a test tries: as many as it says, or the number in `REEVE_CASES`.
pub fn cases(usual: u64) -> u64 {
    std::env::var("REEVE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(usual)
}
