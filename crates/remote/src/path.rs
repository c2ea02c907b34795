//! Paths of requests. Ids come from the server or from a person, so each is one encoded segment.

use std::fmt::Write as _;

/// Bytes that may stand in a segment as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// `text` as one segment of a path. The segments `.` and `..`, which would climb, are encoded too.
pub(crate) fn segment(text: &str) -> String {
    let climbs = matches!(text, "." | "..");
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_plain(byte) && !climbs {
            segment.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn nothing_leaves_its_segment() {
        assert_eq!(segment("2971ce0f-c64b"), "2971ce0f-c64b");
        assert_eq!(segment("a/b?c#d"), "a%2Fb%3Fc%23d");
        assert_eq!(segment(".."), "%2E%2E");
        assert_eq!(segment("ü"), "%C3%BC");
    }
}
