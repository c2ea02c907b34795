//! The nouns of Reeve: what a project, a member, a rule, a role and a time span *are*.
//!
//! Every other room speaks in these words. This room must not know how anything is stored, sent,
//! shown or decided: it has no IO, no clock, no serialisation and no other crate of ours.

pub mod attributes;
pub mod condition;
pub mod folder_grant;
pub mod history;
pub mod id;
pub mod lifetime;
pub mod lifetime_change;
pub mod member;
pub mod privilege;
pub mod project;
pub mod role;
pub mod rule;
pub mod scheduled;
pub mod slug;
pub mod span;
mod text;
pub mod value;
