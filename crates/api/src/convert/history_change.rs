//! What an entry of the history changed, in words.

use reeve_app::journal::{Thing, ThingChange};
use reeve_app::open_entry::{Names, OpenedEntry};
use reeve_app::restore;
use reeve_app::rule_change::{Fate, rule_changes};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::ScheduledObject;
use reeve_policy::catalogue::Catalogue;
use reeve_policy::read::rules_from_text;
use serde_json::Value;

use super::common::{count, instant, tier_name};
use super::error::sentence;
use super::history::entry_view;
use super::rule::rule_view;
use crate::dto::history::{
    FieldChange, FieldValue, HistoryEntryDetail, RestorePreview, RuleChangeView, RuleFate,
    ThingChangeView, ThingFate,
};

/// An entry with what it changed.
pub fn detail(opened: &OpenedEntry) -> HistoryEntryDetail {
    let catalogue = Catalogue::of(opened.catalogue);
    let entry = &opened.deed.entry;
    HistoryEntryDetail {
        entry: entry_view(&opened.deed),
        number: count(opened.deed.link.number),
        fingerprint: opened.deed.link.fingerprint.to_string(),
        changes: opened.changes.as_ref().map(|changes| {
            changes
                .iter()
                .map(|change| thing_change(change, &opened.names, catalogue))
                .collect()
        }),
        before: entry.before.as_deref().map(indented),
        after: entry.after.as_deref().map(indented),
    }
}

/// What restoring would do.
pub fn restore_preview(preview: &restore::RestorePreview) -> RestorePreview {
    let catalogue = Catalogue::of(preview.catalogue);
    RestorePreview {
        changes: preview
            .changes
            .iter()
            .map(|change| thing_change(change, &preview.names, catalogue))
            .collect(),
        refusal: preview.refusal.as_deref().map(sentence),
    }
}

fn thing_change(change: &ThingChange, names: &Names, catalogue: &Catalogue) -> ThingChangeView {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let (kind, title) = after
        .or(before)
        .map_or_else(Default::default, |thing| named(thing, names));
    let fate = match (before, after) {
        (None, _) => ThingFate::Made,
        (Some(_), None) => ThingFate::Removed,
        (Some(_), Some(_)) => ThingFate::Changed,
    };
    let fields = |thing: Option<&Thing>| thing.map_or_else(Vec::new, |one| fields(one, names));
    ThingChangeView {
        kind,
        title,
        fate,
        fields: field_changes(fields(before), fields(after)),
        rules: rule_changes(&rules(before), &rules(after))
            .into_iter()
            .map(|change| RuleChangeView {
                fate: match change.fate {
                    Fate::Kept => RuleFate::Kept,
                    Fate::Added => RuleFate::Added,
                    Fate::Removed => RuleFate::Removed,
                    Fate::MovedHere => RuleFate::MovedHere,
                    Fate::MovedAway => RuleFate::MovedAway,
                },
                rule: rule_view(&change.rule, catalogue),
            })
            .collect(),
    }
}

/// The kind of a thing and its name.
fn named(thing: &Thing, names: &Names) -> (String, String) {
    let (kind, title) = match thing {
        Thing::Member(member) => (
            match member.kind {
                MemberKind::User => "User",
                MemberKind::Identity => "Machine identity",
                MemberKind::Group => "Group",
            },
            member.name.clone(),
        ),
        Thing::Role(role) => ("Role", role.name.clone()),
        Thing::GroupMembership { group, member } => (
            "Membership",
            format!(
                "{} in {}",
                member_name(member, names),
                member_name(group, names)
            ),
        ),
        Thing::Assignment(assignment) => (
            "Role assignment",
            format!(
                "{} for {}",
                role_name(&assignment.role, names),
                member_name(&assignment.member, names)
            ),
        ),
        Thing::Privilege(privilege) => (
            "Additional privilege",
            format!(
                "{} of {}",
                privilege.slug,
                member_name(&privilege.member, names)
            ),
        ),
        Thing::FolderGrant(grant) => (
            "Folder access",
            format!(
                "{}:{} of {}",
                grant.environment,
                grant.path,
                member_name(&grant.member, names)
            ),
        ),
        Thing::Scheduled(grant) => (
            "Scheduled",
            format!(
                "{} for {}",
                match &grant.what {
                    ScheduledObject::Role(role) => role_name(role, names),
                    ScheduledObject::Privilege { slug, .. } => slug,
                },
                member_name(&grant.member, names)
            ),
        ),
    };
    (kind.to_owned(), title)
}

fn member_name<'a>(id: &'a MemberId, names: &'a Names) -> &'a str {
    names
        .members
        .get(id)
        .map_or(id.as_str(), |(_, name)| name.as_str())
}

fn role_name<'a>(id: &'a RoleId, names: &'a Names) -> &'a str {
    names.roles.get(id).map_or(id.as_str(), String::as_str)
}

