//! The things that deeds change, in the history's own form: JSON objects in the words of the
//! server's API, from which the thing can be made again.
//!
//! A privilege is written without `kind`; everything else bears one.

use chrono::{DateTime, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{AssignmentId, MemberId, PrivilegeId, RoleId, ScheduledId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_domain::value::{Object, Value};
use reeve_policy::read::{value_from_text, value_to_text};
use reeve_store::history::Concern;

use super::{instant_text, read_instant};

/// One thing as it was or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A user, a machine identity or a group, without what hangs on it.
    Member(Member),
    /// A role with its rules.
    Role(Role),
    /// A user or an identity is in a group.
    GroupMembership {
        /// The group.
        group: MemberId,
        /// Who is in it.
        member: MemberId,
    },
    /// A member has a role.
    Assignment(RoleAssignment),
    /// An additional privilege.
    Privilege(AdditionalPrivilege),
    /// A grant on one folder.
    FolderGrant(FolderGrant),
    /// A grant that begins later.
    Scheduled(ScheduledGrant),
}

impl Thing {
    /// What tells one thing from all others: its kind and its id.
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Member(member) => ("member", member.id.to_string()),
            Self::Role(role) => ("role", role.id.to_string()),
            Self::GroupMembership { group, member } => {
                ("groupMembership", format!("{group} {member}"))
            }
            Self::Assignment(assignment) => ("assignment", assignment.id.to_string()),
            Self::Privilege(privilege) => ("privilege", privilege.id.to_string()),
            Self::FolderGrant(grant) => ("folderGrant", grant.id.to_string()),
            Self::Scheduled(grant) => ("scheduled", grant.id.to_string()),
        }
    }

    /// The members and roles in whose history it has a place.
    pub fn concerns(&self) -> Vec<Concern> {
        let member = |id: &MemberId| Concern::Member(id.clone());
        let role = |id: &RoleId| Concern::Role(id.clone());
        match self {
            Self::Member(one) => vec![member(&one.id)],
            Self::Role(one) => vec![role(&one.id)],
            Self::GroupMembership { group, member: one } => vec![member(group), member(one)],
            Self::Assignment(one) => vec![member(&one.member), role(&one.role)],
            Self::Privilege(one) => vec![member(&one.member)],
            Self::FolderGrant(one) => vec![member(&one.member)],
            Self::Scheduled(grant) => {
                let mut concerns = vec![member(&grant.member)];
                if let ScheduledObject::Role(id) = &grant.what {
                    concerns.push(role(id));
                }
                concerns
            }
        }
    }

    /// The thing as JSON. Numbers in rules stay spelled as they were.
    pub fn to_value(&self) -> Value {
        let mut object = Object::new();
        if !matches!(self, Self::Privilege(_)) {
            object.set("kind", Value::text(self.key().0));
        }
        match self {
            Self::Member(member) => write_member(&mut object, member),
            Self::Role(role) => write_role(&mut object, role),
            Self::GroupMembership { group, member } => {
                object.set("group", Value::text(group.as_str()));
                object.set("member", Value::text(member.as_str()));
            }
            Self::Assignment(assignment) => write_assignment(&mut object, assignment),
            Self::Privilege(privilege) => write_privilege(&mut object, privilege),
            Self::FolderGrant(grant) => write_folder_grant(&mut object, grant),
            Self::Scheduled(grant) => write_scheduled(&mut object, grant),
        }
        Value::Object(object)
    }

    /// What tells this state of it from every other.
    pub fn revision(&self) -> String {
        crate::role::revision(&value_to_text(&self.to_value()))
    }

    /// The thing that [`Thing::to_value`] wrote; `None` if the value is not one.
    pub fn from_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(match words(object, "kind") {
            None => Self::Privilege(read_privilege(object)?),
            Some("member") => Self::Member(read_member(object)?),
            Some("role") => Self::Role(read_role(object)?),
            Some("groupMembership") => Self::GroupMembership {
                group: MemberId::new(words(object, "group")?),
                member: MemberId::new(words(object, "member")?),
            },
            Some("assignment") => Self::Assignment(read_assignment(object)?),
            Some("folderGrant") => Self::FolderGrant(read_folder_grant(object)?),
            Some("scheduled") => Self::Scheduled(read_scheduled(object)?),
            Some(_) => return None,
        })
    }
}

/// Things as one JSON text: one by itself, several as `{"things": [...]}`, none as `None`.
pub(crate) fn things_text(things: &[&Thing]) -> Option<String> {
    let value = match things {
        [] => return None,
        [one] => one.to_value(),
        many => {
            let mut object = Object::new();
            let list = many.iter().map(|thing| thing.to_value()).collect();
            object.set("things", Value::List(list));
            Value::Object(object)
        }
    };
    Some(value_to_text(&value))
}

