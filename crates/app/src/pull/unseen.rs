//! What a pull could not see, and whose access is therefore not fully known.

use std::collections::BTreeSet;

use reeve_change::reconcile::{self, Hidden};
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_remote::fetched;

/// Something that the pull could not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// What.
    pub kind: UnseenKind,
    /// Of how many, if it is about some only.
    pub of: Option<u64>,
    /// About which members; empty if it may be about anybody.
    pub whom: BTreeSet<MemberId>,
    /// Why.
    pub why: String,
    /// What can be done about it.
    pub remedy: String,
}

/// What can be hidden from whoever pulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnseenKind {
    /// Folders of some environment.
    Folders,
    /// Tags.
    Tags,
    /// Names of secrets.
    SecretNames,
    /// Users.
    Users,
    /// Machine identities.
    Identities,
    /// Metadata of users, which templates in rules use.
    UserMetadata,
    /// Metadata of machine identities, likewise.
    IdentityMetadata,
    /// Groups.
    Groups,
    /// Who is in the groups.
    GroupMembers,
    /// Roles, or the rules of some.
    Roles,
    /// Privileges of users that have ended.
    EndedUserPrivileges,
    /// Privileges of users.
    UserPrivileges,
    /// Privileges of identities.
    IdentityPrivileges,
    /// Folder grants, which the plan of the server does not include.
    FolderGrants,
    /// Folder grants of users that have ended.
    EndedUserFolderGrants,
    /// Folder grants of users.
    UserFolderGrants,
    /// Folder grants of identities that have ended.
    EndedIdentityFolderGrants,
    /// Folder grants of identities.
    IdentityFolderGrants,
    /// What folder grants give whose level this build does not know.
    FolderLevels,
}

const WORDS: [(UnseenKind, &str); 19] = [
    (UnseenKind::Folders, "folders"),
    (UnseenKind::Tags, "tags"),
    (UnseenKind::SecretNames, "secretNames"),
    (UnseenKind::Users, "users"),
    (UnseenKind::Identities, "identities"),
    (UnseenKind::UserMetadata, "userMetadata"),
    (UnseenKind::IdentityMetadata, "identityMetadata"),
    (UnseenKind::Groups, "groups"),
    (UnseenKind::GroupMembers, "groupMembers"),
    (UnseenKind::Roles, "roles"),
    (UnseenKind::EndedUserPrivileges, "endedUserPrivileges"),
    (UnseenKind::UserPrivileges, "userPrivileges"),
    (UnseenKind::IdentityPrivileges, "identityPrivileges"),
    (UnseenKind::FolderGrants, "folderGrants"),
    (UnseenKind::EndedUserFolderGrants, "endedUserFolderGrants"),
    (UnseenKind::UserFolderGrants, "userFolderGrants"),
    (
        UnseenKind::EndedIdentityFolderGrants,
        "endedIdentityFolderGrants",
    ),
    (UnseenKind::IdentityFolderGrants, "identityFolderGrants"),
    (UnseenKind::FolderLevels, "folderLevels"),
];

impl Unseen {
    /// Whether `member` may have access, or lack it, that is not known because of this.
    pub fn clouds(&self, member: &Member) -> bool {
        self.kind.clouds(member.kind) && (self.whom.is_empty() || self.whom.contains(&member.id))
    }
}

