//! Predicts the server's check that nobody grants what they lack.
