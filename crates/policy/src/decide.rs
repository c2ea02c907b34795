//! Decides whether a set of rules allows an action, and says why.
