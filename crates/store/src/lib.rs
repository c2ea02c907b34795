//! The disk: one SQLite file per workspace, and the only SQL.
//!
//! This room keeps what it is given and finds it again. It decides nothing about access, reads no
//! clock and makes no ids: instants and ids are arguments. Rules, raw bodies and the objects in
//! the history are text that it does not look into. It never stores the value of a secret.
//!
//! [`workspace::Workspace`] opens the file. Reads go through a [`snapshot::Snapshot`], which cannot
//! write; writes through a [`transaction::Transaction`], which can also read. Each table's queries
//! are in the module that bears its name.

pub mod access;
pub mod access_test;
pub mod assignment;
mod bulk;
pub mod chain;
mod column;
pub mod comparison;
pub mod content;
pub mod ending;
pub mod error;
pub mod fact;
pub mod filling;
pub mod filter;
mod fold;
pub mod folder_grant;
pub mod group;
pub mod history;
mod inspect;
pub mod lookup;
pub mod loose_end;
pub mod member;
mod migration;
pub mod open;
mod order;
pub mod page;
pub mod place;
#[cfg(test)]
mod plan;
pub mod privilege;
pub mod project;
pub mod pulled;
pub mod role;
pub mod role_draft;
pub mod role_holder;
pub mod saved_filter;
pub mod scheduled;
mod search;
pub mod setting;
pub mod snapshot;
pub mod timeline;
pub mod transaction;
pub mod workspace;
