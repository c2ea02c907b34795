//! Members that are added and changed through the commands of the window, over a real file: what is
//! refused and where, what is kept, and what they can do at all.

use std::collections::BTreeSet;

use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn draft(kind: &str, name: &str) -> Value {
    json!({
        "member": null, "kind": kind, "name": name, "handle": "", "username": "",
        "authMethods": [], "metadata": [], "role": null, "members": [],
    })
}

/// `draft` with some fields written over.
fn with(mut draft: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    draft.as_object_mut().expect("an object").extend(fields);
    draft
}

fn role(session: &Session, slug: &str) -> String {
    let names = session.call("role_names", json!({}));
    let roles = names["roles"].as_array().expect("a list");
    let role = roles.iter().find(|role| role["slug"] == slug);
    role.expect("the sample has it")["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

fn detail(session: &Session, member: &str) -> Value {
    session.call("member_detail", json!({"member": member}))
}

fn saved(session: &Session, draft: &Value) -> (String, Value) {
    let answer = session.call("write_member", draft.clone());
    assert_eq!(answer["outcome"], "saved", "{answer}");
    let member = answer["member"].as_str().expect("an id").to_owned();
    (member, answer)
}

#[track_caller]
fn check_problem(session: &Session, draft: &Value, field: &str, words: &str) {
    let check = session.call("check_member", draft.clone());
    let problems = check["problems"].as_array().expect("a list");
    let at: Vec<&str> = problems
        .iter()
        .filter(|problem| problem["field"] == field)
        .filter_map(|problem| problem["message"].as_str())
        .collect();
    assert!(
        at.iter()
            .any(|message| message.to_lowercase().contains(&words.to_lowercase())),
        "`{words}` is not said at `{field}`: {problems:?}"
    );
    let answer = session.call("write_member", draft.clone());
    assert_eq!(answer["outcome"], "refused");
    assert_eq!(answer["check"], check);
}

#[test]
fn an_identity_is_there_with_its_metadata_and_undo_takes_it_away() {
    let session = Session::on_sample();
    let viewer = role(&session, "viewer");
    let metadata = json!([{"key": "team", "value": "payments"}, {"key": "tier", "value": ""}]);
    let (member, answer) = saved(
        &session,
        &with(
            draft("identity", "  billing-exporter "),
            json!({"authMethods": ["Universal Auth"], "metadata": metadata, "role": viewer}),
        ),
    );
    let is = detail(&session, &member);
    assert_eq!(is["name"], "billing-exporter");
    assert_eq!(is["metadata"], metadata);
    assert_eq!(is["roles"][0]["role"], viewer.as_str());
    assert_eq!(is["roles"][0]["standing"]["state"], "permanent");

    session.call("undo", json!({"history": answer["done"]["history"]}));
    let gone = session.fail("member_detail", json!({"member": member}));
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[test]
fn what_is_wrong_with_a_member_is_said_at_its_field_and_nothing_is_written() {
    let session = Session::on_sample();
    let viewer = json!(role(&session, "viewer"));
    let user = |fields: Value| {
        let whole = json!({"handle": "ann@acme.example", "role": viewer});
        with(with(draft("user", "Ann Lee"), whole), fields)
    };
    for (fields, field, words) in [
        (json!({"name": " \t"}), "name", "give a name"),
        (json!({"name": "a".repeat(256)}), "name", "256 characters"),
        (json!({"name": "a\nb"}), "name", "cannot be seen"),
        (
            json!({"handle": "ann at acme"}),
            "handle",
            "no e-mail address",
        ),
        (
            json!({"handle": "ALICE.LAURENT@acme.example"}),
            "handle",
            "taken by Alice Laurent",
        ),
        (json!({"role": null}), "role", "choose a role"),
        (
            json!({"role": "no-such-role"}),
            "role",
            "does not exist any more",
        ),
        (
            json!({"metadata": [{"key": "a", "value": ""}, {"key": "a", "value": ""}]}),
            "metadata.1.key",
            "the key of line 1",
        ),
        (
            json!({"metadata": [{"key": "", "value": "x"}]}),
            "metadata.0.key",
            "give a key",
        ),
        (
            json!({"metadata": [{"key": "a", "value": "x".repeat(1021)}]}),
            "metadata.0.value",
            "1021 characters",
        ),
    ] {
        check_problem(&session, &user(fields), field, words);
    }
    let whole = user(json!({}));
    let check = session.call("check_member", whole);
    assert_eq!(check, json!({"problems": [], "warnings": []}));
}

#[test]
fn a_group_holds_users_and_identities_of_the_project_each_once() {
    let session = Session::on_sample();
    let (anders, other) = (session.member("Anders Holm"), session.member("payments"));
    let group = |slug: &str, members: Value| {
        let fields = json!({"handle": slug, "members": members, "role": role(&session, "viewer")});
        with(draft("group", "Paiements"), fields)
    };
    let slug = "paiements";
    let taken = detail(&session, &other)["handle"].clone();
    let taken = taken.as_str().expect("a group has a slug");
    check_problem(&session, &group("Paiements!", json!([])), "handle", "");
    check_problem(&session, &group(taken, json!([])), "handle", "is taken by");
    check_problem(
        &session,
        &group(slug, json!([other])),
        "members.0",
        "is a group",
    );
    let twice = json!([anders, anders]);
    check_problem(&session, &group(slug, twice), "members.1", "there already");

    let (id, _) = saved(&session, &group(slug, json!([anders])));
    let roles = detail(&session, &anders)["roles"].clone();
    let through = roles
        .as_array()
        .expect("a list")
        .iter()
        .filter(|role| role["through"]["id"] == id.as_str());
    assert_eq!(through.count(), 1);
}

#[test]
fn a_change_of_a_group_says_who_and_which_group() {
    let session = Session::on_sample();
    let (group, _) = saved(
        &session,
        &with(
            draft("group", "Night shift"),
            json!({"handle": "night-shift", "role": role(&session, "viewer")}),
        ),
    );
    let anders = session.member("Anders Holm");
    let bot = session.member("ci-deployer");
    let act = |kind: &str, members: Value| {
        let answer = session.call(
            "act_on_members",
            json!({"selection": {"kind": "members", "members": members},
                   "act": {"kind": kind, "group": group}}),
        );
        answer["done"].clone()
    };
    let one = act("addToGroup", json!([anders]));
    assert_eq!(
        one["sentence"],
        "Put Anders Holm into the group Night shift"
    );
    let back = session.call("undo", json!({"history": one["history"]}));
    assert_eq!(
        back["sentence"],
        "Took Anders Holm out of the group Night shift again"
    );
    let both = act("addToGroup", json!([anders, bot]));
    assert_eq!(both["sentence"], "Put 2 members into the group Night shift");
    let out = act("removeFromGroup", json!([bot]));
    assert_eq!(
        out["sentence"],
        "Took ci-deployer out of the group Night shift"
    );
}

#[test]
fn a_change_is_one_entry_that_undo_takes_back_and_no_change_is_none() {
    let session = Session::on_sample();
    let member = session.member("Anders Holm");
    let is = detail(&session, &member);
    let same = with(
        draft("user", "Anders Holm"),
        json!({"member": member, "revision": is["revision"], "handle": is["handle"]}),
    );
    assert_eq!(saved(&session, &same).1["done"], Value::Null);
    let (_, answer) = saved(
        &session,
        &with(same.clone(), json!({"name": "Anders Berg"})),
    );
    assert_eq!(detail(&session, &member)["name"], "Anders Berg");
    session.call("undo", json!({"history": answer["done"]["history"]}));
    assert_eq!(detail(&session, &member), is);

    let act =
        json!({"selection": {"kind": "members", "members": [member]}, "act": {"kind": "remove"}});
    session.call("act_on_members", act);
    let gone = session.fail("check_member", same);
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[test]
fn two_changes_of_one_member_that_coincide_do_not_overwrite_each_other() {
    let session = Session::on_sample();
    let member = session.member("Anders Holm");
    let seen = detail(&session, &member);
    let from = |seen: &Value, fields: Value| {
        let known = json!({
            "member": member, "revision": seen["revision"], "handle": seen["handle"],
            "username": seen["username"], "metadata": seen["metadata"],
        });
        with(with(draft("user", "Anders Holm"), known), fields)
    };
    saved(&session, &from(&seen, json!({"name": "Theirs"})));
    let theirs = detail(&session, &member);
    assert_ne!(theirs["revision"], seen["revision"]);

    let mine = json!({"handle": "mine@acme.example"});
    for late in [
        from(&seen, mine.clone()),
        from(&seen, json!({"revision": null})),
    ] {
        let answer = session.call("write_member", late);
        assert_eq!(answer, json!({"outcome": "overtaken"}));
        assert_eq!(detail(&session, &member), theirs);
    }

    saved(
        &session,
        &with(from(&theirs, mine), json!({"name": theirs["name"]})),
    );
    let now = detail(&session, &member);
    assert_eq!(
        (&now["name"], &now["handle"]),
        (&json!("Theirs"), &json!("mine@acme.example"))
    );
    // What a member has is not what it is: a role that is given meanwhile overtakes nobody.
    session.call(
        "act_on_members",
        json!({
            "selection": {"kind": "members", "members": [member]},
            "act": {"kind": "addRole", "role": role(&session, "viewer"), "duration": {"kind": "permanent"}},
        }),
    );
    assert_eq!(detail(&session, &member)["revision"], now["revision"]);
}

#[test]
fn only_the_sole_permanent_role_is_kept_and_the_act_agrees() {
    let session = Session::on_sample();
    let member = session.member("Anders Holm");
    let kept = |session: &Session| {
        let roles = detail(session, &member)["roles"].clone();
        let own = roles.as_array().expect("a list").iter();
        own.filter(|role| role["through"].is_null())
            .map(|role| (role["id"].clone(), role["keptBecause"].clone()))
            .collect::<Vec<_>>()
    };
    let [(assignment, because)] = &kept(&session)[..] else {
        panic!("Anders Holm has one role of his own")
    };
    assert!(
        because
            .as_str()
            .is_some_and(|why| why.contains("permanent"))
    );
    let request = json!({
        "act": {"kind": "remove"}, "reason": "", "seen": null,
        "targets": {"kind": "grants", "grants": [{"what": "role", "id": assignment}]},
    });
    let preview = session.call("preview_change_lifetime", request);
    assert_eq!(preview["changed"], 0, "{preview}");

    let give = json!({
        "selection": {"kind": "members", "members": [member]},
        "act": {"kind": "addRole", "role": role(&session, "viewer"),
                "duration": {"kind": "permanent"}},
    });
    session.call("act_on_members", give);
    assert!(kept(&session).iter().all(|(_, because)| because.is_null()));
}

/// The simulator is another way to the same answers: an action that is allowed everywhere is allowed
/// at a place, and one that nothing grants is not.
#[test]
fn the_matrix_agrees_with_the_simulator_and_names_the_sources() {
    let session = Session::on_sample();
    let member = session.member("Isabella Conti");
    let who = json!({"kind": "member", "member": member});
    let permissions = session.call("effective_permissions", json!({"member": member}));
    let rules = permissions["rules"].as_array().expect("a list");
    let mut seen = BTreeSet::new();
    for subject in permissions["subjects"].as_array().expect("a list") {
        for action in subject["actions"].as_array().expect("a list") {
            let access = action["access"].as_str().expect("a word");
            let expected = match access {
                "allow" => "allowed",
                "none" => "denied",
                _ => continue,
            };
            let what = json!({"kind": "action", "subject": subject["subject"],
                              "action": action["action"]});
            let answer = session.simulate(&who, &what, &place());
            assert_eq!(answer["outcome"], expected, "{what}");
            seen.insert(access.to_owned());
            for place in action["rules"].as_array().expect("a list") {
                let place = usize::try_from(place.as_u64().expect("a place")).expect("small");
                assert!(rules[place]["source"]["name"].is_string());
            }
        }
    }
    assert_eq!(seen.len(), 2);
}

fn place() -> Value {
    json!({"environment": "prod", "secretPath": "/payments/eu", "secretName": "KEY",
           "secretTags": ["pci"], "nothingElse": true})
}

#[test]
fn a_kept_filter_is_renamed_forgotten_and_kept_again_as_it_was() {
    let session = Session::on_sample();
    let keep = |id: Value, name: &str| {
        let request = json!({"id": id, "name": name, "asked": "?kind=user"});
        session.call("save_filter", request)
    };
    let first = keep(Value::Null, "Ends this week")["filter"].clone();
    let again = keep(Value::Null, " ends THIS week ");
    assert_eq!(again["outcome"], "refused");
    assert_eq!(again["problem"]["field"], "name");
    let renamed = keep(first["id"].clone(), "Ends soon")["filter"].clone();
    assert_eq!(renamed["id"], first["id"]);

    let left = session.call("forget_filter", json!({"id": first["id"]}));
    assert_eq!(left, json!({"filters": []}));
    keep(first["id"].clone(), "Ends soon");
    let filters = session.call("saved_filters", json!({}));
    assert_eq!(filters, json!({"filters": [renamed]}));
}
