//! The judge: decides whether an actor may do something under a set of rules, and says why.
//!
//! Assembly, compilation, decision and explanation are the server's own semantics, reproduced
//! exactly; what cannot be reproduced is reported as such and never guessed. This room has no IO,
//! no clock, no randomness and no async, and it does not panic: time and data are arguments.

pub mod assemble;
pub mod boundary;
pub mod catalogue;
pub mod compile;
pub mod decide;
pub mod explain;
pub mod glob;
pub mod operation;
mod prototype;
pub mod read;
pub mod template;
pub mod validate;