impl UnseenKind {
    /// The word that stands for it in settings.
    pub fn word(self) -> &'static str {
        let found = WORDS.iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, word)| word)
    }

    /// The kind that `word` stands for.
    pub fn of_word(word: &str) -> Option<Self> {
        WORDS
            .iter()
            .find(|(_, w)| *w == word)
            .map(|(kind, _)| *kind)
    }

    fn of(kind: fetched::Kind) -> Self {
        match kind {
            fetched::Kind::Folders => Self::Folders,
            fetched::Kind::Tags => Self::Tags,
            fetched::Kind::SecretNames => Self::SecretNames,
            fetched::Kind::Users => Self::Users,
            fetched::Kind::Identities => Self::Identities,
            fetched::Kind::UserMetadata => Self::UserMetadata,
            fetched::Kind::IdentityMetadata => Self::IdentityMetadata,
            fetched::Kind::Groups => Self::Groups,
            fetched::Kind::GroupMembers => Self::GroupMembers,
            fetched::Kind::Roles => Self::Roles,
            fetched::Kind::EndedUserPrivileges => Self::EndedUserPrivileges,
            fetched::Kind::UserPrivileges => Self::UserPrivileges,
            fetched::Kind::IdentityPrivileges => Self::IdentityPrivileges,
            fetched::Kind::FolderGrants => Self::FolderGrants,
            fetched::Kind::EndedUserFolderGrants => Self::EndedUserFolderGrants,
            fetched::Kind::UserFolderGrants => Self::UserFolderGrants,
            fetched::Kind::EndedIdentityFolderGrants => Self::EndedIdentityFolderGrants,
            fetched::Kind::IdentityFolderGrants => Self::IdentityFolderGrants,
        }
    }

    /// What must stay because of this, which is about all of a kind or about `some`.
    fn hidden(self, some: bool) -> Option<Hidden> {
        Some(match self {
            Self::Folders | Self::Tags | Self::SecretNames | Self::FolderLevels => return None,
            Self::Roles if some => Hidden::RulesOfRoles,
            Self::Roles => Hidden::Roles,
            Self::Users => Hidden::Users,
            Self::Identities => Hidden::Identities,
            Self::UserMetadata => Hidden::UserMetadata,
            Self::IdentityMetadata => Hidden::IdentityMetadata,
            Self::Groups => Hidden::Groups,
            Self::GroupMembers => Hidden::GroupMembers,
            Self::EndedUserPrivileges => Hidden::EndedUserPrivileges,
            Self::UserPrivileges => Hidden::UserPrivileges,
            Self::IdentityPrivileges => Hidden::IdentityPrivileges,
            Self::FolderGrants => Hidden::FolderGrants,
            Self::EndedUserFolderGrants => Hidden::EndedUserFolderGrants,
            Self::UserFolderGrants => Hidden::UserFolderGrants,
            Self::EndedIdentityFolderGrants => Hidden::EndedIdentityFolderGrants,
            Self::IdentityFolderGrants => Hidden::IdentityFolderGrants,
        })
    }

    /// Whether a member of kind `member` may have access, or lack it, that is not known because of
    /// this.
    pub fn clouds(self, member: MemberKind) -> bool {
        match self {
            Self::Folders
            | Self::Tags
            | Self::SecretNames
            | Self::EndedUserPrivileges
            | Self::FolderGrants
            | Self::EndedUserFolderGrants
            | Self::EndedIdentityFolderGrants => false,
            Self::Groups | Self::GroupMembers | Self::FolderLevels => member != MemberKind::Group,
            Self::Roles => true,
            Self::Users | Self::UserPrivileges | Self::UserMetadata | Self::UserFolderGrants => {
                member == MemberKind::User
            }
            Self::Identities
            | Self::IdentityPrivileges
            | Self::IdentityMetadata
            | Self::IdentityFolderGrants => member == MemberKind::Identity,
        }
    }

    /// Whether it is about folder grants only, which reach few subjects and come after all else.
    pub fn is_folder_grants(self) -> bool {
        matches!(
            self,
            Self::UserFolderGrants | Self::IdentityFolderGrants | Self::FolderLevels
        )
    }

    /// Whether it matters only to rules with templates that ask for metadata.
    pub fn is_metadata(self) -> bool {
        matches!(self, Self::UserMetadata | Self::IdentityMetadata)
    }
}

/// What the pull could not see, as it is kept.
pub(super) fn unseen(fetched: &[fetched::Unseen]) -> Vec<Unseen> {
    fetched
        .iter()
        .map(|unseen| Unseen {
            kind: UnseenKind::of(unseen.kind),
            of: unseen.of,
            whom: match unseen.kind {
                // Anybody may be in a group that was not looked into.
                fetched::Kind::GroupMembers => BTreeSet::new(),
                _ => unseen.whom.iter().cloned().collect(),
            },
            why: unseen.why.to_string(),
            remedy: unseen.why.remedy().to_owned(),
        })
        .collect()
}

/// What must stay because it could not be seen. Roles whose rules nobody could see may be `unlisted`,
/// too.
pub(super) fn hidden(fetched: &[fetched::Unseen], unlisted: bool) -> reconcile::Unseen {
    let mut hidden: reconcile::Unseen = fetched
        .iter()
        .filter_map(|unseen| {
            let kind = UnseenKind::of(unseen.kind).hidden(unseen.of.is_some())?;
            Some((kind, unseen.whom.iter().cloned().collect()))
        })
        .collect();
    if unlisted {
        hidden.entry(Hidden::RulesOfRoles).or_default();
    }
    hidden
}
