//! The embedded files are complete and agree with each other.

use std::collections::BTreeSet;

use super::predefined::{read, role, roles_text, template, templates_text};
use super::*;

const EDITIONS: [CatalogueEdition; 2] = [CatalogueEdition::Seed, CatalogueEdition::Current];

#[test]
fn the_embedded_files_are_well_formed() {
    for text in [load::SEED, load::CURRENT] {
        load::catalogue(text).unwrap();
    }
    for edition in EDITIONS {
        read(roles_text(edition), role).unwrap();
        read(templates_text(edition), template).unwrap();
    }
}

#[test]
fn the_editions_have_27_and_67_subjects_each_in_a_known_area() {
    assert_eq!(Catalogue::of(CatalogueEdition::Seed).subjects().len(), 27);
    assert_eq!(
        Catalogue::of(CatalogueEdition::Current).subjects().len(),
        67
    );
    for edition in EDITIONS {
        let catalogue = Catalogue::of(edition);
        let mut shown: Vec<&str> = catalogue.subjects().iter().map(|s| &*s.area).collect();
        shown.dedup();
        let areas: Vec<&str> = catalogue.areas().iter().map(|a| &**a).collect();
        assert_eq!(shown, areas, "area by area, none empty");
        for entry in catalogue.subjects() {
            assert!(std::ptr::eq(
                catalogue.subject(entry.subject.as_str()).unwrap(),
                entry
            ));
        }
    }
}

#[test]
fn an_unknown_name_is_not_found() {
    let catalogue = Catalogue::of(CatalogueEdition::Current);
    assert_eq!(catalogue.subject("Secrets"), None);
    let secrets = catalogue.subject("secrets").unwrap();
    assert_eq!(secrets.action("describe"), None);
    assert_eq!(secrets.property("enviroment"), None);
    assert_eq!(
        Catalogue::of(CatalogueEdition::Seed).subject("secret-syncs"),
        None
    );
}

#[test]
fn inversion_and_operators_differ_between_the_editions() {
    let entry = |edition, subject| Catalogue::of(edition).subject(subject).unwrap();
    assert!(entry(CatalogueEdition::Seed, "cmek").invertible);
    assert!(!entry(CatalogueEdition::Current, "cmek").invertible);
    for edition in EDITIONS {
        let environment = entry(edition, "secret-folders")
            .property("environment")
            .unwrap();
        assert!(!environment.takes(&Operator::Glob));
        assert!(environment.takes(&Operator::Ne));
    }
    let tags = entry(CatalogueEdition::Current, "secrets")
        .property("secretTags")
        .unwrap();
    assert!(!tags.bare && tags.list_valued && tags.takes(&Operator::All));
    assert_eq!(tags.operator_title(&Operator::In), "Contains");
    assert_eq!(tags.operator_title(&Operator::All), "Contains All");
}

#[test]
fn an_action_can_narrow_what_its_rule_may_be_conditioned_on() {
    let identity = Catalogue::of(CatalogueEdition::Current)
        .subject("identity")
        .unwrap();
    let names = |actions: &[&str]| -> Vec<&str> {
        let actions: Vec<Action> = actions.iter().map(|a| Action::from(*a)).collect();
        identity
            .properties_for(&actions)
            .into_iter()
            .map(|p| p.property.as_str())
            .collect()
    };
    assert!(names(&["create"]).is_empty());
    assert_eq!(names(&["read", "edit"]), ["identityId"]);
    assert_eq!(names(&["assign-role"]), ["identityId", "assignableRole"]);
    assert_eq!(names(&["assign-role", "read"]), ["identityId"]);
    assert_eq!(names(&["no-such-action"]).len(), 4);
}

#[test]
fn every_role_and_template_speaks_of_known_subjects_and_actions() {
    for edition in EDITIONS {
        let catalogue = Catalogue::of(edition);
        let roles = predefined_roles(edition).iter().map(|r| &r.rules);
        let templates = policy_templates(edition).iter().map(|t| &t.rules);
        for rule in roles.chain(templates).flat_map(|rules| rules.iter()) {
            let entry = catalogue.subject(rule.subject().unwrap().as_str()).unwrap();
            for action in rule.actions() {
                assert!(entry.action(action.as_str()).is_some(), "{rule:?}");
            }
        }
    }
}

#[test]
fn predefined_roles_come_in_the_servers_order_under_their_display_names() {
    let names: Vec<(&str, &str, usize)> = predefined_roles(CatalogueEdition::Current)
        .iter()
        .map(|r| (&*r.slug, &*r.name, r.rules.len()))
        .collect();
    assert_eq!(
        names,
        [
            ("admin", "Admin", 67),
            ("member", "Developer", 49),
            ("ssh-host-bootstrapper", "SSH Host Bootstrapper", 1),
            ("cryptographic-operator", "Cryptographic Operator", 1),
            ("viewer", "Viewer", 49),
            ("no-access", "No Access", 0),
        ]
    );
    let seed = |slug| {
        predefined_role(CatalogueEdition::Seed, slug)
            .unwrap()
            .rules
            .len()
    };
    assert_eq!(
        ["admin", "member", "viewer", "no-access"].map(seed),
        [27, 25, 22, 0]
    );
}

#[test]
fn templates_have_distinct_slugs_and_no_legacy_action() {
    for edition in EDITIONS {
        let catalogue = Catalogue::of(edition);
        let mut slugs = BTreeSet::new();
        for template in policy_templates(edition) {
            assert!(slugs.insert(&template.slug));
            assert!(catalogue.areas().contains(&template.area));
            for rule in template.rules.iter() {
                let entry = catalogue.subject(rule.subject().unwrap().as_str()).unwrap();
                assert!(entry.writable);
                for action in rule.actions() {
                    assert!(!entry.action(action.as_str()).unwrap().legacy);
                }
            }
        }
    }
}