/// The things that a text of the history holds; `None` if it holds something else.
pub(crate) fn read_things(text: Option<&str>) -> Option<Vec<Thing>> {
    let Some(text) = text else {
        return Some(Vec::new());
    };
    let value = value_from_text(text).ok()?;
    match value.as_object()?.get("things") {
        None => Some(vec![Thing::from_value(&value)?]),
        Some(list) => list.as_list()?.iter().map(Thing::from_value).collect(),
    }
}

fn words<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_text)
}

fn write_member(object: &mut Object, member: &Member) {
    object.set("id", Value::text(member.id.as_str()));
    let kind = match member.kind {
        MemberKind::User => "user",
        MemberKind::Identity => "identity",
        MemberKind::Group => "group",
    };
    object.set("memberKind", Value::text(kind));
    object.set("name", Value::text(member.name.as_str()));
    object.set("handle", Value::text(member.handle.as_str()));
    object.set("username", Value::text(member.username.as_str()));
    object.set(
        "authMethods",
        Value::texts(member.auth_methods.iter().map(String::as_str)),
    );
    let pairs = member.metadata.iter().map(|(key, value)| {
        let mut pair = Object::new();
        pair.set("key", Value::text(key.as_str()));
        pair.set("value", Value::text(value.as_str()));
        Value::Object(pair)
    });
    object.set("metadata", Value::List(pairs.collect()));
}

fn read_member(object: &Object) -> Option<Member> {
    let text = |key: &str| words(object, key).map(str::to_owned);
    let methods = object.get("authMethods")?.as_list()?.iter();
    let pairs = object.get("metadata")?.as_list()?.iter().map(|pair| {
        let pair = pair.as_object()?;
        Some((
            words(pair, "key")?.to_owned(),
            words(pair, "value")?.to_owned(),
        ))
    });
    Some(Member {
        id: MemberId::new(words(object, "id")?),
        kind: match words(object, "memberKind")? {
            "user" => MemberKind::User,
            "identity" => MemberKind::Identity,
            "group" => MemberKind::Group,
            _ => return None,
        },
        name: text("name")?,
        handle: text("handle")?,
        username: text("username")?,
        auth_methods: methods
            .map(|method| method.as_text().map(str::to_owned))
            .collect::<Option<_>>()?,
        metadata: pairs.collect::<Option<_>>()?,
    })
}

fn write_role(object: &mut Object, role: &Role) {
    object.set("id", Value::text(role.id.as_str()));
    object.set(
        "isPredefined",
        Value::Bool(role.kind == RoleKind::Predefined),
    );
    object.set("slug", Value::text(role.slug.as_str()));
    object.set("name", Value::text(role.name.as_str()));
    object.set("description", Value::text(role.description.as_str()));
    object.set("permissions", rules_value(&role.rules));
}

fn read_role(object: &Object) -> Option<Role> {
    let text = |key: &str| words(object, key).map(str::to_owned);
    Some(Role {
        id: RoleId::new(words(object, "id")?),
        kind: match object.get("isPredefined")? {
            Value::Bool(true) => RoleKind::Predefined,
            Value::Bool(false) => RoleKind::Custom,
            _ => return None,
        },
        slug: text("slug")?,
        name: text("name")?,
        description: text("description")?,
        rules: rules_text(object.get("permissions")?),
    })
}

fn write_assignment(object: &mut Object, assignment: &RoleAssignment) {
    object.set("id", Value::text(assignment.id.as_str()));
    object.set("member", Value::text(assignment.member.as_str()));
    object.set("role", Value::text(assignment.role.as_str()));
    write_lifetime(object, &assignment.lifetime);
}

fn read_assignment(object: &Object) -> Option<RoleAssignment> {
    Some(RoleAssignment {
        id: AssignmentId::new(words(object, "id")?),
        member: MemberId::new(words(object, "member")?),
        role: RoleId::new(words(object, "role")?),
        lifetime: read_lifetime(object)?,
    })
}

fn write_privilege(object: &mut Object, privilege: &AdditionalPrivilege) {
    object.set("id", Value::text(privilege.id.as_str()));
    object.set("member", Value::text(privilege.member.as_str()));
    object.set("slug", Value::text(privilege.slug.as_str()));
    write_lifetime(object, &privilege.lifetime);
    object.set("permissions", rules_value(&privilege.rules));
    object.set("reason", Value::text(privilege.reason.as_str()));
    object.set("ticket", Value::text(privilege.ticket.as_str()));
    if privilege.managed {
        object.set("isManaged", Value::Bool(true));
    }
    object.set("createdAt", Value::text(instant_text(privilege.created_at)));
    object.set("updatedAt", Value::text(instant_text(privilege.updated_at)));
}

