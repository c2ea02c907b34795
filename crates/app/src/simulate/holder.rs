//! Who a question is about, with everything that gives them rules.

use std::sync::Arc;

use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::Role;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{ActorFacts, FolderTier, Grant, Source};
use reeve_policy::read::rules_from_text;
use reeve_store::snapshot::Snapshot;

use super::{Unsaved, Who};
use crate::actor::{facts, grants, read_rules, role_grant};
use crate::error::DeedError;
use crate::preview_privilege::Remark;

/// Who was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A user, a machine identity, or the members of a group.
    Member(Member),
    /// Whoever has just this role.
    Role(Role),
    /// Whoever has just the rules that were given.
    Rules,
}

/// Who was asked about, with their grants, ended ones included.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub asked: Asked,
    /// What templates are filled in with; `None` where that depends on who it is.
    pub facts: Option<ActorFacts>,
    pub grants: Vec<Grant>,
}

/// What to call a privilege that is not saved yet.
pub const UNSAVED_PRIVILEGE: &str = "unsaved policies";

impl Asked {
    /// What stands before "may" in a sentence.
    pub fn name(&self) -> String {
        match self {
            Self::Member(member) if member.kind == MemberKind::Group => {
                format!("members of {}", member.name)
            }
            Self::Member(member) => member.name.clone(),
            Self::Role(role) => format!("whoever has just {}", role.name),
            Self::Rules => "whoever has just these rules".to_owned(),
        }
    }
}

impl Holder {
    /// Reads everything about `who`; what the question must change before it can be answered comes
    /// back as remarks.
    pub fn read(
        snapshot: &Snapshot,
        who: &Who,
        unsaved: &Unsaved,
        edition: CatalogueEdition,
    ) -> Result<Result<Self, Vec<Remark>>, DeedError> {
        let mut holder = match who {
            Who::Member(id) => {
                let Some(access) = snapshot.member_access(id)? else {
                    return Ok(Err(remarks(
                        "who",
                        "this member is not in the project any more; choose another, or look in \
                         History for when it was removed",
                    )));
                };
                let is_group = access.member.kind == MemberKind::Group;
                Self {
                    facts: (!is_group).then(|| facts(&access.member)),
                    grants: grants(&access, edition)?,
                    asked: Asked::Member(access.member),
                }
            }
            Who::Role(id) => {
                let Some(role) = snapshot.role(id)? else {
                    return Ok(Err(remarks(
                        "who",
                        "this role is not in the project any more; choose another",
                    )));
                };
                Self {
                    facts: None,
                    grants: vec![role_grant(&role, edition)?],
                    asked: Asked::Role(role),
                }
            }
            Who::Rules {
                rules,
                folder_rules,
            } => match given(rules, folder_rules.as_deref()) {
                Ok(grants) => Self {
                    facts: None,
                    grants,
                    asked: Asked::Rules,
                },
                Err(problems) => return Ok(Err(problems)),
            },
        };
        if unsaved.role_drafts {
            holder.take_drafts(snapshot)?;
        }
        if let Some(text) = &unsaved.privilege {
            match list("privilege", text) {
                Ok(rules) => holder.grants.push(unsaved_grant(rules, &holder.asked)),
                Err(problem) => return Ok(Err(vec![problem])),
            }
        }
        Ok(Ok(holder))
    }

    /// Whoever has just the given rules; anybody else is not known without a project.
    pub fn of_rules(who: &Who, unsaved: &Unsaved) -> Result<Self, Vec<Remark>> {
        let Who::Rules {
            rules,
            folder_rules,
        } = who
        else {
            return Err(remarks("who", "a workspace is needed to ask about this"));
        };
        let mut holder = Self {
            facts: None,
            grants: given(rules, folder_rules.as_deref())?,
            asked: Asked::Rules,
        };
        if let Some(text) = &unsaved.privilege {
            let rules = list("privilege", text).map_err(|problem| vec![problem])?;
            holder.grants.push(unsaved_grant(rules, &holder.asked));
        }
        Ok(holder)
    }

    /// Puts the drafts of roles in place of the roles.
    fn take_drafts(&mut self, snapshot: &Snapshot) -> Result<(), DeedError> {
        for grant in &mut self.grants {
            let Source::Role { id, slug, .. } = &grant.source else {
                continue;
            };
            if let Some(draft) = snapshot.role_draft(id)? {
                grant.rules = read_rules(slug, &draft.rules)?.into();
            }
        }
        Ok(())
    }
}

fn unsaved_grant(rules: Vec<Rule>, asked: &Asked) -> Grant {
    Grant {
        source: match asked {
            Asked::Rules => Source::AdHoc {
                label: Arc::from(UNSAVED_PRIVILEGE),
            },
            // A privilege counts only for who is a member, as on the server.
            Asked::Member(_) | Asked::Role(_) => Source::Privilege {
                id: PrivilegeId::from(""),
                slug: Arc::from(UNSAVED_PRIVILEGE),
            },
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    }
}

fn given(rules: &str, folder_rules: Option<&str>) -> Result<Vec<Grant>, Vec<Remark>> {
    let own = list("rules", rules).map_err(|problem| vec![problem])?;
    let mut grants = vec![Grant {
        source: Source::AdHoc {
            label: Arc::from("the given rules"),
        },
        lifetime: Lifetime::Permanent,
        rules: own.into(),
    }];
    if let Some(text) = folder_rules {
        let appended = list("folderRules", text).map_err(|problem| vec![problem])?;
        grants.push(Grant {
            source: Source::Folder {
                id: PrivilegeId::from(""),
                environment: Arc::from(""),
                path: Arc::from("the given folders"),
                tier: FolderTier::Read,
            },
            lifetime: Lifetime::Permanent,
            rules: appended.into(),
        });
    }
    Ok(grants)
}

fn list(field: &str, text: &str) -> Result<Vec<Rule>, Remark> {
    if text.trim().is_empty() {
        return Err(Remark {
            field: field.to_owned(),
            message: "give a list of rules as JSON, such as \
                      `[{\"subject\": \"secrets\", \"action\": [\"readValue\"]}]`"
                .to_owned(),
        });
    }
    rules_from_text(text)
        .map(|(rules, _)| rules)
        .map_err(|error| Remark {
            field: field.to_owned(),
            message: error.to_string(),
        })
}

fn remarks(field: &str, message: &str) -> Vec<Remark> {
    vec![Remark {
        field: field.to_owned(),
        message: message.to_owned(),
    }]
}
