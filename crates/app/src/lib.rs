//! The deeds of Reeve: one file per use case, over the store and the judge.
//!
//! A deed reads what it needs, asks the judge, writes in one transaction, and says what changed.
//! This room must not know the window, TypeScript or any words of SQL or HTTP; time and events
//! reach it through ports that a host fills.

pub mod attach_privilege;
pub mod clock;
pub mod error;
pub mod events;
pub mod expiry;
pub mod find;
pub mod history;
pub mod journal;
pub mod list_members;
pub mod member_access;
pub mod overview;
pub mod places;
pub mod preview_privilege;
pub mod reeve;
pub mod remove_privilege;
pub mod sample;
pub mod simulate;
pub mod undo;
pub mod workspace;

mod actor;
