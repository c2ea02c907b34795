//! Compares the access that Reeve assembles with the server's own account of it: for each member the
//! permission audit, source by source and rule by rule, and for the signed-in user the merged rules.

mod compare;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use reeve_domain::id::MemberId;
use reeve_domain::member::MemberKind;
use reeve_domain::project::Project;
use reeve_remote::audit::{Audited, audit, own_permissions};
use reeve_remote::client::Client;
use reeve_remote::error::FetchError;
use reeve_remote::fetched::{OnProgress, Progress, Step};
use reeve_remote::token::Holder;
use reeve_store::workspace::Workspace;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

pub use compare::{Mismatch, SourceName};

use crate::error::DeedError;
use crate::events::Topic;
use crate::operation::Work;
use crate::pull::link::read_link;
use crate::pull::{Link, linked};
use crate::reeve::Reeve;

/// How many members are compared at once.
const AT_ONCE: usize = 8;

/// Who is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// One member.
    One(MemberId),
    /// Every user and machine identity.
    All,
}

/// What the comparison of one member found.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The member.
    pub member: MemberId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: MemberKind,
    /// What was found.
    pub finding: Finding,
}

/// What was found.
#[derive(Debug, Clone)]
pub enum Finding {
    /// The server and Reeve take the same rules from the same sources.
    Same {
        /// How many sources.
        sources: usize,
        /// How many rules.
        rules: usize,
    },
    /// They do not.
    Different(Vec<Mismatch>),
    /// The server did not say.
    NotTold {
        /// Why.
        why: String,
        /// What can be done about it.
        remedy: String,
    },
}

/// The last comparison.
#[derive(Debug, Clone)]
pub struct Comparisons {
    /// When it was made, on the server's clock.
    pub at: DateTime<Utc>,
    /// What was found, member by member.
    pub members: Vec<Comparison>,
}

/// A member to compare, with what the server wants to know it by.
struct Asked {
    member: MemberId,
    name: String,
    kind: MemberKind,
    whose: Option<Audited>,
}

impl Reeve {
    /// Begins to compare `whom` with the server. Gives the operation's id; what was found is kept.
    pub fn begin_verify(&self, whom: &Whom) -> Result<String, DeedError> {
        let workspace = self.workspace()?;
        let link = linked(&workspace)?;
        let (id, cancel) = self.begin(Work::Verify)?;
        let (reeve, operation, whom) = (self.clone(), id.clone(), whom.clone());
        self.remote.spawn(async move {
            let progress = reeve.on_progress(&operation);
            let found = reeve
                .verify_over(&workspace, &link, &whom, &cancel, progress)
                .await;
            let outcome = found.map(|found| reeve.keep_comparisons(&workspace, found));
            reeve.end(&operation, outcome);
        })?;
        Ok(id)
    }

    /// Compares `whom` with the server and waits for it.
    pub fn verify(&self, whom: &Whom, on_progress: OnProgress) -> Result<Comparisons, DeedError> {
        let workspace = self.workspace()?;
        let link = linked(&workspace)?;
        let cancel = CancellationToken::new();
        self.remote
            .wait(self.verify_over(&workspace, &link, whom, &cancel, on_progress))?
    }

    /// What the last comparison of the open project found, as long as the program runs.
    pub fn comparisons(&self) -> Option<Comparisons> {
        let workspace = self.workspace().ok()?;
        let kept = self.remote.comparisons();
        kept.as_ref()
            .filter(|(path, _)| path == workspace.path())
            .map(|(_, found)| found.clone())
    }

    fn keep_comparisons(&self, workspace: &Workspace, found: Comparisons) {
        let mut kept = self.remote.comparisons();
        let merged = match kept.take() {
            // One member more, or once more, leaves what was found about the others.
            Some((path, mut before)) if path == workspace.path() && found.members.len() == 1 => {
                before
                    .members
                    .retain(|known| found.members.iter().all(|new| new.member != known.member));
                before.members.extend(found.members);
                before.at = found.at;
                before
            }
            _ => found,
        };
        *kept = Some((workspace.path().to_owned(), merged));
        drop(kept);
        self.events.changed(&[Topic::Remote]);
    }

