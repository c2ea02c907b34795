//! Compares the access that Reeve assembles with the server's own account of it: for each member the
//! permission audit, source by source and rule by rule, and for the signed-in user the merged rules. Of
//! folder grants the audit tells no rules, so only which there are and their ends are compared.
//!
//! The server gives that account of direct members only. Somebody who is in the project through
//! groups has what the groups have, and that stands in the account of every direct member of them.

mod asked;
mod compare;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use reeve_domain::id::MemberId;
use reeve_domain::member::MemberKind;
use reeve_remote::audit::{
    Audited, FolderGrants, ServerSource, SourceKind, audit, own_permissions,
};
use reeve_remote::client::Client;
use reeve_remote::error::FetchError;
use reeve_remote::fetched::{OnProgress, Progress, Step};
use reeve_remote::token::Holder;
use reeve_store::workspace::Workspace;
use tokio_util::sync::CancellationToken;

use asked::{Asked, asked, witnesses};
pub use compare::{Mismatch, SourceName};

use crate::error::DeedError;
use crate::events::Topic;
use crate::operation::Work;
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
    /// They are in the project through groups only, and the server gives no account of anybody who
    /// is in these groups. Nothing speaks against what Reeve shows, and nothing for it.
    GroupsOnly {
        /// The groups that nothing was told about, by name.
        groups: Vec<String>,
    },
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
        let (asked, witnesses) = workspace.reader().read(|snapshot| {
            let asked = asked(snapshot, whom)?;
            let witnesses = witnesses(snapshot, &asked)?;
            Ok::<_, DeedError>((asked, witnesses))
        })?;
        let connection = self.connection_of(link)?;
        let client = self.signed_in_client(&connection, cancel).await?;
        let own = self.own_rules(&client, &link.project).await;
        let all = Compared {
            reeve: self,
            workspace,
            client: &client,
            project: &link.project,
            own: own.as_ref(),
        };
        let (direct, by_group): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|asked| asked.whose.is_some());
        let (reported, total) = (direct.len(), direct.len() + witnesses.len());
        let (total, done) = (total as u64, AtomicU64::new(0));
        let told = stream::iter(direct.into_iter().chain(witnesses).map(|asked| {
            let (all, done, on_progress) = (&all, &done, &on_progress);
            async move {
                let told = all.with_its_account(asked).await;
                on_progress(Progress {
                    step: Step::Privileges,
                    done: done.fetch_add(1, Ordering::Relaxed) + 1,
                    total: Some(total),
                });
                told
            }
        }))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
        self.keep_sign_in(&connection, &client).await?;
        let mut members = Vec::with_capacity(reported + by_group.len());
        let mut groups = Groups::new();
        for (place, told) in told.into_iter().enumerate() {
            let (comparison, of_groups) = told?;
            groups.extend(of_groups);
            if place < reported {
                members.push(comparison);
            }
        }
        for asked in by_group {
            members.push(all.through_groups(asked, &groups)?);
        }
        Ok(Comparisons {
            at: self.now(),
            members,
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
}

/// What the server counts of each group, as it told it of a member of the group.
type Groups = BTreeMap<MemberId, Vec<ServerSource>>;

/// What the server says of the access of one member.
struct Account {
    sources: Vec<ServerSource>,
    /// Its folder grants, of which only the ids and the ends mean anything.
    folder_grants: Vec<ServerSource>,
}

/// What it takes to compare one member.
struct Compared<'a> {
    reeve: &'a Reeve,
    workspace: &'a Workspace,
    client: &'a Client,
    project: &'a str,
    own: Option<&'a (MemberId, String)>,
}

impl Compared<'_> {
    /// Compares a direct member, and gives what its account says of the groups that it is in.
    async fn with_its_account(&self, asked: Asked) -> Result<(Comparison, Groups), DeedError> {
        let Some(whose) = &asked.whose else {
            return Ok((
                asked.found(Finding::GroupsOnly { groups: Vec::new() }),
                Groups::new(),
            ));
        };
        match self.account(whose).await {
            Ok(Account {
                sources,
                folder_grants,
            }) => {
                let finding = self.found(&asked.member, &sources, Some(&folder_grants))?;
                let groups = asked.groups.iter().map(|group| {
                    let of_group = sources.iter().filter(|source| is_of(source, &group.id));
                    (group.id.clone(), of_group.cloned().collect())
                });
                let groups = groups.collect();
                Ok((asked.found(finding), groups))
            }
            Err(
                error @ (FetchError::Cancelled
                | FetchError::TokenExpired
                | FetchError::TokenRefused { .. }
                | FetchError::SignInRefused { .. }
                | FetchError::Unreachable { .. }),
            ) => Err(error.into()),
            Err(error) => {
                let finding = Finding::NotTold {
                    why: error.to_string(),
                    remedy: error.remedy().to_owned(),
                };
                Ok((asked.found(finding), Groups::new()))
            }
        }
    }

    /// What the server says of `whose` access.
    async fn account(&self, whose: &Audited) -> Result<Account, FetchError> {
        let ask = |folder_grants| audit(self.client, self.project, whose, folder_grants);
        let sources = ask(FolderGrants::Named).await?;
        let is_privilege = |source: &ServerSource| source.kind == SourceKind::Privilege;
        if !sources.iter().any(is_privilege) {
            return Ok(Account {
                sources,
                folder_grants: Vec::new(),
            });
        }
        // Folder grants are named as privileges, so only what is left without them tells them apart.
        let without = ask(FolderGrants::LeftOut).await?;
        let is_folder_grant = |source: &ServerSource| {
            is_privilege(source) && without.iter().all(|one| one.id != source.id)
        };
        Ok(Account {
            folder_grants: sources.into_iter().filter(is_folder_grant).collect(),
            sources: without,
        })
    }

    /// Compares a member that is in the project through groups only.
    fn through_groups(&self, asked: Asked, told: &Groups) -> Result<Comparison, DeedError> {
        let untold: Vec<String> = asked
            .groups
            .iter()
            .filter(|group| !told.contains_key(&group.id))
            .map(|group| group.name.clone())
            .collect();
        if !untold.is_empty() {
            return Ok(asked.found(Finding::GroupsOnly { groups: untold }));
        }
        let sources: Vec<ServerSource> = asked
            .groups
            .iter()
            .filter_map(|group| told.get(&group.id))
            .flatten()
            .cloned()
            .collect();
        let finding = self.found(&asked.member, &sources, None)?;
        Ok(asked.found(finding))
    }

    /// Folder grants are compared only if the server told of them.
    fn found(
        &self,
        member: &MemberId,
        sources: &[ServerSource],
        folder_grants: Option<&[ServerSource]>,
    ) -> Result<Finding, DeedError> {
        self.workspace.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let access = snapshot
                .member_access(member)?
                .ok_or(DeedError::Missing { what: "member" })?;
            let now = self.reeve.now();
            let mut compared = compare::sources(&project, &access, sources, now)?;
            if let Some(told) = folder_grants {
                compared.add(compare::folder_grants(&access, told, now));
            }
            if let Some((_, rules)) = self.own.filter(|(id, _)| id == member) {
                let merged = compare::merged(&project, &access, rules, now)?;
                compared.mismatches.extend(merged);
            }
            Ok(compared.finding())
        })
    }
}

fn is_of(source: &ServerSource, id: &MemberId) -> bool {
    matches!(&source.kind, SourceKind::GroupRole { group, .. } if group == id.as_str())
}
