//! What travels: the shapes of the server's answers, as far as anything here reads them. Unknown
//! fields are left out of the types and kept in the raw text beside them. Nobody outside this crate
//! sees any of this.

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod error;
pub(crate) mod people;
pub(crate) mod project;
#[cfg(test)]
mod recorded;
pub(crate) mod sign_in;
