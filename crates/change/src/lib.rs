//! What differs between two states of a project. Pure: no store, no network, no clock; instants are
//! arguments, and the same states give the same differences in the same order.

pub mod reconcile;
