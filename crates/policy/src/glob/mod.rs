//! Globs, exactly as the server matches them.
