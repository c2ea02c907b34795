//! Says everything that is wrong with rules, before a server does or silently does not.
