-- Edits of a role that were not saved yet, so that they survive a crash. A column that bears the
-- name of a thing holds its `seq`.

CREATE TABLE role_draft (
    role     INTEGER PRIMARY KEY REFERENCES role (seq) ON DELETE CASCADE,
    -- What identifies the saved rules that the edits began from.
    base     TEXT NOT NULL,
    -- The edited rules, as JSON text.
    rules    TEXT NOT NULL,
    -- What stands in the text editor, where that is no list of rules.
    written  TEXT,
    saved_at INTEGER NOT NULL
) STRICT;