fn read_privilege(object: &Object) -> Option<AdditionalPrivilege> {
    let text = |key: &str| words(object, key).map(str::to_owned);
    let instant = |key: &str| words(object, key).and_then(read_instant);
    Some(AdditionalPrivilege {
        id: PrivilegeId::new(words(object, "id")?),
        member: MemberId::new(words(object, "member")?),
        slug: text("slug")?,
        lifetime: read_lifetime(object)?,
        rules: rules_text(object.get("permissions")?),
        reason: text("reason")?,
        ticket: text("ticket")?,
        managed: object.get("isManaged") == Some(&Value::Bool(true)),
        created_at: instant("createdAt")?,
        updated_at: instant("updatedAt")?,
    })
}

fn write_folder_grant(object: &mut Object, grant: &FolderGrant) {
    object.set("id", Value::text(grant.id.as_str()));
    object.set("member", Value::text(grant.member.as_str()));
    object.set("environment", Value::text(grant.environment.as_str()));
    object.set("secretPath", Value::text(grant.path.as_str()));
    object.set("role", Value::text(grant.tier.as_str()));
    write_lifetime(object, &grant.lifetime);
    object.set("createdAt", Value::text(instant_text(grant.created_at)));
    object.set("updatedAt", Value::text(instant_text(grant.updated_at)));
}

fn read_folder_grant(object: &Object) -> Option<FolderGrant> {
    let text = |key: &str| words(object, key).map(str::to_owned);
    let instant = |key: &str| words(object, key).and_then(read_instant);
    Some(FolderGrant {
        id: PrivilegeId::new(words(object, "id")?),
        member: MemberId::new(words(object, "member")?),
        environment: text("environment")?,
        path: text("secretPath")?,
        tier: text("role")?,
        lifetime: read_lifetime(object)?,
        created_at: instant("createdAt")?,
        updated_at: instant("updatedAt")?,
    })
}

fn write_scheduled(object: &mut Object, grant: &ScheduledGrant) {
    object.set("id", Value::text(grant.id.as_str()));
    object.set("member", Value::text(grant.member.as_str()));
    match &grant.what {
        ScheduledObject::Role(role) => object.set("role", Value::text(role.as_str())),
        ScheduledObject::Privilege { slug, rules } => {
            object.set("slug", Value::text(slug.as_str()));
            object.set("permissions", rules_value(rules));
        }
    }
    object.set("startsAt", Value::text(instant_text(grant.start)));
    write_lifetime(object, &grant.lifetime);
    object.set("reason", Value::text(grant.reason.as_str()));
    object.set("ticket", Value::text(grant.ticket.as_str()));
    if let Some(trouble) = &grant.trouble {
        object.set("trouble", Value::text(trouble.as_str()));
    }
    object.set("createdAt", Value::text(instant_text(grant.created_at)));
    object.set("updatedAt", Value::text(instant_text(grant.updated_at)));
}

fn read_scheduled(object: &Object) -> Option<ScheduledGrant> {
    let text = |key: &str| words(object, key).map(str::to_owned);
    let instant = |key: &str| words(object, key).and_then(read_instant);
    Some(ScheduledGrant {
        id: ScheduledId::new(words(object, "id")?),
        member: MemberId::new(words(object, "member")?),
        what: match words(object, "role") {
            Some(role) => ScheduledObject::Role(RoleId::new(role)),
            None => ScheduledObject::Privilege {
                slug: text("slug")?,
                rules: rules_text(object.get("permissions")?),
            },
        },
        start: instant("startsAt")?,
        lifetime: read_lifetime(object)?,
        reason: text("reason")?,
        ticket: text("ticket")?,
        trouble: text("trouble"),
        created_at: instant("createdAt")?,
        updated_at: instant("updatedAt")?,
    })
}

/// Rules that are no JSON are kept as a string, so that nothing is lost.
fn rules_value(rules: &str) -> Value {
    value_from_text(rules).unwrap_or_else(|_| Value::text(rules))
}

fn rules_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        rules => value_to_text(rules),
    }
}

fn write_lifetime(object: &mut Object, lifetime: &Lifetime) {
    let Lifetime::Timed(timed) = lifetime else {
        object.set("isTemporary", Value::Bool(false));
        return;
    };
    let words = |text: Option<&str>| text.map_or(Value::Null, Value::text);
    let instant = |instant: Option<DateTime<Utc>>| words(instant.map(instant_text).as_deref());
    object.set("isTemporary", Value::Bool(true));
    object.set("temporaryRange", words(timed.range.as_deref()));
    object.set("temporaryAccessStartTime", instant(timed.start));
    object.set("temporaryAccessEndTime", instant(timed.end));
}

