//! Reads rules from JSON and writes them back, losing nothing.
