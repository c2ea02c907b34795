-- Grants on one folder each, which the newest servers have. A column that bears the name of a thing
-- holds its `seq`; `environment` is a slug and `path` a path, and no reference to a folder: a grant
-- may be on a folder that is not listed here.

CREATE TABLE folder_grant (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    member       INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    environment  TEXT NOT NULL,
    path         TEXT NOT NULL,
    -- How much it grants, in the server's word, whether known here or not.
    tier         TEXT NOT NULL,
    is_temporary INTEGER NOT NULL CHECK (is_temporary IN (0, 1)),
    range        TEXT,
    start_at     INTEGER,
    end_at       INTEGER,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    raw          TEXT
) STRICT;

CREATE INDEX folder_grant_by_member ON folder_grant (member);
CREATE INDEX folder_grant_by_end ON folder_grant (end_at)
    WHERE is_temporary = 1 AND end_at IS NOT NULL;

-- What `member_end` must hold, from scratch.
DROP VIEW member_ending;

CREATE VIEW member_ending (member, end_at) AS
    SELECT member, end_at FROM privilege
        WHERE is_temporary = 1 AND end_at IS NOT NULL
    UNION ALL
    SELECT member, end_at FROM folder_grant
        WHERE is_temporary = 1 AND end_at IS NOT NULL
    UNION ALL
    SELECT member, end_at FROM role_assignment
        WHERE is_temporary = 1 AND end_at IS NOT NULL
    UNION ALL
    SELECT group_member.member, role_assignment.end_at
        FROM group_member JOIN role_assignment ON role_assignment.member = group_member.whole
        WHERE role_assignment.is_temporary = 1 AND role_assignment.end_at IS NOT NULL;

CREATE TRIGGER folder_grant_fits BEFORE INSERT ON folder_grant
    WHEN (SELECT kind FROM member WHERE seq = NEW.member) = 'group'
BEGIN
    SELECT RAISE (ABORT, 'a group has no folder grants of its own');
END;

CREATE TRIGGER folder_grant_inserted AFTER INSERT ON folder_grant
    WHEN NEW.end_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    INSERT INTO member_end_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER folder_grant_removed AFTER DELETE ON folder_grant WHEN OLD.end_at IS NOT NULL BEGIN
    INSERT INTO member_end_refresh (member) VALUES (OLD.member);
END;

CREATE TRIGGER folder_grant_given_another_end AFTER UPDATE OF is_temporary, end_at ON folder_grant
    WHEN NEW.is_temporary <> OLD.is_temporary OR NEW.end_at IS NOT OLD.end_at
BEGIN
    INSERT INTO member_end_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER folder_grant_member_is_fixed BEFORE UPDATE OF member ON folder_grant
    WHEN NEW.member <> OLD.member
BEGIN
    SELECT RAISE (ABORT, 'the member of a folder grant is fixed');
END;
