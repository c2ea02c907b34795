//! The events port: how this room says that something changed without being asked.

/// What can become stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Which workspace is open, and its project.
    Workspace,
    /// Environments, folders and tags.
    Places,
    /// Users, identities, groups and who is in them.
    Members,
    /// Roles and their assignments.
    Roles,
    /// Additional privileges, waiting ones included.
    Privileges,
    /// The history.
    History,
    /// Connections, the link to a server, and what is under way there.
    Remote,
    /// What counts now: something ended, or the clock was changed.
    Time,
}

/// Hears what changed.
pub trait Events: Send + Sync {
    /// `topics` are stale.
    fn changed(&self, topics: &[Topic]);
}
