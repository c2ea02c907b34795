//! Differences of meaning as people read them, held word for word to the texts in `tests/cases`.
//!
//! `REEVE_WRITE_CASES=1` writes the texts anew; read them before they are committed.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_analysis::{Cache, Domain, Form, Scope, Universe, difference, words};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Folder, Semantics};
use reeve_policy::assemble::{Assembly, Auth, Grant, Source, assemble_active, assemble_as_written};
use reeve_policy::catalogue::predefined_roles;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_tests::judge::{ad_hoc, nobody};
use serde_json::{Value, json};

const EDITION: CatalogueEdition = CatalogueEdition::Current;

/// A project as people have it.
fn project() -> Universe {
    let folder = |environment: &str, path: &str| Folder {
        environment: environment.into(),
        path: path.to_owned(),
    };
    Universe {
        environments: Domain::closed(["dev", "staging", "prod"]),
        tags: Domain::open(Form::Slug, ["pci", "internal"]),
        names: Domain::open(Form::Name, ["STRIPE_KEY", "DB_URL"]),
        folders: vec![
            folder("dev", "/app"),
            folder("dev", "/app/web"),
            folder("prod", "/app"),
            folder("prod", "/payments"),
            folder("prod", "/payments/stripe"),
        ],
        ..Universe::of(EDITION)
    }
}

/// One set of rules, and how they are taken.
struct Side {
    rules: Value,
    semantics: Semantics,
    /// Who holds them; templates are left as written if nobody.
    holder: Option<(&'static [(&'static str, &'static str)], Auth)>,
}

impl Side {
    fn of(rules: Value) -> Self {
        Self {
            rules,
            semantics: Semantics::ForbidWins,
            holder: None,
        }
    }

    fn compiled(&self) -> CompiledRules {
        let grants = [ad_hoc("rules", &self.rules)];
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let assembly = match &self.holder {
            None => assemble_as_written(&grants, self.semantics, at),
            Some((metadata, auth)) => {
                let mut actor = nobody();
                actor.metadata = metadata
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                    .collect();
                actor.auth = auth.clone();
                assemble_active(&actor, &grants, self.semantics, at)
            }
        };
        compiled(&assembly)
    }

    fn written(&self) -> String {
        let mut text = String::new();
        for rule in self.rules.as_array().into_iter().flatten() {
            writeln!(text, "    {rule}").unwrap();
        }
        text
    }
}

fn compiled(assembly: &Assembly) -> CompiledRules {
    compile(assembly, &mut CompileCache::new())
}

/// A rule: "allow" or "forbid", actions, a subject and conditions.
fn rule(effect: &str, actions: &[&str], subject: &str, conditions: Value) -> Value {
    let mut rule = json!({"subject": subject, "action": actions});
    if effect == "forbid" {
        rule["inverted"] = json!(true);
    }
    if !conditions.is_null() {
        rule["conditions"] = conditions;
    }
    rule
}

fn read_value(conditions: Value) -> Value {
    rule("allow", &["readValue"], "secrets", conditions)
}

fn no_value(conditions: Value) -> Value {
    rule("forbid", &["readValue"], "secrets", conditions)
}

fn told(before: &CompiledRules, after: &CompiledRules, universe: &Universe) -> String {
    let cache = Cache::new();
    let difference = difference(before, after, &Scope::new(universe, &cache)).unwrap();
    let report = words::report(&difference, EDITION);
    let mut text = format!("{}\n", report.verdict);
    for line in report.lines() {
        writeln!(text, "{line}").unwrap();
    }
    for limit in &report.limits {
        writeln!(text, "not everything was looked at: {limit}").unwrap();
    }
    text
}

#[track_caller]
fn holds(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("cases")
        .join(file);
    if std::env::var_os("REEVE_WRITE_CASES").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (is, should)) in text.lines().zip(expected.lines()).enumerate() {
        assert_eq!(is, should, "{file}, line {}", at + 1);
    }
    assert_eq!(text.lines().count(), expected.lines().count(), "{file}");
}

struct Book {
    text: String,
    universe: Universe,
    count: usize,
}

impl Book {
    fn new() -> Self {
        Self {
            text: String::new(),
            universe: project(),
            count: 0,
        }
    }

    fn case(&mut self, title: &str, before: Value, after: Value) {
        self.sides(title, &Side::of(before), &Side::of(after));
    }

    fn sides(&mut self, title: &str, before: &Side, after: &Side) {
        self.count += 1;
        let told = told(&before.compiled(), &after.compiled(), &self.universe);
        let text = &mut self.text;
        writeln!(text, "## {title}").unwrap();
        write!(text, "  A\n{}  B\n{}", before.written(), after.written()).unwrap();
        writeln!(text, "{told}").unwrap();
    }
}

#[test]
fn differences_read_as_an_admin_would_say_them() {
    let mut book = Book::new();
    globs(&mut book);
    environments_and_negations(&mut book);
    tags_and_missing_attributes(&mut book);
    forbids(&mut book);
    failures(&mut book);
    legacy_actions(&mut book);
    templates(&mut book);
    profiles(&mut book);
    many_subjects(&mut book);
    assert!(book.count >= 25, "{}", book.count);
    holds("differences.txt", &book.text);
}

