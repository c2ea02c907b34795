//! The events port: how this room says that something changed without being asked.

/// What can become stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Which workspace is open, and its project.
    Workspace,
    /// Users, identities, groups and who is in them.
    Members,
    /// Roles and their assignments.
    Roles,
    /// Additional privileges, waiting ones included.
    Privileges,
    /// The history.
    History,
    /// What counts now: something ended, or the clock was changed.
    Time,
}

/// Hears what changed.
pub trait Events: Send + Sync {
    /// `topics` are stale.
    fn changed(&self, topics: &[Topic]);
}
