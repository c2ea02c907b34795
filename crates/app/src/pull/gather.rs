//! Takes what a pull brings and writes it, as it arrives, to a workspace of its own beside the others:
//! a first pull becomes that workspace, a later one is compared with it. So nothing need wait in
//! memory, and what there was stays whole until everything has come.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use reeve_domain::id::{MemberId, ProjectId, RoleId};
use reeve_domain::member::RoleAssignment;
use reeve_domain::project::{Project, ProjectKind};
use reeve_domain::role::Role;
use reeve_policy::assemble::FolderTier;
use reeve_remote::error::FetchError;
use reeve_remote::fetched::{Arrival, HeldRole, Kept, ProjectHead};
use reeve_store::error::StoreError;
use reeve_store::fact::Server;
use reeve_store::filling::Filling;
use reeve_store::open::OpenError;
use reeve_store::pulled::RawOf;
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;
use tempfile::TempDir;
use tokio::sync::mpsc::Receiver;

use crate::error::DeedError;
use crate::workspace::judged;

/// How many arrivals may wait to be written.
pub(super) const ROOM: usize = 256;

/// How folders are called in which a pull is gathered.
const PREFIX: &str = ".pull-";

/// After so long the folder of a pull is one that a crash left.
const ABANDONED: Duration = Duration::from_hours(24);

/// Where a pull is gathered; goes with everything in it when it is dropped.
pub(super) struct Place {
    folder: TempDir,
    /// What it is for.
    purpose: Purpose,
}

/// What a pull is gathered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To become a workspace.
    First,
    /// To be compared with one.
    Again,
}

/// All that a pull brought.
pub(super) struct Gathered {
    pub workspace: Workspace,
    pub filling: Filling,
    pub project: ProjectHead,
    /// Roles that somebody has and that the list of roles lacks.
    pub unlisted: Vec<Role>,
    /// Folder grants of levels that are not known: whose, and the word for the level.
    pub unknown_levels: BTreeSet<(MemberId, String)>,
    // After the workspace, so that its file is closed before it goes.
    pub place: Place,
}

impl Place {
    /// A place in `folder`, which is made if it is not there.
    pub fn in_folder(folder: &Path, purpose: Purpose) -> Result<Self, DeedError> {
        let refused = |_| DeedError::Conflict {
            sentence: format!("nothing can be written to `{}`", folder.display()),
        };
        std::fs::create_dir_all(folder).map_err(refused)?;
        sweep(folder);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(folder)
            .map_err(refused)?;
        Ok(Self { folder, purpose })
    }

    /// The file of the workspace.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("project.unfinished")
    }
}

/// Removes what crashes left. What cannot be removed now may be the next time.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let age = entry
            .metadata()
            .and_then(|metadata| metadata.modified())
            .ok()
            .and_then(|then| SystemTime::now().duration_since(then).ok());
        if is_ours && age.is_some_and(|age| age > ABANDONED) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes what arrives until nothing can come any more. Blocks while it waits.
pub(super) fn gather(
    place: Place,
    server: Server,
    mut arrivals: Receiver<Arrival>,
) -> Result<Gathered, DeedError> {
    let file = place.file();
    let refused = |error: OpenError| DeedError::Conflict {
        sentence: error.to_string(),
    };
    let mut workspace = Workspace::create_passing(&file).map_err(refused)?;
    if place.purpose == Purpose::First {
        workspace = judged(workspace, &file).map_err(refused)?;
    }
    let mut taker = Taker::new(server);
    let filling = workspace.writer().transaction(|transaction| {
        let filling = transaction.begin_filling()?;
        let mut arrived = Vec::with_capacity(ROOM);
        while arrivals.blocking_recv_many(&mut arrived, ROOM) > 0 {
            for arrival in arrived.drain(..) {
                taker.take(transaction, arrival)?;
            }
        }
        taker.settle(transaction)?;
        Ok::<_, DeedError>(filling)
    })?;
    Ok(Gathered {
        workspace,
        filling,
        project: taker.project,
        unlisted: taker.unlisted,
        unknown_levels: taker.unknown_levels,
        place,
    })
}

/// Writes one arrival after the other.
struct Taker {
    server: Server,
    project: ProjectHead,
    environments: usize,
    /// The roles there are, by slug.
    roles: BTreeMap<String, RoleId>,
    role_ids: BTreeSet<RoleId>,
    unlisted: Vec<Role>,
    unknown_levels: BTreeSet<(MemberId, String)>,
    /// Listed, and gone when they were asked for.
    gone: Vec<RoleId>,
    /// Who is in the project through a group only, as long as no group has them for good.
    guests: BTreeSet<MemberId>,
}

impl Taker {
    fn new(server: Server) -> Self {
        Self {
            server,
            project: ProjectHead::default(),
            environments: 0,
            roles: BTreeMap::new(),
            role_ids: BTreeSet::new(),
            unlisted: Vec::new(),
            unknown_levels: BTreeSet::new(),
            gone: Vec::new(),
            guests: BTreeSet::new(),
        }
    }

