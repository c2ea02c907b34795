//! What the cross-room tests share. Nothing here is shipped.

pub mod judge;
pub mod loopback;
pub mod session;
pub mod shifted_clock;
