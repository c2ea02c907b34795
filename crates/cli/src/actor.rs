//! Reads a whole actor, with roles, privileges and groups, from JSON.

use std::sync::Arc;

use reeve_domain::id::MemberId;
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::MemberKind;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::Rule;
use reeve_domain::value::Value;
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, Through};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::read::{rules_from_json, value_from_json};
use serde_json::Value as Json;

use crate::batch::NoAnswer;
use crate::json::{instant, list, member, object, text};

/// Whether a question is about an actor.
pub fn is_told(question: &Json) -> bool {
    ["actor", "roles", "privileges", "groups"]
        .iter()
        .any(|key| question.get(key).is_some())
}

/// What the server knows about the actor.
pub fn facts(question: &Json) -> Result<ActorFacts, NoAnswer> {
    object(question, "actor")?;
    let actor = member(question, "actor")?;
    let metadata = object(actor, "metadata")?
        .iter()
        .map(|(key, value)| match value.as_str() {
            Some(text) => Ok((key.clone(), text.to_owned())),
            None => Err(format!("the metadata `{key}` is not a text")),
        })
        .collect::<Result<_, _>>()?;
    Ok(ActorFacts {
        id: text(actor, "id")?.into(),
        kind: match text(actor, "type")? {
            "user" => MemberKind::User,
            "identity" => MemberKind::Identity,
            other => {
                return Err(format!(
                    "an actor is a `user` or an `identity`, not a `{other}`"
                ));
            }
        },
        username: text(actor, "username")?.to_owned(),
        metadata,
        auth: match actor.get("auth").map(value_from_json) {
            None | Some(Value::Null) => Auth::Absent,
            Some(Value::Object(claims)) => Auth::Known(claims),
            Some(_) => return Err("`auth` is not an object".to_owned()),
        },
    })
}

/// Everything the actor has, ended parts included: its roles, its privileges, its groups' roles.
pub fn grants(question: &Json) -> Result<Vec<Grant>, NoAnswer> {
    let mut grants = Vec::new();
    for entry in list(question, "roles")? {
        grants.push(role(entry, None)?);
    }
    for (at, entry) in list(question, "privileges")?.iter().enumerate() {
        grants.push(privilege(at, entry)?);
    }
    for (at, group) in list(question, "groups")?.iter().enumerate() {
        let roles = group
            .as_array()
            .ok_or_else(|| "a group is not a list of roles".to_owned())?;
        let through = Through {
            id: MemberId::from(at.to_string()),
            name: Arc::from(at.to_string()),
        };
        for entry in roles {
            grants.push(role(entry, Some(through.clone()))?);
        }
    }
    Ok(grants)
}

fn role(entry: &Json, through: Option<Through>) -> Result<Grant, NoAnswer> {
    let (slug, rules) = match entry {
        Json::String(slug) => (slug.as_str(), predefined(slug)?),
        Json::Object(_) => {
            let slug = text(entry, "slug")?;
            let rules = match entry.get("permissions") {
                Some(_) => rules_under(entry)?,
                None => predefined(slug)?,
            };
            (slug, rules)
        }
        _ => return Err("a role is neither a slug nor an object".to_owned()),
    };
    Ok(Grant {
        source: Source::Role {
            id: slug.into(),
            slug: Arc::from(slug),
            name: Arc::from(slug),
            through,
        },
        lifetime: lifetime(entry)?,
        rules,
    })
}

fn privilege(at: usize, entry: &Json) -> Result<Grant, NoAnswer> {
    Ok(Grant {
        source: Source::Privilege {
            id: at.to_string().into(),
            slug: Arc::from(entry.get("slug").and_then(Json::as_str).unwrap_or_default()),
        },
        lifetime: lifetime(entry)?,
        rules: rules_under(entry)?,
    })
}

fn rules_under(entry: &Json) -> Result<Arc<[Rule]>, NoAnswer> {
    list(entry, "permissions")?;
    Ok(rules_from_json(member(entry, "permissions")?).0.into())
}

fn predefined(slug: &str) -> Result<Arc<[Rule]>, NoAnswer> {
    predefined_role(CatalogueEdition::Current, slug)
        .map(|role| Arc::clone(&role.rules))
        .ok_or_else(|| format!("there is no predefined role `{slug}`"))
}

fn lifetime(entry: &Json) -> Result<Lifetime, NoAnswer> {
    match entry.get("isTemporary") {
        None | Some(Json::Null | Json::Bool(false)) => Ok(Lifetime::Permanent),
        Some(Json::Bool(true)) => {
            let end = match entry.get("temporaryAccessEndTime") {
                None | Some(Json::Null) => None,
                Some(end) => Some(instant(end, "temporaryAccessEndTime")?),
            };
            Ok(Lifetime::Timed(Timed {
                end,
                ..Timed::default()
            }))
        }
        Some(_) => Err("`isTemporary` is neither true nor false".to_owned()),
    }
}
