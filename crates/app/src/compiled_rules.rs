//! All that a role or a member comes to at an instant, ready to be compared with something else.

use chrono::{DateTime, Utc};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::member::MemberKind;
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{assemble_active, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};

use crate::actor::{facts, grants, role_grant};
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{project, role};

/// Whose rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Whoever has just this role; its templates are left as they are written.
    Role(RoleId),
    /// A user or an identity with all that it has, or what the roles of a group give.
    Member(MemberId),
}

impl Reeve {
    /// The rules of `holder` that count at `at`, on a server that orders rules as `semantics` says,
    /// or as the project's server does.
    pub fn compiled_rules(
        &self,
        holder: &Holder,
        semantics: Option<Semantics>,
        at: DateTime<Utc>,
    ) -> Result<CompiledRules, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let semantics = semantics.unwrap_or(project.semantics);
            let assembly = match holder {
                Holder::Role(id) => {
                    let grant = role_grant(&role(snapshot, id)?, project.catalogue)?;
                    assemble_as_written(&[grant], semantics, at)
                }
                Holder::Member(id) => {
                    let access = snapshot
                        .member_access(id)?
                        .ok_or(DeedError::Missing { what: "member" })?;
                    let grants = grants(&access, project.catalogue)?;
                    if access.member.kind == MemberKind::Group {
                        assemble_as_written(&grants, semantics, at)
                    } else {
                        assemble_active(&facts(&access.member), &grants, semantics, at)
                    }
                }
            };
            Ok(compile(&assembly, &mut CompileCache::new()))
        })
    }
}
