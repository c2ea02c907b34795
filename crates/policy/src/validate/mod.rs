//! Says what is wrong with rules, in two strengths: what the server refuses ([`accept`]), and what
//! it takes but strips or never matches ([`findings`]).
//!
//! The first is the server's own result, reproduced; the second is advice in plain words. Neither
//! decides an access.

mod accept;
mod assignable;
mod combination;
mod findings;
mod schema;
mod syntax;
#[cfg(test)]
mod tests;
mod text;

pub use accept::{Acceptance, Issue, PathPart, Stage, accept};
pub use findings::{Finding, Severity, findings};
