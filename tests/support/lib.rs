//! What the cross-room tests share. Nothing here is shipped.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "only tests call this, and they fail by panicking"
)]

pub mod cli;
pub mod infisical;
pub mod judge;
pub mod keyring;
pub mod linked;
pub mod loopback;
pub mod oracle;
pub mod proof;
pub mod session;
pub mod shifted_clock;
pub mod timing;
