//! What the server checks for each plain-words operation.
