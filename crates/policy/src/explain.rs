//! Puts a decision into words.
