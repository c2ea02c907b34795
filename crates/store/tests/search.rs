//! Finding members, groups, roles and folders by text.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use proptest::prelude::*;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::{Environment, Folder};
use reeve_domain::role::Role;
use reeve_store::content::Content;
use reeve_store::filter::MemberFilter;
use reeve_store::page::{Direction, MemberQuery, MemberSort, Total};
use support::{Temporary, group, member, query, role, user};

fn searching(text: &str) -> MemberQuery {
    MemberQuery {
        filter: MemberFilter {
            search: Some(text.into()),
            ..MemberFilter::default()
        },
        sort: MemberSort::Relevance,
        ..query()
    }
}

/// A few people, machines and groups that are easily confused.
fn people() -> Temporary {
    let temporary = Temporary::new();
    let with = |id: &str, name: &str, handle: &str, metadata: &[(&str, &str)]| Member {
        handle: handle.into(),
        username: handle.into(),
        metadata: metadata
            .iter()
            .map(|(key, value)| ((*key).into(), (*value).into()))
            .collect(),
        ..user(id, name)
    };
    let members = [
        with(
            "9f1c2a40-77aa-4b1c-8d2e-000000000001",
            "José Ortega",
            "jose.ortega@acme.dev",
            &[],
        ),
        with(
            "u2",
            "Elif Karaca-Villanueva",
            "elif.karaca-villanueva@acme.dev",
            &[("team", "Paiements Équipe")],
        ),
        with("u3", "Ann", "x1@acme.dev", &[]),
        with("u4", "Annabel Lee", "x2@acme.dev", &[]),
        with("u5", "Mary Ann Evans", "x3@acme.dev", &[]),
        with("u6", "Bob Stone", "ann.other@acme.dev", &[]),
        with("u7", "Joanna Roe", "x5@acme.dev", &[]),
        with("u10", "Susanna Fox", "ann.fox@acme.dev", &[]),
        with("u8", "O'Brien \"The Bot\" 100% *_-", "o@b.c", &[]),
        with("u9", "👩‍💻 田中 太郎", "tanaka@acme.dev", &[]),
        member(MemberKind::Identity, "i1", "ann-deployer"),
        group("g1", "annex"),
    ];
    temporary.write(|transaction| {
        members
            .iter()
            .try_for_each(|member| transaction.insert_member(member))
    });
    temporary
}

#[track_caller]
fn finds(temporary: &Temporary, text: &str, expected: &[&str]) {
    assert_eq!(temporary.names(&searching(text)), expected, "{text}");
}

#[test]
fn case_marks_and_punctuation_do_not_count() {
    let temporary = people();
    for text in [
        "José",
        "jose",
        "JOSÉ ortega",
        "ortega, jose",
        "jose.ortega@acme.dev",
        "(jose)",
    ] {
        finds(&temporary, text, &["José Ortega"]);
    }
    finds(&temporary, "equipe paiem", &["Elif Karaca-Villanueva"]);
    finds(&temporary, "o'brien", &["O'Brien \"The Bot\" 100% *_-"]);
}

#[test]
fn a_member_is_found_by_its_id_or_the_beginning_of_it() {
    let temporary = people();
    finds(
        &temporary,
        "9f1c2a40-77aa-4b1c-8d2e-000000000001",
        &["José Ortega"],
    );
    finds(&temporary, "9f1c2", &["José Ortega"]);
    finds(&temporary, "9f", &[]);
}

#[test]
fn the_middle_of_a_word_is_found_in_names_and_handles() {
    let temporary = people();
    finds(&temporary, "anuev", &["Elif Karaca-Villanueva"]);
    finds(&temporary, "rteg", &["José Ortega"]);
    finds(&temporary, "太郎", &["👩‍💻 田中 太郎"]);
    finds(&temporary, "quipe", &[]);
}

