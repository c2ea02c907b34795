-- A remembered answer can be many megabytes long, so its body stands in several rows: reading and
-- writing one takes little memory. What is forgotten here the next pull asks for again.

DELETE FROM remembered_answer;

ALTER TABLE remembered_answer DROP COLUMN body;

CREATE TABLE remembered_part (
    request  TEXT NOT NULL REFERENCES remembered_answer (request) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;
