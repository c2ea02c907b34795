//! Gathers the rules that count for one actor at one instant, in the order the server uses.
