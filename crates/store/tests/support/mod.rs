//! Builders for what tests store.

#![allow(clippy::cast_possible_truncation, reason = "counts in tests are small")]
#![allow(dead_code, reason = "every test file uses some of these")]

pub mod model;
pub mod older;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::history::HistoryEntry;
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};
use reeve_store::error::StoreError;
use reeve_store::filter::MemberFilter;
use reeve_store::page::{Direction, MemberQuery, MemberSort};
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;

/// A workspace in a folder that goes when this goes.
pub struct Temporary {
    pub workspace: Workspace,
    pub folder: tempfile::TempDir,
}

impl Temporary {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        Self { workspace, folder }
    }

    /// A connection of SQLite's own to the same file, to see and to do what the store does not.
    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.workspace.path()).unwrap()
    }

    #[track_caller]
    pub fn write<T>(&self, write: impl FnOnce(&Transaction) -> Result<T, StoreError>) -> T {
        self.workspace.writer().transaction(write).unwrap()
    }

    #[track_caller]
    pub fn refuses<T: std::fmt::Debug>(
        &self,
        write: impl FnOnce(&Transaction) -> Result<T, StoreError>,
    ) -> StoreError {
        self.workspace.writer().transaction(write).unwrap_err()
    }

    #[track_caller]
    pub fn read<T>(
        &self,
        read: impl FnOnce(&reeve_store::snapshot::Snapshot) -> Result<T, StoreError>,
    ) -> T {
        self.workspace.reader().read(read).unwrap()
    }

    /// The names of the members that `query` finds.
    #[track_caller]
    pub fn names(&self, query: &MemberQuery) -> Vec<String> {
        let page = self.read(|snapshot| snapshot.member_page(query));
        page.rows.into_iter().map(|row| row.name).collect()
    }
}

/// The instant `minutes` after the first.
pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

pub fn until(minutes: i64) -> Lifetime {
    Lifetime::timed("1h", at(minutes - 60), at(minutes))
}

pub fn without_end() -> Lifetime {
    Lifetime::Timed(Timed {
        range: Some("1h".into()),
        start: None,
        end: None,
    })
}

pub fn member(kind: MemberKind, id: &str, name: &str) -> Member {
    Member {
        id: id.into(),
        kind,
        name: name.into(),
        handle: String::new(),
        username: String::new(),
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    }
}

pub fn user(id: &str, name: &str) -> Member {
    member(MemberKind::User, id, name)
}

pub fn group(id: &str, name: &str) -> Member {
    member(MemberKind::Group, id, name)
}

pub fn role(id: &str) -> Role {
    Role {
        id: id.into(),
        kind: RoleKind::Custom,
        slug: format!("slug-{id}"),
        name: format!("Role {id}"),
        description: String::new(),
        rules: "[]".into(),
    }
}

pub fn assignment(id: &str, member: &str, role: &str, lifetime: Lifetime) -> RoleAssignment {
    RoleAssignment {
        id: id.into(),
        member: member.into(),
        role: role.into(),
        lifetime,
    }
}

pub fn privilege(id: &str, member: &str, slug: &str, lifetime: Lifetime) -> AdditionalPrivilege {
    AdditionalPrivilege {
        id: id.into(),
        member: member.into(),
        slug: slug.into(),
        lifetime,
        rules: r#"[{"subject":"secrets","action":"read"}]"#.into(),
        reason: "because".into(),
        ticket: "T-1".into(),
        managed: false,
        created_at: at(0),
        updated_at: at(1),
    }
}

pub fn folder_grant(id: &str, member: &str, tier: &str, lifetime: Lifetime) -> FolderGrant {
    FolderGrant {
        id: id.into(),
        member: member.into(),
        environment: "prod".into(),
        path: "/app/not listed".into(),
        tier: tier.into(),
        lifetime,
        created_at: at(0),
        updated_at: at(1),
    }
}

pub fn entry(id: &str, member: Option<&str>) -> HistoryEntry {
    HistoryEntry {
        id: id.into(),
        at: at(0),
        deed: "privilege.attach".into(),
        member: member.map(Into::into),
        object: "object".into(),
        title: "title".into(),
        before: None,
        after: Some("{}".into()),
        reason: String::new(),
        undoes: None,
    }
}

/// Every member, by name.
pub fn query() -> MemberQuery {
    MemberQuery {
        filter: MemberFilter::default(),
        sort: MemberSort::Name,
        direction: Direction::Ascending,
        offset: 0,
        limit: 1000,
        now: at(0),
    }
}
