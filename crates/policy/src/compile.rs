//! Prepares rules once, so that many requests can be decided without allocation.