#[test]
fn every_word_must_be_found() {
    let temporary = people();
    finds(
        &temporary,
        "elif acme paiements nueva",
        &["Elif Karaca-Villanueva"],
    );
    finds(&temporary, "elif ortega", &[]);
}

#[test]
fn names_come_before_handles_and_beginnings_before_middles() {
    finds(
        &people(),
        "ann",
        &[
            "Ann",
            "ann-deployer",
            "Annabel Lee",
            "annex",
            "Mary Ann Evans",
            "Bob Stone",
            "Susanna Fox",
            "Joanna Roe",
        ],
    );
}

#[test]
fn a_kind_can_be_searched_alone_and_its_word_finds_nothing() {
    let temporary = people();
    let mut identities = searching("ann");
    identities.filter.kind = Some(MemberKind::Identity);
    assert_eq!(temporary.names(&identities), ["ann-deployer"]);
    finds(&temporary, "identity", &[]);
}

#[test]
fn signs_of_the_query_language_are_just_signs() {
    let temporary = people();
    let everybody = temporary.names(&query()).len();
    for text in [
        "", "  ", "*", "\"", "-", "'", "()", "\"\"\"", "{}", "^", "\0", "%_", ":+~",
    ] {
        let found = temporary.names(&searching(text));
        assert_eq!(
            found.len(),
            everybody,
            "`{text}` has no word and filters nothing"
        );
    }
    for text in [
        "name:ann",
        "ann OR bob",
        "NEAR(ann)",
        "ann NOT bob",
        "{name} : ann",
        "ann AND",
    ] {
        finds(&temporary, text, &[]);
    }
    finds(&temporary, "\"ann\" -evans*", &["Mary Ann Evans"]);
    finds(&temporary, "100%", &["O'Brien \"The Bot\" 100% *_-"]);
    finds(&temporary, "👩", &["👩‍💻 田中 太郎"]);
    finds(&temporary, "👩‍💻", &["👩‍💻 田中 太郎"]);
    finds(&temporary, "🚀", &[]);
}

#[test]
fn a_text_of_very_many_words_finds_nothing() {
    let text: Vec<String> = (0..5000).map(|number| format!("w{number}")).collect();
    finds(&people(), &text.join(" "), &[]);
}

#[test]
fn what_a_member_was_is_not_found_any_more() {
    let temporary = people();
    temporary.write(|transaction| transaction.update_member(&user("u3", "Zacharias")));
    finds(&temporary, "zacharias", &["Zacharias"]);
    finds(&temporary, "x1", &[]);
    temporary.write(|transaction| transaction.remove_member(&"u3".into()));
    finds(&temporary, "zacharias", &[]);
}

/// 1500 people called Ann and as many others at the same domain, who come first.
fn crowd() -> Temporary {
    let temporary = Temporary::new();
    let members: Vec<Member> = (0..3000)
        .map(|number| {
            let name = if number < 1500 { "Bob" } else { "Ann" };
            Member {
                handle: format!("p{number}@acme.dev"),
                ..user(&format!("m{number:04}"), &format!("{name} {number:04}"))
            }
        })
        .collect();
    let content = Content {
        members: &members,
        ..Content::default()
    };
    temporary.write(|transaction| transaction.insert_all(&content));
    temporary
}

#[test]
fn more_than_a_thousand_matches_are_not_counted() {
    let temporary = crowd();
    for (text, total) in [
        (
            "acme",
            Total {
                count: 1000,
                exact: false,
            },
        ),
        (
            "ann",
            Total {
                count: 1000,
                exact: false,
            },
        ),
        (
            "a",
            Total {
                count: 1000,
                exact: false,
            },
        ),
        (
            "ann 2005",
            Total {
                count: 1,
                exact: true,
            },
        ),
        (
            "",
            Total {
                count: 3000,
                exact: true,
            },
        ),
    ] {
        let page = temporary.read(|snapshot| snapshot.member_page(&searching(text)));
        assert_eq!(page.total, total, "{text}");
    }
}

