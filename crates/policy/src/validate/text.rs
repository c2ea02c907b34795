//! Text as JavaScript sees it, where it differs from Rust.

use crate::compile::is_blank;

/// `text` without the white space that JavaScript's `trim` takes off: unlike Rust's, it takes the
/// byte order mark for white space and the next-line character for none.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}
