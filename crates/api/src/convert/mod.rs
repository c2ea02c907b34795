//! From the core's nouns to the shapes that travel, and back. Nothing is decided here.

pub mod access_map;
pub mod access_test;
pub mod act;
pub mod catalogue;
pub mod common;
pub mod compare;
pub mod effective;
pub mod error;
pub mod history;
pub mod history_change;
pub mod lifetime;
pub mod member;
pub mod member_draft;
pub mod privilege;
pub mod remote;
pub mod role;
pub mod role_effect;
pub mod role_name;
pub mod rule;
pub mod saved_filter;
pub mod scheduled;
pub mod simulate;
pub mod what_would_change;
pub mod who_can;
pub mod workspace;