#[test]
fn the_best_of_many_matches_come_first() {
    let temporary = crowd();
    for text in ["ann", "a", "an"] {
        let page = MemberQuery {
            limit: 3,
            ..searching(text)
        };
        assert_eq!(
            temporary.names(&page),
            ["Ann 1500", "Ann 1501", "Ann 1502"],
            "{text}"
        );
    }
    let beyond = MemberQuery {
        offset: 990,
        limit: 50,
        ..searching("ann")
    };
    assert_eq!(temporary.names(&beyond).len(), 10);
}

#[test]
fn many_matches_in_another_order_are_the_first_of_all_matches() {
    let temporary = crowd();
    let last = MemberQuery {
        sort: MemberSort::Name,
        direction: Direction::Descending,
        limit: 2,
        ..searching("acme")
    };
    assert_eq!(temporary.names(&last), ["Bob 1499", "Bob 1498"]);
    let far = MemberQuery {
        sort: MemberSort::NextEnd,
        offset: 2999,
        limit: 2,
        ..searching("acme")
    };
    assert_eq!(temporary.names(&far), ["Bob 1499"]);
}

#[test]
fn a_lookup_finds_a_few_of_everything() {
    let temporary = people();
    temporary.write(|transaction| {
        let roles = ["Annotator", "Plain Annex", "Équipe"];
        for (number, name) in roles.into_iter().enumerate() {
            transaction.insert_role(&Role {
                name: name.into(),
                ..role(&number.to_string())
            })?;
        }
        let environment = Environment {
            slug: "prod".into(),
            name: "Production".into(),
        };
        transaction.put_environment(0, &environment)?;
        for path in ["/", "/apps/Annual/reports", "/annual", "/équipe"] {
            let environment = "prod".into();
            transaction.put_folder(&Folder {
                environment,
                path: path.into(),
            })?;
        }
        Ok(())
    });
    let hits = temporary.read(|snapshot| snapshot.lookup(" ANN", 4));
    let names = |hits: &[reeve_store::lookup::MemberHit]| -> Vec<String> {
        hits.iter().map(|hit| hit.member.name.clone()).collect()
    };
    assert_eq!(
        names(&hits.members),
        ["Ann", "ann-deployer", "Annabel Lee", "annex"],
        "the better match comes first, whatever kind it is"
    );
    let roles: Vec<_> = hits.roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(roles, ["Annotator", "Plain Annex"]);
    let folders: Vec<_> = hits
        .folders
        .iter()
        .map(|folder| folder.path.as_str())
        .collect();
    assert_eq!(folders, ["/annual", "/apps/Annual/reports"]);
    let hits = temporary.read(|snapshot| snapshot.lookup("equipe", 3));
    assert_eq!(
        (hits.roles.len(), hits.folders.len(), hits.members.len()),
        (1, 1, 1)
    );
    let nothing = temporary.read(|snapshot| snapshot.lookup(" - ", 3));
    assert_eq!(nothing, reeve_store::lookup::Hits::default());
}

#[test]
fn any_text_can_be_a_name_and_finds_it() {
    let temporary = Temporary::new();
    let settings = ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let texts = "\\PC{0,12}|[\"'*()\\-:^{} A-Za-zÉß田🚀]{0,12}";
    proptest!(settings, |(name in texts)| {
        let stored = Member { handle: name.clone(), ..user(&format!("id {name}"), &name) };
        temporary.write(|transaction| transaction.insert_member(&stored));
        let page = temporary.read(|snapshot| snapshot.member_page(&searching(&name)));
        let hits = temporary.read(|snapshot| snapshot.lookup(&name, 5));
        let kept = temporary.read(|snapshot| snapshot.member(&stored.id));
        temporary.write(|transaction| transaction.remove_member(&stored.id));
        assert_eq!(kept.as_ref(), Some(&stored));
        assert_eq!(page.rows.len(), 1, "the one member is found by its own name");
        assert!(hits.members.len() <= 1);
    });
}