fn path(test: &Value) -> Value {
    json!([read_value(json!({ "secretPath": test }))])
}

fn glob(pattern: &str) -> Value {
    path(&json!({ "$glob": pattern }))
}

fn globs(book: &mut Book) {
    book.case("one star to two", glob("/app/*"), glob("/app/**"));
    book.case(
        "a folder to all below it",
        path(&json!("/app")),
        glob("/app/**"),
    );
    book.case(
        "two spellings of the same",
        glob("/{app,web}/**"),
        json!([
            read_value(json!({"secretPath": {"$glob": "/app/**"}})),
            read_value(json!({"secretPath": {"$glob": "/web/**"}})),
        ]),
    );
    book.case("a folder left out", glob("/**"), glob("!/payments/**"));
    book.case(
        "the name decides",
        json!([]),
        json!([read_value(
            json!({"environment": "prod", "secretName": {"$glob": "DB_*"}})
        ),]),
    );
    book.case(
        "a moved folder",
        glob("/app/db/**"),
        glob("/app/database/**"),
    );
}

fn environments_and_negations(book: &mut Book) {
    let not_prod = json!([read_value(json!({"environment": {"$ne": "prod"}}))]);
    let others = json!([read_value(
        json!({"environment": {"$in": ["dev", "staging"]}})
    )]);
    book.case(
        "not one environment, or a list of the others",
        not_prod.clone(),
        others.clone(),
    );
    book.universe.environments = Domain::open(Form::Slug, ["dev", "staging", "prod"]);
    book.case("the same, if environments can be added", others, not_prod);
    book.universe = project();
    book.case(
        "one environment more",
        json!([read_value(json!({"environment": {"$in": ["dev"]}}))]),
        json!([read_value(json!({"environment": {"$in": ["dev", "prod"]}}))]),
    );
    book.case(
        "conditions taken away",
        json!([read_value(
            json!({"environment": "dev", "secretPath": {"$glob": "/app/**"}})
        )]),
        json!([read_value(Value::Null)]),
    );
    book.case(
        "a slug that is no environment",
        json!([]),
        json!([read_value(json!({"environment": "nowhere"}))]),
    );
}

fn tags_and_missing_attributes(book: &mut Book) {
    book.case(
        "only what is tagged",
        json!([]),
        json!([read_value(json!({"secretTags": {"$in": ["pci"]}}))]),
    );
    book.case(
        "both tags instead of one of them",
        json!([read_value(
            json!({"secretTags": {"$in": ["pci", "internal"]}})
        )]),
        json!([read_value(
            json!({"secretTags": {"$all": ["pci", "internal"]}})
        )]),
    );
    book.case(
        "anything but tagged",
        json!([read_value(Value::Null)]),
        json!([
            read_value(Value::Null),
            no_value(json!({"secretTags": {"$in": ["pci"]}}))
        ]),
    );
    book.case(
        "describing without a name",
        json!([rule("allow", &["describeSecret"], "secrets", Value::Null)]),
        json!([rule(
            "allow",
            &["describeSecret"],
            "secrets",
            json!({"secretName": {"$ne": "ROOT"}})
        )]),
    );
    book.case(
        "a dynamic secret by its metadata",
        json!([]),
        json!([rule(
            "allow",
            &["lease"],
            "dynamic-secrets",
            json!({
                "environment": "prod",
                "metadata": {"$elemMatch": {"key": "team", "value": "pay"}},
            })
        )]),
    );
}

fn forbids(book: &mut Book) {
    let everything = read_value(Value::Null);
    book.case(
        "a Forbid on one folder",
        json!([everything.clone()]),
        json!([
            everything.clone(),
            no_value(json!({"secretPath": {"$glob": "/payments/**"}}))
        ]),
    );
    book.case(
        "a Forbid with an exception",
        json!([]),
        json!([
            read_value(json!({"environment": "prod", "secretPath": {"$glob": "/payments/**"}})),
            no_value(json!({"secretPath": "/payments/public"})),
        ]),
    );
    book.case(
        "a Forbid on everything",
        json!([everything.clone()]),
        json!([everything.clone(), no_value(Value::Null)]),
    );
    book.case(
        "a Forbid that forbids nothing",
        json!([read_value(json!({"environment": "dev"}))]),
        json!([
            read_value(json!({"environment": "dev"})),
            no_value(json!({"environment": "prod"}))
        ]),
    );
    book.case(
        "one gained, another lost",
        json!([read_value(json!({"environment": "dev"}))]),
        json!([read_value(json!({"environment": "staging"}))]),
    );
}

