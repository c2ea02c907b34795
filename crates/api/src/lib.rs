//! The talk between the window and the core: the command table, the shapes that travel, error
//! codes, and their TypeScript twins.
//!
//! This room converts and routes. It must not know how anything is stored or sent, must not know
//! Tauri, and must not decide about permissions.

pub mod command;
mod convert;
pub mod core;
pub mod dto;
pub mod error;
pub mod export;
mod remote;
mod router;
