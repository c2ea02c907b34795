-- What a linked project holds beside its access: names of secrets, never their values, and the
-- server's answers that are compared with the next time.

CREATE TABLE secret_name (
    environment TEXT NOT NULL REFERENCES environment (slug) ON UPDATE CASCADE ON DELETE CASCADE,
    path        TEXT NOT NULL,
    name        TEXT NOT NULL,
    -- The slugs of its tags, sorted, as a JSON list.
    tags        TEXT NOT NULL,
    PRIMARY KEY (environment, path, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE remembered_answer (
    request TEXT PRIMARY KEY,
    -- The server's mark for the body.
    etag    TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;