fn failures(book: &mut Book) {
    book.case(
        "a name is matched where a check names none",
        json!([rule("allow", &["create"], "secret-folders", Value::Null)]),
        json!([
            rule("allow", &["create"], "secret-folders", Value::Null),
            rule(
                "forbid",
                &["create"],
                "secret-folders",
                json!({"secretName": {"$glob": "ROOT*"}})
            ),
        ]),
    );
    book.case(
        "a list of tags is matched by a glob",
        json!([read_value(json!({"secretTags": {"$in": ["pci"]}}))]),
        json!([read_value(json!({"secretTags": {"$glob": "p*"}}))]),
    );
    book.case(
        "a pattern that cannot be followed",
        glob("/app"),
        json!([read_value(json!({"secretPath": {"$glob": "/(a|b)\\1/*"}}))]),
    );
}

fn legacy_actions(book: &mut Book) {
    let on = |action: &str| json!([rule("allow", &[action], "secrets", Value::Null)]);
    book.case(
        "the legacy read or the new actions",
        on("read"),
        json!([rule(
            "allow",
            &["describeSecret", "readValue"],
            "secrets",
            Value::Null
        ),]),
    );
    book.case(
        "a Forbid on a new action covers the legacy one",
        on("read"),
        json!([
            rule("allow", &["read"], "secrets", Value::Null),
            no_value(Value::Null)
        ]),
    );
    book.case(
        "values without names",
        on("describeSecret"),
        on("readValue"),
    );
}

fn templates(book: &mut Book) {
    let team = || {
        json!([read_value(
            json!({"secretPath": {"$glob": "/{{identity.metadata.team}}/**"}})
        )])
    };
    let held = |metadata: &'static [(&str, &str)]| Side {
        holder: Some((metadata, Auth::Absent)),
        ..Side::of(team())
    };
    book.sides(
        "one template, two teams",
        &held(&[("team", "app")]),
        &held(&[("team", "web")]),
    );
    book.sides(
        "a template without its value",
        &held(&[("team", "app")]),
        &held(&[]),
    );
    book.case(
        "templates as they are written",
        team(),
        json!([read_value(json!({"secretPath": {"$glob": "/app/**"}}))]),
    );
    let by_claim = || {
        json!([read_value(
            json!({"environment": "{{identity.auth.oidc.claims.env}}"})
        )])
    };
    let unknown = |rules: Value| Side {
        holder: Some((&[], Auth::Unknown)),
        ..Side::of(rules)
    };
    book.sides(
        "a claim that nobody here knows",
        &unknown(json!([])),
        &unknown(by_claim()),
    );
}

fn profiles(book: &mut Book) {
    let rules = || {
        json!([
            no_value(json!({"environment": "prod"})),
            read_value(json!({"secretPath": {"$glob": "/app/**"}})),
        ])
    };
    let taken = |semantics| Side {
        semantics,
        ..Side::of(rules())
    };
    book.sides(
        "a Forbid in front of an Allow, before and after an upgrade",
        &taken(Semantics::LastMatch),
        &taken(Semantics::ForbidWins),
    );
    let whole = || json!([rule("allow", &["manage"], "all", Value::Null)]);
    book.case(
        "everything, or everything but members",
        whole(),
        json!([
            rule("allow", &["manage"], "all", Value::Null),
            rule(
                "forbid",
                &["create", "edit", "delete"],
                "member",
                Value::Null
            ),
        ]),
    );
}

fn many_subjects(book: &mut Book) {
    let read = |subjects: &[&str]| -> Value {
        subjects
            .iter()
            .map(|subject| rule("allow", &["read"], subject, Value::Null))
            .collect()
    };
    book.case(
        "the same on many subjects",
        json!([]),
        read(&["role", "member", "groups", "tags", "settings", "webhooks"]),
    );
    let place = json!({"environment": "dev"});
    book.case(
        "the same place on several subjects",
        json!([]),
        json!([
            rule(
                "allow",
                &["create", "edit", "delete"],
                "secrets",
                place.clone()
            ),
            rule(
                "allow",
                &["create", "edit", "delete"],
                "secret-folders",
                place.clone()
            ),
            rule(
                "allow",
                &["create", "edit", "delete"],
                "secret-imports",
                place
            ),
        ]),
    );
}

#[test]
fn the_default_roles_differ_as_told() {
    let universe = project();
    let roles: Vec<(&str, CompiledRules)> = predefined_roles(EDITION)
        .iter()
        .map(|role| {
            let grant = Grant {
                source: Source::AdHoc {
                    label: Arc::from(&*role.slug),
                },
                lifetime: Lifetime::Permanent,
                rules: role.rules.clone(),
            };
            let at = DateTime::<Utc>::UNIX_EPOCH;
            let assembly = assemble_as_written(&[grant], Semantics::ForbidWins, at);
            (&*role.slug, compiled(&assembly))
        })
        .collect();
    let mut text = String::new();
    for (a, before) in &roles {
        for (b, after) in roles.iter().filter(|(b, _)| b != a) {
            writeln!(text, "## {a} → {b}").unwrap();
            writeln!(text, "{}", told(before, after, &universe)).unwrap();
        }
    }
    holds("default-roles.txt", &text);
}
