//! From what is stored of an actor to what the judge takes.

use std::sync::Arc;

use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, Through};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::read::rules_from_text;
use reeve_store::access::MemberAccess;

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
            source: Source::Role {
                id: held.role.id.clone(),
                slug: Arc::from(held.role.slug.as_str()),
                name: Arc::from(held.role.name.as_str()),
                through: held.through.as_ref().map(|group| Through {
                    id: group.id.clone(),
                    name: Arc::from(group.name.as_str()),
                }),
            },
            lifetime: held.assignment.lifetime.clone(),
            rules: rules_of_role(&held.role, edition)?,
        });
    }
    for privilege in &access.privileges {
        grants.push(Grant {
            source: Source::Privilege {
                id: privilege.id.clone(),
                slug: Arc::from(privilege.slug.as_str()),
            },
            lifetime: privilege.lifetime.clone(),
            rules: read_rules(&privilege.slug, &privilege.rules)?.into(),
        });
    }
    Ok(grants)
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
