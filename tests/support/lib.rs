//! What the cross-room tests share. Nothing here is shipped.

pub mod judge;