fn read_lifetime(object: &Object) -> Option<Lifetime> {
    let instant = |key: &str| words(object, key).and_then(read_instant);
    match object.get("isTemporary")? {
        Value::Bool(true) => Some(Lifetime::Timed(Timed {
            range: words(object, "temporaryRange").map(str::to_owned),
            start: instant("temporaryAccessStartTime"),
            end: instant("temporaryAccessEndTime"),
        })),
        Value::Bool(false) => Some(Lifetime::Permanent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    fn privilege(lifetime: Lifetime) -> Thing {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        Thing::Privilege(AdditionalPrivilege {
            id: PrivilegeId::new("p"),
            member: MemberId::new("m"),
            slug: "db".into(),
            lifetime,
            rules: r#"[{"subject":"x","action":"read","x-odd":[1.50,null]}]"#.into(),
            reason: "why \"so\"".into(),
            ticket: String::new(),
            managed: true,
            created_at: start,
            updated_at: start,
        })
    }

    fn folder_grant(tier: &str, lifetime: Lifetime) -> Thing {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        Thing::FolderGrant(FolderGrant {
            id: PrivilegeId::new("f"),
            member: MemberId::new("m"),
            environment: "prod".into(),
            path: "/payments".into(),
            tier: tier.into(),
            lifetime,
            created_at: start,
            updated_at: start,
        })
    }

    fn scheduled(what: ScheduledObject, lifetime: Lifetime) -> Thing {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        Thing::Scheduled(ScheduledGrant {
            id: ScheduledId::new("s"),
            member: MemberId::new("m"),
            trouble: matches!(what, ScheduledObject::Role(_)).then(|| "taken".to_owned()),
            what,
            start,
            lifetime,
            reason: "migration".into(),
            ticket: "OPS-1".into(),
            created_at: start,
            updated_at: start,
        })
    }

    fn things() -> Vec<Thing> {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        let timed = Lifetime::timed("1h", start, start + TimeDelta::hours(1));
        let member = |kind| {
            Thing::Member(Member {
                id: MemberId::new("m"),
                kind,
                name: "Zoë".into(),
                handle: "zoe@example.com".into(),
                username: "zoe".into(),
                auth_methods: vec!["Universal Auth".into()],
                metadata: vec![
                    ("team".into(), "core".into()),
                    ("team".into(), String::new()),
                ],
            })
        };
        let role = |kind, rules: &str| {
            Thing::Role(Role {
                id: RoleId::new("r"),
                kind,
                slug: "reader".into(),
                name: "Reader".into(),
                description: String::new(),
                rules: rules.into(),
            })
        };
        vec![
            privilege(Lifetime::Permanent),
            privilege(timed.clone()),
            privilege(Lifetime::Timed(Timed::default())),
            member(MemberKind::User),
            member(MemberKind::Identity),
            member(MemberKind::Group),
            role(RoleKind::Predefined, ""),
            role(RoleKind::Custom, r#"[{"subject":"x","odd":1.0}]"#),
            role(RoleKind::Custom, "no rules at all"),
            Thing::GroupMembership {
                group: MemberId::new("g"),
                member: MemberId::new("m"),
            },
            Thing::Assignment(RoleAssignment {
                id: AssignmentId::new("a"),
                member: MemberId::new("m"),
                role: RoleId::new("r"),
                lifetime: timed.clone(),
            }),
            folder_grant("full-access", Lifetime::Permanent),
            folder_grant("a word of tomorrow", timed.clone()),
            scheduled(ScheduledObject::Role(RoleId::new("r")), timed),
            scheduled(
                ScheduledObject::Privilege {
                    slug: "db".into(),
                    rules: r#"[{"subject":"x","odd":1.0}]"#.into(),
                },
                Lifetime::Permanent,
            ),
        ]
    }

    #[test]
    fn every_thing_is_made_again_from_its_text() {
        for thing in things() {
            let text = things_text(&[&thing]);
            assert_eq!(read_things(text.as_deref()), Some(vec![thing]));
        }
    }

    #[test]
    fn several_things_are_made_again_from_one_text() {
        let things = things();
        let text = things_text(&things.iter().collect::<Vec<_>>());
        assert_eq!(read_things(text.as_deref()), Some(things));
        assert_eq!(things_text(&[]), None);
        assert_eq!(read_things(None), Some(Vec::new()));
    }

    #[test]
    fn a_text_that_is_something_else_is_no_thing() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"kind":"planet","id":"x"}"#,
            r#"{"things":[{}]}"#,
        ] {
            assert_eq!(read_things(Some(text)), None, "{text}");
        }
    }
}
