//! From what is stored of an actor to what the judge takes.

use std::sync::Arc;

use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, Through};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::read::rules_from_text;
use reeve_store::access::MemberAccess;
use reeve_store::member::MemberRef;

use crate::error::DeedError;

/// What templates in rules may use of `member`.
pub(crate) fn facts(member: &Member) -> ActorFacts {
    ActorFacts {
        id: member.id.clone(),
        kind: member.kind,
        username: member.username.clone(),
        metadata: member.metadata.clone(),
        // A user's request carries no claims; an identity's depend on how it signed in.
        auth: match member.kind {
            MemberKind::Identity => Auth::Unknown,
            MemberKind::User | MemberKind::Group => Auth::Absent,
        },
    }
}

/// All that `access` gives, ended parts included: roles, then privileges.
pub(crate) fn grants(
    access: &MemberAccess,
    edition: CatalogueEdition,
) -> Result<Vec<Grant>, DeedError> {
    let mut grants = Vec::with_capacity(access.roles.len() + access.privileges.len());
    for held in &access.roles {
        grants.push(Grant {
            source: role_source(&held.role, held.through.as_ref()),
            lifetime: held.assignment.lifetime.clone(),
            rules: rules_of_role(&held.role, edition)?,
        });
    }
    for privilege in &access.privileges {
        grants.push(Grant {
            source: privilege_source(privilege),
            lifetime: privilege.lifetime.clone(),
            rules: read_rules(&privilege.slug, &privilege.rules)?.into(),
        });
    }
    Ok(grants)
}

/// Where the rules of `role` come from, held directly or through a group.
pub(crate) fn role_source(role: &Role, through: Option<&MemberRef>) -> Source {
    Source::Role {
        id: role.id.clone(),
        slug: Arc::from(role.slug.as_str()),
        name: Arc::from(role.name.as_str()),
        through: through.map(|group| Through {
            id: group.id.clone(),
            name: Arc::from(group.name.as_str()),
        }),
    }
}

/// Where the rules of `privilege` come from.
pub(crate) fn privilege_source(privilege: &AdditionalPrivilege) -> Source {
    Source::Privilege {
        id: privilege.id.clone(),
        slug: Arc::from(privilege.slug.as_str()),
    }
}

/// The one grant of whoever has just `role`.
pub(crate) fn role_grant(role: &Role, edition: CatalogueEdition) -> Result<Grant, DeedError> {
    Ok(Grant {
        source: role_source(role, None),
        lifetime: Lifetime::Permanent,
        rules: rules_of_role(role, edition)?,
    })
}

/// The rules of `role`: those of the catalogue if the server defines it, its own otherwise.
pub(crate) fn rules_of_role(
    role: &Role,
    edition: CatalogueEdition,
) -> Result<Arc<[Rule]>, DeedError> {
    if role.kind == RoleKind::Predefined && role.rules.is_empty() {
        // A predefined role that this catalogue does not list grants nothing, as on the server.
        return Ok(predefined_role(edition, &role.slug)
            .map_or_else(|| Arc::from([]), |known| Arc::clone(&known.rules)));
    }
    Ok(read_rules(&role.slug, &role.rules)?.into())
}

/// Reads the stored rules of the role or privilege `slug`. What is odd about them is kept, and the
/// judge says what it makes of it.
pub(crate) fn read_rules(slug: &str, text: &str) -> Result<Vec<Rule>, DeedError> {
    rules_from_text(text)
        .map(|(rules, _)| rules)
        .map_err(|source| DeedError::UnreadableRules {
            slug: slug.to_owned(),
            source,
        })
}
