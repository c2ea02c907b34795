-- Grants that are not an admin's alone to change, grants that begin later, and deeds that concern
-- several members at once. A column that bears the name of a thing holds its `seq`.

-- Whether it came from an approved access request, which the server does not let anybody edit.
ALTER TABLE privilege ADD COLUMN is_managed INTEGER NOT NULL DEFAULT 0
    CHECK (is_managed IN (0, 1));

-- What shall be given at an instant to come; servers make everything effective at once, so it stays
-- here until then. A privilege has a slug and rules, a role assignment a role.
CREATE TABLE scheduled_grant (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    member       INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    role         INTEGER REFERENCES role (seq),
    slug         TEXT,
    rules        TEXT,
    begins_at    INTEGER NOT NULL,
    is_temporary INTEGER NOT NULL CHECK (is_temporary IN (0, 1)),
    range        TEXT,
    start_at     INTEGER,
    end_at       INTEGER,
    reason       TEXT NOT NULL,
    ticket       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    -- Why it could not be made effective at its start.
    trouble      TEXT,
    CHECK ((role IS NULL) = (slug IS NOT NULL) AND (role IS NULL) = (rules IS NOT NULL))
) STRICT;

CREATE INDEX scheduled_grant_by_member ON scheduled_grant (member, begins_at);
CREATE INDEX scheduled_grant_by_start ON scheduled_grant (begins_at);
CREATE INDEX scheduled_grant_by_role ON scheduled_grant (role) WHERE role IS NOT NULL;

CREATE TRIGGER scheduled_grant_fits BEFORE INSERT ON scheduled_grant
    WHEN NEW.role IS NULL AND (SELECT kind FROM member WHERE seq = NEW.member) = 'group'
BEGIN
    SELECT RAISE (ABORT, 'a group has no privileges of its own');
END;

-- Whose access an entry of the history concerns, where that is several members'; `entry` is its
-- `seq`, `member` an id, which outlives the member.
CREATE TABLE history_member (
    member TEXT NOT NULL,
    entry  INTEGER NOT NULL REFERENCES history (seq),
    PRIMARY KEY (member, entry)
) STRICT, WITHOUT ROWID;
