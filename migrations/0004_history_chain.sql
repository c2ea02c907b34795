-- Who did what is in the history, and the history shows when somebody changed it: every entry bears a
-- hash of its content and of the hash before it.

ALTER TABLE history ADD COLUMN author TEXT NOT NULL DEFAULT '';

-- 32 bytes; empty only while this step has not reached the entry yet.
ALTER TABLE history ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

DROP TRIGGER history_is_not_changed;

CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history WHEN length(OLD.hash) > 0 BEGIN
    SELECT RAISE (ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_chained BEFORE INSERT ON history WHEN length(NEW.hash) <> 32 BEGIN
    SELECT RAISE (ABORT, 'history is append-only, each entry chained to the one before');
END;

-- Which members and roles an entry concerns, for finding it. Ids and no references: the history
-- outlives what it tells of.
CREATE TABLE history_concern (
    kind  TEXT NOT NULL CHECK (kind IN ('member', 'role')),
    id    TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES history (seq),
    PRIMARY KEY (kind, id, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX history_concern_by_entry ON history_concern (entry);

INSERT INTO history_concern (kind, id, entry)
    SELECT 'member', member, seq FROM history WHERE member IS NOT NULL;

INSERT OR IGNORE INTO history_concern (kind, id, entry)
    SELECT 'member', member, entry FROM history_member;

DROP TABLE history_member;

DROP INDEX history_by_member;

CREATE INDEX history_by_deed ON history (deed, seq);
