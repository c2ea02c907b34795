//! Where rules come from.

use std::sync::Arc;

use reeve_domain::id::{MemberId, PrivilegeId, RoleId};

use super::folder::FolderTier;

/// The role on the wire whose holders have none of their folder grants.
pub const ADMIN: &str = "admin";

/// Where rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A role that the actor has.
    Role {
        /// The role.
        id: RoleId,
        /// Its name on the wire.
        slug: Arc<str>,
        /// The name shown.
        name: Arc<str>,
        /// The group that gives it; `None` if the actor has it itself.
        through: Option<Through>,
    },
    /// An additional privilege of the actor.
    Privilege {
        /// The privilege.
        id: PrivilegeId,
        /// Its name on the wire.
        slug: Arc<str>,
    },
    /// A grant on exactly one folder.
    Folder {
        /// The id the server has for it.
        id: PrivilegeId,
        /// The slug of the environment.
        environment: Arc<str>,
        /// The path of the folder.
        path: Arc<str>,
        /// How much it grants.
        tier: FolderTier,
    },
    /// Rules that belong to nobody, such as those being edited.
    AdHoc {
        /// What to call them.
        label: Arc<str>,
    },
}

/// The group through which an actor has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// The group.
    pub id: MemberId,
    /// The name shown.
    pub name: Arc<str>,
}

impl Source {
    /// Whether it is the role [`ADMIN`], held directly or through a group.
    pub fn is_admin(&self) -> bool {
        matches!(self, Self::Role { slug, .. } if &**slug == ADMIN)
    }

    /// The name shown: of the role, the slug of the privilege, the place, the label.
    pub fn name(&self) -> &str {
        match self {
            Self::Role { name, .. } => name,
            Self::Privilege { slug, .. } => slug,
            Self::Folder { path, .. } => path,
            Self::AdHoc { label } => label,
        }
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Role { slug, through, .. } => {
                write!(f, "the role `{slug}`")?;
                match through {
                    Some(group) => write!(f, " through the group `{}`", group.name),
                    None => Ok(()),
                }
            }
            Self::Privilege { slug, .. } => write!(f, "the additional privilege `{slug}`"),
            Self::Folder {
                environment,
                path,
                tier,
                ..
            } => write!(
                f,
                "the folder grant `{}` on {environment}:{path}",
                tier.as_wire()
            ),
            Self::AdHoc { label } => write!(f, "{label}"),
        }
    }
}
