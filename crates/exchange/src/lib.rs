//! The formats: access written for other tools.
//!
//! What is written here says exactly what the rules say; what a format cannot say is told beside it.
//! This room must not know the disk or the network.

pub mod terraform;
