//! Identifiers. They are opaque text: the server's ids for what came from a server, ids made by the
//! use cases for what was made here. Nothing in this room makes one up.

use crate::text::text_newtype;

text_newtype! {
    /// Identifies a project.
    ProjectId
}
text_newtype! {
    /// Identifies a member of a project: a user, a machine identity or a group.
    MemberId
}
text_newtype! {
    /// Identifies a role, predefined or custom, within its project.
    RoleId
}
text_newtype! {
    /// Identifies one role assignment of one member.
    AssignmentId
}
text_newtype! {
    /// Identifies one additional privilege of one member.
    PrivilegeId
}
text_newtype! {
    /// Identifies one grant that begins later.
    ScheduledId
}
text_newtype! {
    /// Identifies one entry of the history.
    HistoryId
}
