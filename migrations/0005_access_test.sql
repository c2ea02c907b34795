-- Tests of access: what somebody may or may not do, looked at again after every change.

CREATE TABLE access_test (
    seq        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    -- The question and what is expected, as JSON in the form of a file of tests.
    body       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