    async fn verify_over(
        &self,
        workspace: &Workspace,
        link: &Link,
        whom: &Whom,
        cancel: &CancellationToken,
        on_progress: OnProgress,
    ) -> Result<Comparisons, DeedError> {
        let asked = workspace.reader().read(|snapshot| asked(snapshot, whom))?;
        let connection = self.connection_of(link)?;
        let client = self.signed_in_client(&connection, cancel).await?;
        let own = self.own_rules(&client, &link.project).await;
        let total = asked.len() as u64;
        let done = Arc::new(AtomicU64::new(0));
        let compared = stream::iter(asked.into_iter().map(|asked| {
            let (client, done, own) = (client.clone(), Arc::clone(&done), own.as_ref());
            let on_progress = Arc::clone(&on_progress);
            async move {
                let found = self
                    .compared(workspace, &client, &link.project, asked, own)
                    .await;
                on_progress(Progress {
                    step: Step::Privileges,
                    done: done.fetch_add(1, Ordering::Relaxed) + 1,
                    total: Some(total),
                });
                found
            }
        }))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
        self.keep_sign_in(&connection, &client).await?;
        Ok(Comparisons {
            at: self.now(),
            members: compared.into_iter().collect::<Result<_, _>>()?,
        })
    }

    /// The merged rules of the signed-in user, if a user is signed in.
    async fn own_rules(&self, client: &Client, project: &str) -> Option<(MemberId, String)> {
        let Holder::User { id } = client.signed_in().await?.token.holder else {
            return None;
        };
        let rules = own_permissions(client, project).await.ok()?;
        Some((MemberId::new(id), rules))
    }

    async fn compared(
        &self,
        workspace: &Workspace,
        client: &Client,
        project: &str,
        asked: Asked,
        own: Option<&(MemberId, String)>,
    ) -> Result<Comparison, DeedError> {
        let Some(whose) = &asked.whose else {
            return Ok(Comparison {
                member: asked.member,
                name: asked.name,
                kind: asked.kind,
                finding: Finding::NotTold {
                    why: "they are in the project through a group only".into(),
                    remedy: "The server gives an account of direct members only.".into(),
                },
            });
        };
        let told = audit(client, project, whose).await;
        let finding = match told {
            Ok(sources) => workspace.reader().read(|snapshot| {
                let project = snapshot
                    .project()?
                    .ok_or(DeedError::Missing { what: "project" })?;
                let access = snapshot
                    .member_access(&asked.member)?
                    .ok_or(DeedError::Missing { what: "member" })?;
                let own = own.filter(|(id, _)| *id == asked.member);
                found(
                    &project,
                    &access,
                    &sources,
                    own.map(|(_, rules)| rules.as_str()),
                    self.now(),
                )
            })?,
            Err(
                error @ (FetchError::Cancelled
                | FetchError::TokenExpired
                | FetchError::TokenRefused { .. }
                | FetchError::SignInRefused { .. }
                | FetchError::Unreachable { .. }),
            ) => return Err(error.into()),
            Err(error) => Finding::NotTold {
                why: error.to_string(),
                remedy: error.remedy().to_owned(),
            },
        };
        Ok(Comparison {
            member: asked.member,
            name: asked.name,
            kind: asked.kind,
            finding,
        })
    }
}

fn found(
    project: &Project,
    access: &reeve_store::access::MemberAccess,
    sources: &[reeve_remote::audit::ServerSource],
    own: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Finding, DeedError> {
    let mut compared = compare::sources(project, access, sources, now)?;
    if let Some(rules) = own {
        compared
            .mismatches
            .extend(compare::merged(project, access, rules, now)?);
    }
    Ok(if compared.mismatches.is_empty() {
        Finding::Same {
            sources: compared.sources,
            rules: compared.rules,
        }
    } else {
        Finding::Different(compared.mismatches)
    })
}

fn asked(snapshot: &reeve_store::snapshot::Snapshot, whom: &Whom) -> Result<Vec<Asked>, DeedError> {
    read_link(snapshot)?.ok_or(DeedError::NotLinked)?;
    let members = match whom {
        Whom::One(id) => vec![
            snapshot
                .member(id)?
                .ok_or(DeedError::Missing { what: "member" })?,
        ],
        Whom::All => snapshot.everything()?.members,
    };
    members
        .into_iter()
        .filter(|member| member.kind != MemberKind::Group)
        .map(|member| {
            let raw = snapshot.raw_member(member.id.as_str())?;
            let raw: Option<Value> = raw.and_then(|raw| serde_json::from_str(&raw).ok());
            // Who is in the project through a group only has a raw text without roles.
            let membership = raw.filter(|raw| raw.get("roles").is_some());
            Ok(Asked {
                whose: membership.and_then(|raw| match member.kind {
                    MemberKind::Identity => Some(Audited::Identity(member.id.to_string())),
                    MemberKind::User => {
                        let id = raw.get("id")?.as_str()?.to_owned();
                        Some(Audited::Membership(id))
                    }
                    MemberKind::Group => None,
                }),
                member: member.id,
                name: member.name,
                kind: member.kind,
            })
        })
        .collect()
}
