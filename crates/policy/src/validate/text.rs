//! Text as JavaScript sees it, where it differs from Rust.

/// `text` without the white space JavaScript's `trim` takes off: unlike Rust's, it takes the byte
/// order mark for white space and the next-line character for none.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character == '\u{feff}' || (character.is_whitespace() && character != '\u{85}')
    })
}

/// The number of UTF-16 units, which is a string's length in JavaScript.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
