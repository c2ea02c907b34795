//! The deeds of Reeve: one file per use case, over the store and the judge.
//!
//! A deed reads what it needs, asks the judge, writes in one transaction, and says what changed.
//! This room must not know the window, TypeScript or any words of SQL or HTTP; time and events
//! reach it through ports that a host fills.

pub mod access_map;
pub mod access_tests;
pub mod act_on_members;
pub mod attach_privilege;
pub mod blast_radius;
pub mod change_lifetime;
pub mod check_history;
pub mod clock;
pub mod compare;
pub mod compiled_rules;
pub mod connection;
pub mod create_role;
pub mod delete_role;
pub mod duplicate_role;
pub mod duration;
pub mod edit_privilege;
pub mod effective_permissions;
pub mod error;
pub mod events;
pub mod expiry;
pub mod export_history;
pub mod find;
pub mod history;
pub mod journal;
pub mod keep_role_draft;
pub mod list_members;
pub mod list_roles;
pub mod loose_ends;
pub mod member_access;
pub mod notices;
pub mod open_entry;
pub mod open_privilege;
pub mod open_role;
pub mod operation;
pub mod overview;
pub mod permanent_role;
pub mod places;
pub mod preferences;
pub mod preview_privilege;
pub mod privilege_effect;
pub mod pull;
pub mod reeve;
pub mod remark;
pub mod remove_privilege;
pub mod rename_role;
pub mod restore;
pub mod review_role;
pub mod role;
pub mod role_effect;
pub mod role_names;
pub mod rule_change;
pub mod sample;
pub mod save_role;
pub mod saved_filters;
pub mod scheduled;
pub mod secrets;
pub mod selection;
pub mod simulate;
pub mod timeline;
pub mod try_glob;
pub mod undo;
pub mod verify;
pub mod what_would_change;
pub mod who_can;
pub mod workspace;
pub mod write_member;
pub mod write_terraform;

mod actor;
mod consequence;
mod remote_state;
mod rule_facts;
mod turns;
