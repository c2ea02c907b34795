//! From what is stored of an actor to what the judge takes.

use std::sync::Arc;

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{ActorFacts, Auth, FolderTier, Grant, Source, Through, folder_rules};
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

/// All that `access` gives, ended parts included: roles, privileges, then folder grants.
pub(crate) fn grants(
    access: &MemberAccess,
    edition: CatalogueEdition,
) -> Result<Vec<Grant>, DeedError> {
    let mut grants = Vec::with_capacity(parts(access));
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
    grants.extend(access.folder_grants.iter().filter_map(folder_grant));
    Ok(grants)
}

/// How many roles, privileges and folder grants somebody has.
pub(crate) fn parts(access: &MemberAccess) -> usize {
    access.roles.len() + access.privileges.len() + access.folder_grants.len()
}

/// What a folder grant gives. `None` if its tier is not known here: answers that it could change are
/// unknown then, as those that hang on what a pull could not see.
pub(crate) fn folder_grant(grant: &FolderGrant) -> Option<Grant> {
    let tier = FolderTier::from_wire(&grant.tier)?;
    Some(Grant {
        source: folder_source(grant, tier),
        lifetime: grant.lifetime.clone(),
        rules: folder_rules(&grant.environment, &grant.path, tier).into(),
    })
}

/// Where the rules of `grant`, which is of that tier, come from.
pub(crate) fn folder_source(grant: &FolderGrant, tier: FolderTier) -> Source {
    Source::Folder {
        id: grant.id.clone(),
        environment: Arc::from(grant.environment.as_str()),
        path: Arc::from(grant.path.as_str()),
        tier,
    }
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
