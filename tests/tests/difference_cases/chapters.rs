//! The cases, a function for each kind of difference.

use reeve_analysis::{Domain, Form};
use reeve_domain::project::Semantics;
use reeve_policy::assemble::Auth;
use serde_json::{Value, json};

use super::book::{Book, Side, no_value, project, read_value, rule};

/// Writes every chapter.
pub fn write(book: &mut Book) {
    globs(book);
    environments_and_negations(book);
    tags_and_missing_attributes(book);
    forbids(book);
    failures(book);
    legacy_actions(book);
    templates(book);
    profiles(book);
    many_subjects(book);
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
