//! The same grant, given again and again: additional privileges that mean the same on several
//! members, and the custom role that could stand for them. And the reverse, a role that one member
//! has, which could be a privilege.
//!
//! Either is done only if it is proven that nobody's access changes, now and at every instant at
//! which something of those concerned ends.

mod find;
mod gather;
mod prove;
mod scatter;

pub use find::{GrantHolder, RoleOfOne, SameGrant, SameGrants};
pub use gather::{GatherRequest, Gathered, Gathering};
pub use prove::Proof;
pub use scatter::Scattering;
