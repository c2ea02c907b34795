//! The only HTTP: signs in to an Infisical server, reads a whole project from it, and asks it for
//! its own view of somebody's access.
//!
//! Nothing here knows the store or the use cases, writes to a disk, or logs: headers carry tokens
//! and bodies carry names. What travels is in [`wire`], which nobody outside sees; what leaves this
//! room are nouns of the domain with the raw text beside them. The present is an argument
//! ([`client::Now`]), so a wrong clock can be measured instead of believed.

pub mod address;
pub mod audit;
pub mod client;
pub mod error;
pub mod fetched;
pub mod probe;
pub mod project;
pub mod secret;
pub mod sign_in;
pub mod token;

mod collect;
mod path;
mod retry;
mod wire;