/// The fields of a thing with their names, in the order in which they are shown; empty ones say
/// nothing.
fn fields(thing: &Thing, names: &Names) -> Vec<(&'static str, Option<FieldValue>)> {
    match thing {
        Thing::Member(member) => {
            let mut fields = vec![
                ("Name", text(&member.name)),
                (
                    match member.kind {
                        MemberKind::User => "Email",
                        MemberKind::Group => "Slug",
                        MemberKind::Identity => "Handle",
                    },
                    code(&member.handle),
                ),
                ("Username", code(&member.username)),
                ("Auth methods", text(&member.auth_methods.join(", "))),
            ];
            let pairs: Vec<String> = member
                .metadata
                .iter()
                .map(|(key, value)| format!("{key} = {value}"))
                .collect();
            fields.push(("Metadata", text(&pairs.join(", "))));
            fields
        }
        Thing::Role(role) => vec![
            ("Name", text(&role.name)),
            ("Slug", code(&role.slug)),
            ("Description", text(&role.description)),
        ],
        Thing::GroupMembership { group, member } => vec![
            ("Group", text(member_name(group, names))),
            ("Member", text(member_name(member, names))),
        ],
        Thing::Assignment(assignment) => vec![
            ("Role", text(role_name(&assignment.role, names))),
            ("Member", text(member_name(&assignment.member, names))),
            ("Duration", Some(duration(&assignment.lifetime))),
        ],
        Thing::Privilege(privilege) => vec![
            ("Name", code(&privilege.slug)),
            ("Member", text(member_name(&privilege.member, names))),
            ("Duration", Some(duration(&privilege.lifetime))),
            ("Reason", text(&privilege.reason)),
            ("Ticket", text(&privilege.ticket)),
        ],
        Thing::FolderGrant(grant) => vec![
            ("Folder", code(&grant.path)),
            ("Environment", code(&grant.environment)),
            ("Member", text(member_name(&grant.member, names))),
            ("Role", text(&tier_name(&grant.tier))),
            ("Duration", Some(duration(&grant.lifetime))),
        ],
        Thing::Scheduled(grant) => vec![
            match &grant.what {
                ScheduledObject::Role(role) => ("Role", text(role_name(role, names))),
                ScheduledObject::Privilege { slug, .. } => ("Name", code(slug)),
            },
            ("Member", text(member_name(&grant.member, names))),
            (
                "Begins",
                Some(FieldValue::Instant {
                    at: instant(grant.start),
                }),
            ),
            ("Duration", Some(duration(&grant.lifetime))),
            ("Reason", text(&grant.reason)),
            ("Ticket", text(&grant.ticket)),
        ],
    }
}

fn text(words: &str) -> Option<FieldValue> {
    (!words.is_empty()).then(|| FieldValue::Text {
        text: words.to_owned(),
    })
}

fn code(name: &str) -> Option<FieldValue> {
    (!name.is_empty()).then(|| FieldValue::Code {
        text: name.to_owned(),
    })
}

fn duration(lifetime: &Lifetime) -> FieldValue {
    let words = |words: &str| FieldValue::Text {
        text: words.to_owned(),
    };
    match lifetime {
        Lifetime::Permanent => words("Permanent"),
        Lifetime::Timed(timed) => match timed.end {
            None => words("Timed without an end, which never counts"),
            Some(end) => FieldValue::Until {
                end: instant(end),
                range: timed.range.clone(),
            },
        },
    }
}

/// What differs; where there is one side only, all that it says.
fn field_changes(
    before: Vec<(&'static str, Option<FieldValue>)>,
    after: Vec<(&'static str, Option<FieldValue>)>,
) -> Vec<FieldChange> {
    let mut changes: Vec<FieldChange> = before
        .into_iter()
        .map(|(label, value)| FieldChange {
            label: label.to_owned(),
            before: value,
            after: None,
        })
        .collect();
    for (label, value) in after {
        match changes.iter_mut().find(|change| change.label == label) {
            Some(change) => change.after = value,
            None => changes.push(FieldChange {
                label: label.to_owned(),
                before: None,
                after: value,
            }),
        }
    }
    changes.retain(|change| change.before != change.after);
    changes
}

/// The rules of a thing; none if it has none or they cannot be read.
fn rules(thing: Option<&Thing>) -> Vec<Rule> {
    let text = match thing {
        Some(Thing::Role(role)) => &role.rules,
        Some(Thing::Privilege(privilege)) => &privilege.rules,
        Some(Thing::Scheduled(grant)) => match &grant.what {
            ScheduledObject::Privilege { rules, .. } => rules,
            ScheduledObject::Role(_) => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    rules_from_text(text)
        .map(|(rules, _)| rules)
        .unwrap_or_default()
}

/// JSON text, indented for reading; text that is no JSON as it is.
fn indented(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}
