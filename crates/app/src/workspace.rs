//! Opens and makes workspaces. One is open at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use reeve_domain::id::ProjectId;
use reeve_domain::project::{CatalogueEdition, Project, ProjectKind, Semantics};
use reeve_domain::slug::normalise_slug;
use reeve_store::error::StoreError;
pub use reeve_store::open::OpenError;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;

use crate::error::DeedError;
use crate::events::Topic;
use crate::reeve::{Reeve, Session};
use crate::rule_facts::AskJudge;
use crate::sample::{self, Size};

/// The file that remembers which workspace was open last.
const LAST_OPEN: &str = "last-workspace";
/// The longest slug a project gets from its name.
const PROJECT_SLUG_MAX: usize = 64;

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// What was open last; nothing if that is nothing.
    Last,
    /// A workspace file.
    File(PathBuf),
    /// A workspace file that is only looked into: the next start does not come back to it.
    Visit(PathBuf),
    /// The sample project, which is made if it is not there.
    Sample(Size),
}

/// Which workspace is open.
#[derive(Clone)]
pub enum Status {
    /// One is open.
    Open {
        /// Its file.
        path: PathBuf,
        /// The project in it.
        project: Project,
        /// How many of each kind it has.
        counts: Counts,
    },
    /// The one asked for could not be opened, so none is.
    Refused(Arc<Refusal>),
    /// None was asked for yet: the program runs for the first time.
    Welcome,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Users.
    pub users: u64,
    /// Machine identities.
    pub identities: u64,
    /// Groups.
    pub groups: u64,
    /// Roles.
    pub roles: u64,
}

/// Why a workspace is not open.
#[derive(Debug)]
pub struct Refusal {
    /// The file asked for.
    pub path: PathBuf,
    /// Why.
    pub error: OpenError,
}

impl Reeve {
    /// Opens what is asked for and closes what was open. A refusal leaves none open.
    pub fn open(&self, opening: &Opening) {
        let (path, opened) = match opening {
            Opening::File(path) | Opening::Visit(path) => (path.clone(), Workspace::open(path)),
            Opening::Sample(size) => self.open_sample(*size),
            Opening::Last => {
                let Some(path) = self.last_open() else {
                    self.set_session(Session::Fresh);
                    return;
                };
                (path.clone(), Workspace::open(&path))
            }
        };
        if opened.is_ok() && !matches!(opening, Opening::Visit(_)) {
            self.remember(&path);
        }
        self.settle(path, opened);
    }

    /// Makes a workspace at `path` with an empty local project called `name`, and opens it.
    pub fn create(&self, path: &Path, name: &str) {
        let made = Workspace::create(path).and_then(|workspace| {
            let project = Project {
                id: ProjectId::new(uuid::Uuid::new_v4().to_string()),
                name: name.trim().to_owned(),
                slug: normalise_slug(name, PROJECT_SLUG_MAX),
                kind: ProjectKind::Local,
                semantics: Semantics::default(),
                catalogue: CatalogueEdition::default(),
            };
            fill(&workspace, path, |transaction| {
                insert_project(transaction, &project)
            })?;
            Ok(workspace)
        });
        if made.is_ok() {
            self.remember(path);
        }
        self.settle(path.to_owned(), made);
    }

    /// Which workspace is open.
    pub fn status(&self) -> Result<Status, DeedError> {
        let workspace = match self.session() {
            Session::Open(workspace) => workspace,
            Session::Refused(refusal) => return Ok(Status::Refused(refusal)),
            Session::Fresh => return Ok(Status::Welcome),
        };
        workspace.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            Ok(Status::Open {
                path: workspace.path().to_owned(),
                project,
                counts: Counts::read(snapshot)?,
            })
        })
    }

    /// The project of the open workspace.
    pub fn project(&self) -> Result<Project, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })
        })
    }

    fn settle(&self, path: PathBuf, opened: Result<Workspace, OpenError>) {
        match opened.and_then(|workspace| judged(workspace, &path)) {
            Ok(workspace) => self.set_session(Session::Open(workspace)),
            Err(error) => {
                tracing::warn!(%error, "a workspace could not be opened");
                self.set_session(Session::Refused(Arc::new(Refusal { path, error })));
            }
        }
        self.events.changed(&[Topic::Workspace]);
    }

    fn open_sample(&self, size: Size) -> (PathBuf, Result<Workspace, OpenError>) {
        let path = self.data.join(match size {
            Size::Team => "sample.reeve".to_owned(),
            Size::Members(count) => format!("sample-{count}.reeve"),
        });
        let opened = if path.exists() {
            Workspace::open(&path)
        } else {
            self.make_sample(&path, size)
        };
        (path, opened)
    }

    /// Makes the sample under another name first, so that a half-made one is never taken for it.
    fn make_sample(&self, path: &Path, size: Size) -> Result<Workspace, OpenError> {
        let io = |source: std::io::Error| OpenError::Io {
            path: path.to_owned(),
            source: Box::new(source),
        };
        std::fs::create_dir_all(&self.data).map_err(io)?;
        let unfinished = path.with_extension("unfinished");
        if unfinished.exists() {
            std::fs::remove_file(&unfinished).map_err(io)?;
        }
        let workspace = Workspace::create(&unfinished)?;
        let sample = sample::generate(self.now(), size);
        fill(&workspace, &unfinished, |transaction| {
            sample.insert(transaction)
        })?;
        // The last handle to go folds the log into the file, so that the file can be renamed.
        drop(workspace);
        std::fs::rename(&unfinished, path).map_err(io)?;
        Workspace::open(path)
    }

    fn last_open(&self) -> Option<PathBuf> {
        let path = std::fs::read_to_string(self.data.join(LAST_OPEN)).ok()?;
        Some(PathBuf::from(path.trim_end_matches('\n')))
    }

    /// Remembers `path` for the next start. Failing to is no reason not to work with it.
    fn remember(&self, path: &Path) {
        let text = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if let Err(error) =
            std::fs::write(self.data.join(LAST_OPEN), text.to_string_lossy().as_bytes())
        {
            tracing::warn!(%error, "the last workspace could not be remembered");
        }
    }
}

impl Counts {
    pub(crate) fn read(snapshot: &Snapshot) -> Result<Self, DeedError> {
        let members = snapshot.member_counts()?;
        Ok(Self {
            users: members.users,
            identities: members.identities,
            groups: members.groups,
            roles: snapshot.role_count()?,
        })
    }
}

/// A project needs the roles that every server has before anyone can be a member of it.
fn insert_project(transaction: &Transaction, project: &Project) -> Result<(), StoreError> {
    transaction.put_project(project)?;
    for role in sample::predefined_roles() {
        transaction.insert_role(&role)?;
    }
    Ok(())
}

/// The workspace with the judge at hand, which looks at all rules that it has not looked at yet.
pub(crate) fn judged(workspace: Workspace, path: &Path) -> Result<Workspace, OpenError> {
    let judged = workspace.finding_facts_with(Arc::new(AskJudge::default()));
    judged.map_err(|error| OpenError::Io {
        path: path.to_owned(),
        source: Box::new(error),
    })
}

fn fill(
    workspace: &Workspace,
    path: &Path,
    write: impl FnOnce(&Transaction) -> Result<(), StoreError>,
) -> Result<(), OpenError> {
    workspace
        .writer()
        .transaction(write)
        .map_err(|error| OpenError::Io {
            path: path.to_owned(),
            source: Box::new(error),
        })
}