    fn take(&mut self, transaction: &Transaction, arrival: Arrival) -> Result<(), DeedError> {
        match arrival {
            Arrival::Project(head) => self.take_project(transaction, head)?,
            Arrival::Environment(Kept { thing, raw }) => {
                transaction.put_environment(self.environments, &thing)?;
                self.environments += 1;
                put_raw(transaction, RawOf::Environment(thing.slug.as_str()), &raw)?;
            }
            Arrival::Folder(Kept { thing, raw }) => {
                transaction.put_folder(&thing)?;
                let of = RawOf::Folder(thing.environment.as_str(), &thing.path);
                put_raw(transaction, of, &raw)?;
            }
            Arrival::Tag(Kept { thing, raw }) => {
                transaction.put_tag(&thing)?;
                put_raw(transaction, RawOf::Tag(&thing.slug), &raw)?;
            }
            Arrival::SecretName(name) => transaction.put_secret_name(&name)?,
            Arrival::RoleHead(role) => self.add_role(transaction, &role)?,
            Arrival::Role(role) => self.take_rules(transaction, &role)?,
            Arrival::RoleGone(id) => self.gone.push(id),
            Arrival::Member(member, roles) => {
                if transaction.fill_in_member(&member.thing, &member.raw)? {
                    for held in roles {
                        self.take_held(transaction, &member.thing.id, held)?;
                    }
                }
            }
            Arrival::GroupPerson(member) => {
                if transaction.fill_in_member(&member.thing, &member.raw)? {
                    self.guests.insert(member.thing.id);
                }
            }
            Arrival::GroupMembers(group, members) => {
                for member in members {
                    transaction.add_to_group(&group, &member)?;
                    self.guests.remove(&member);
                }
            }
            Arrival::Privilege(Kept { thing, raw }) => {
                transaction.fill_in_privilege(&thing, &raw)?;
            }
            Arrival::FolderGrant(Kept { thing, raw }) => {
                transaction.fill_in_folder_grant(&thing, &raw)?;
                if FolderTier::from_wire(&thing.tier).is_none() {
                    self.unknown_levels.insert((thing.member, thing.tier));
                }
            }
            Arrival::Answer(answer) => {
                transaction.remember_answer(&answer.request, &answer.etag, &answer.body)?;
            }
            Arrival::SameAnswer(request) => transaction.remember_answer(&request, "", "")?,
        }
        Ok(())
    }

    fn take_project(
        &mut self,
        transaction: &Transaction,
        head: ProjectHead,
    ) -> Result<(), StoreError> {
        transaction.put_project(&Project {
            id: ProjectId::new(head.id.as_str()),
            name: head.name.clone(),
            slug: head.slug.clone(),
            kind: ProjectKind::Linked,
            semantics: self.server.semantics,
            catalogue: self.server.catalogue,
        })?;
        put_raw(transaction, RawOf::Project, &head.raw)?;
        self.project = head;
        Ok(())
    }

    fn add_role(&mut self, transaction: &Transaction, role: &Role) -> Result<(), StoreError> {
        transaction.insert_role(role)?;
        self.roles.insert(role.slug.clone(), role.id.clone());
        self.role_ids.insert(role.id.clone());
        Ok(())
    }

    fn take_rules(&self, transaction: &Transaction, role: &Kept<Role>) -> Result<(), DeedError> {
        if !self.role_ids.contains(&role.thing.id) {
            // Another one was made under its name since the roles were listed.
            let what = "the list of roles".to_owned();
            return Err(FetchError::KeptChanging { what }.into());
        }
        transaction.update_role(&role.thing)?;
        put_raw(transaction, RawOf::Role(role.thing.id.as_str()), &role.raw)?;
        Ok(())
    }

    fn take_held(
        &mut self,
        transaction: &Transaction,
        member: &MemberId,
        held: HeldRole,
    ) -> Result<(), StoreError> {
        let role = if self.role_ids.contains(&held.role.id) {
            held.role.id
        } else if let Some(known) = self.roles.get(&held.role.slug) {
            known.clone()
        } else {
            // It gets a place among the roles, so that nobody's role is lost.
            self.add_role(transaction, &held.role)?;
            self.unlisted.push(held.role.clone());
            held.role.id
        };
        let assignment = RoleAssignment {
            id: held.id,
            member: member.clone(),
            role,
            lifetime: held.lifetime,
        };
        transaction.fill_in_assignment(&assignment, &held.raw)
    }

    /// Takes away what turned out to be gone meanwhile.
    fn settle(&mut self, transaction: &Transaction) -> Result<(), StoreError> {
        for guest in std::mem::take(&mut self.guests) {
            transaction.remove_member(&guest)?;
        }
        for gone in std::mem::take(&mut self.gone) {
            match transaction.remove_role(&gone) {
                // Somebody had it when the members were listed.
                Err(StoreError::InUse { .. }) => self.unlisted.extend(transaction.role(&gone)?),
                other => other?,
            }
        }
        Ok(())
    }
}

fn put_raw(transaction: &Transaction, of: RawOf<'_>, raw: &str) -> Result<(), StoreError> {
    if raw.is_empty() {
        return Ok(());
    }
    transaction.put_raw(of, raw)
}

#[cfg(test)]
mod tests;
