//! What travels between the window and the core: plain shapes with TypeScript twins.
//!
//! Nothing in here decides or formats; instants are ISO 8601 text in UTC.

pub mod access_map;
pub mod access_test;
pub mod act;
pub mod cases;
pub mod catalogue;
pub mod clock;
pub mod common;
pub mod compare;
pub mod comparison;
pub mod connection;
pub mod effective;
pub mod glob_trial;
pub mod history;
pub mod lifetime;
pub mod loose_ends;
pub mod member;
pub mod member_draft;
pub mod preferences;
pub mod privilege;
pub mod remote;
pub mod role;
pub mod role_effect;
pub mod role_name;
pub mod role_review;
pub mod same_grant;
pub mod saved_filter;
pub mod scheduled;
pub mod search;
pub mod simulate;
pub mod timeline;
pub mod what_else;
pub mod what_would_change;
pub mod who_can;
pub mod workspace;
