//! What the deeds on roles share: the fields of a role as typed, what identifies its rules, and the
//! reading of edited rules.

use reeve_domain::id::{HistoryId, RoleId};
use reeve_domain::project::Project;
use reeve_domain::role::{Role, RoleKind};
use reeve_domain::rule::Rule;
use reeve_domain::slug::{ROLE_SLUG_MAX, read_slug};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::read::{ReadError, rules_from_text, rules_to_text};
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::journal::{Deed, ThingChange};
use crate::preview_privilege::Remark;

/// The longest name of a role, in characters.
const NAME_MAX: usize = 64;

/// The slugs that servers keep for themselves, whatever the edition.
const RESERVED: [&str; 7] = [
    "admin",
    "member",
    "viewer",
    "no-access",
    "custom",
    "ssh-host-bootstrapper",
    "cryptographic-operator",
];

/// The name, slug and description of a role, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleNames {
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for.
    pub description: String,
}

/// How an attempt to make or rename a role went.
#[derive(Debug, Clone)]
pub enum RoleWritten {
    /// It stands.
    Done {
        /// The role.
        role: Role,
        /// The entry of the history.
        history: HistoryId,
    },
    /// Something is wrong with its fields; nothing was changed.
    Refused(Vec<Remark>),
}

/// Identifies the rules of a role: the same text gives the same word, in every version.
///
/// FNV-1a over 128 bits, as hexadecimal. It guards against overwriting what somebody else changed,
/// not against malice.
pub fn revision(rules: &str) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = rules.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    format!("{hash:032x}")
}

/// The project.
pub(crate) fn project(snapshot: &Snapshot) -> Result<Project, DeedError> {
    snapshot
        .project()?
        .ok_or(DeedError::Missing { what: "project" })
}

/// The role `id`.
pub(crate) fn role(snapshot: &Snapshot, id: &RoleId) -> Result<Role, DeedError> {
    snapshot
        .role(id)?
        .ok_or(DeedError::Missing { what: "role" })
}

/// The role `id`, if it may be changed.
pub(crate) fn custom_role(snapshot: &Snapshot, id: &RoleId) -> Result<Role, DeedError> {
    let role = role(snapshot, id)?;
    if role.kind == RoleKind::Custom {
        return Ok(role);
    }
    Err(DeedError::Conflict {
        sentence: format!(
            "the server defines the role `{}`; it cannot be changed, but duplicated",
            role.slug
        ),
    })
}

/// The rules of `role` as text: what is stored, or what the catalogue says.
pub(crate) fn rules_text(role: &Role, project: &Project) -> String {
    if role.kind == RoleKind::Predefined && role.rules.is_empty() {
        let known = predefined_role(project.catalogue, &role.slug);
        return known.map_or_else(|| "[]".to_owned(), |known| rules_to_text(&known.rules));
    }
    role.rules.clone()
}

/// Reads edited rules.
pub(crate) fn edited_rules(text: &str) -> Result<Vec<Rule>, ReadError> {
    rules_from_text(text).map(|(rules, _)| rules)
}

/// What is wrong with `names` for the role `own`, or for a new one. If nothing is, they are as they
/// would be stored.
pub(crate) fn check_names(
    snapshot: &Snapshot,
    names: &RoleNames,
    own: Option<&RoleId>,
) -> Result<Result<RoleNames, Vec<Remark>>, DeedError> {
    let mut problems = Vec::new();
    let name = names.name.trim();
    if name.is_empty() {
        problems.push(remark("name", "a name is needed"));
    }
    let length = name.chars().count();
    if length > NAME_MAX {
        let sentence = format!("the name has {length} characters; at most {NAME_MAX} are allowed");
        problems.push(remark("name", &sentence));
    }
    let slug = match read_slug(&names.slug, ROLE_SLUG_MAX) {
        Ok(slug) => {
            problems.extend(slug_problem(snapshot, &slug, own)?);
            slug
        }
        Err(error) => {
            problems.push(remark("slug", &error.to_string()));
            String::new()
        }
    };
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    Ok(Ok(RoleNames {
        name: name.to_owned(),
        slug,
        description: names.description.trim().to_owned(),
    }))
}

fn slug_problem(
    snapshot: &Snapshot,
    slug: &str,
    own: Option<&RoleId>,
) -> Result<Option<Remark>, DeedError> {
    if RESERVED.contains(&slug) {
        let sentence = format!("the server keeps `{slug}` for itself; choose another slug");
        return Ok(Some(remark("slug", &sentence)));
    }
    let taken = snapshot
        .role_by_slug(slug)?
        .filter(|role| Some(&role.id) != own);
    Ok(taken.map(|role| {
        let sentence = format!(
            "the slug `{slug}` is taken by the role {}; choose another",
            role.name
        );
        remark("slug", &sentence)
    }))
}

/// A deed on one role.
pub(crate) fn role_deed(name: &str, role: &Role, changes: Vec<ThingChange>) -> Deed {
    Deed {
        name: name.to_owned(),
        member: None,
        object: role.id.to_string(),
        title: role.name.clone(),
        reason: String::new(),
        changes,
        undoes: None,
    }
}

pub(crate) fn remark(field: &str, message: &str) -> Remark {
    Remark {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}
