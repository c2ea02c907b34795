-- What the list of members can be filtered and sorted by. A column that bears the name of a thing
-- holds its `seq`; an instant that never comes is the largest number.

-- Whether the rules hold a Forbid, and whether they open every secret. Found out by the judge
-- whenever the rules are written.
ALTER TABLE role ADD COLUMN forbids INTEGER NOT NULL DEFAULT 0 CHECK (forbids IN (0, 1));
ALTER TABLE role ADD COLUMN is_wide INTEGER NOT NULL DEFAULT 0 CHECK (is_wide IN (0, 1));
ALTER TABLE privilege ADD COLUMN forbids INTEGER NOT NULL DEFAULT 0 CHECK (forbids IN (0, 1));
ALTER TABLE privilege ADD COLUMN is_wide INTEGER NOT NULL DEFAULT 0 CHECK (is_wide IN (0, 1));

-- Kept by triggers: how many roles it has itself, in how many groups it is, whether one of its roles,
-- its own or through a group, is permanent, and until when something of it holds a Forbid or opens
-- every secret.
ALTER TABLE member ADD COLUMN role_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN group_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN has_permanent_role INTEGER NOT NULL DEFAULT 0
    CHECK (has_permanent_role IN (0, 1));
ALTER TABLE member ADD COLUMN forbid_until INTEGER;
ALTER TABLE member ADD COLUMN wide_until INTEGER;

CREATE INDEX member_by_roles ON member (role_count, sort_key);
CREATE INDEX member_by_kind_roles ON member (kind, role_count, sort_key);
CREATE INDEX member_by_groups ON member (group_count, sort_key);
CREATE INDEX member_by_kind_groups ON member (kind, group_count, sort_key);
CREATE INDEX member_by_forbid ON member (forbid_until) WHERE forbid_until IS NOT NULL;
CREATE INDEX member_by_wide ON member (wide_until) WHERE wide_until IS NOT NULL;
CREATE INDEX member_without_permanent_role ON member (has_permanent_role)
    WHERE has_permanent_role = 0;

-- To see that an address, a slug or a name to sign in with is taken, whatever its case.
CREATE INDEX member_by_handle ON member (kind, lower(handle)) WHERE handle <> '';
CREATE INDEX member_by_username ON member (lower(username)) WHERE kind = 'user';

-- The filters of the list of members that an admin has kept under a name. `asked` is what the window
-- makes of it; nothing here looks into it.
CREATE TABLE saved_filter (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    asked    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which roles a member has, itself or through a group, ended ones included; each once.
CREATE TABLE member_role (
    member INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    role   INTEGER NOT NULL REFERENCES role (seq) ON DELETE CASCADE,
    PRIMARY KEY (member, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_role_by_role ON member_role (role, member);

-- What is timed without an end never counts: its `until` is null.
CREATE VIEW member_grant (member, role, until, forbids, is_wide) AS
    SELECT held.member, held.role,
           iif(held.is_temporary = 0, 9223372036854775807, held.end_at),
           role.forbids, role.is_wide
        FROM role_assignment AS held JOIN role ON role.seq = held.role
    UNION ALL
    SELECT group_member.member, held.role,
           iif(held.is_temporary = 0, 9223372036854775807, held.end_at),
           role.forbids, role.is_wide
        FROM group_member
        JOIN role_assignment AS held ON held.member = group_member.whole
        JOIN role ON role.seq = held.role
    UNION ALL
    SELECT member, NULL, iif(is_temporary = 0, 9223372036854775807, end_at), forbids, is_wide
        FROM privilege;

-- What `member` must hold of it, from scratch; only members that have something.
CREATE VIEW member_fact (member, has_permanent_role, forbid_until, wide_until) AS
    SELECT member,
           max(role IS NOT NULL AND until IS 9223372036854775807),
           max(iif(forbids, until, NULL)),
           max(iif(is_wide, until, NULL))
    FROM member_grant GROUP BY member;

-- Inserting a member here computes its facts and roles anew.
CREATE VIEW member_fact_refresh (member) AS SELECT seq FROM member;

CREATE TRIGGER member_fact_refreshed INSTEAD OF INSERT ON member_fact_refresh BEGIN
    UPDATE member
        SET (has_permanent_role, forbid_until, wide_until) = (
            SELECT coalesce(max(role IS NOT NULL AND until IS 9223372036854775807), 0),
                   max(iif(forbids, until, NULL)),
                   max(iif(is_wide, until, NULL))
            FROM member_grant WHERE member_grant.member = NEW.member)
        WHERE seq = NEW.member
          AND (has_permanent_role, forbid_until, wide_until) IS NOT (
            SELECT coalesce(max(role IS NOT NULL AND until IS 9223372036854775807), 0),
                   max(iif(forbids, until, NULL)),
                   max(iif(is_wide, until, NULL))
            FROM member_grant WHERE member_grant.member = NEW.member);
    DELETE FROM member_role
        WHERE member = NEW.member
          AND role NOT IN (
            SELECT role FROM member_grant
            WHERE member_grant.member = NEW.member AND role IS NOT NULL);
    INSERT INTO member_role (member, role)
        SELECT DISTINCT member.seq, member_grant.role
        FROM member JOIN member_grant ON member_grant.member = member.seq
        WHERE member.seq = NEW.member AND member_grant.role IS NOT NULL
          AND NOT EXISTS (
            SELECT 1 FROM member_role AS kept
            WHERE kept.member = member.seq AND kept.role = member_grant.role);
END;

CREATE TRIGGER role_assignment_inserted_facts AFTER INSERT ON role_assignment
    WHEN NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    UPDATE member SET role_count = role_count + 1 WHERE seq = NEW.member;
    INSERT INTO member_fact_refresh (member)
        SELECT NEW.member UNION ALL SELECT member FROM group_member WHERE whole = NEW.member;
END;

CREATE TRIGGER role_assignment_removed_facts AFTER DELETE ON role_assignment BEGIN
    UPDATE member SET role_count = role_count - 1 WHERE seq = OLD.member;
    INSERT INTO member_fact_refresh (member)
        SELECT OLD.member UNION ALL SELECT member FROM group_member WHERE whole = OLD.member;
END;

CREATE TRIGGER role_assignment_changed_facts
    AFTER UPDATE OF role, is_temporary, end_at ON role_assignment
    WHEN NEW.role <> OLD.role OR NEW.is_temporary <> OLD.is_temporary
      OR NEW.end_at IS NOT OLD.end_at
BEGIN
    INSERT INTO member_fact_refresh (member)
        SELECT NEW.member UNION ALL SELECT member FROM group_member WHERE whole = NEW.member;
END;

CREATE TRIGGER group_member_inserted_facts AFTER INSERT ON group_member
    WHEN NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    UPDATE member SET group_count = group_count + 1 WHERE seq = NEW.member;
    INSERT INTO member_fact_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER group_member_removed_facts AFTER DELETE ON group_member BEGIN
    UPDATE member SET group_count = group_count - 1 WHERE seq = OLD.member;
    INSERT INTO member_fact_refresh (member) VALUES (OLD.member);
END;

CREATE TRIGGER privilege_inserted_facts AFTER INSERT ON privilege
    WHEN (NEW.forbids = 1 OR NEW.is_wide = 1) AND NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    INSERT INTO member_fact_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER privilege_removed_facts AFTER DELETE ON privilege
    WHEN OLD.forbids = 1 OR OLD.is_wide = 1
BEGIN
    INSERT INTO member_fact_refresh (member) VALUES (OLD.member);
END;

CREATE TRIGGER privilege_changed_facts
    AFTER UPDATE OF is_temporary, end_at, forbids, is_wide ON privilege
    WHEN (NEW.is_temporary <> OLD.is_temporary OR NEW.end_at IS NOT OLD.end_at
       OR NEW.forbids <> OLD.forbids OR NEW.is_wide <> OLD.is_wide)
      AND NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    INSERT INTO member_fact_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER role_changed_facts AFTER UPDATE OF forbids, is_wide ON role
    WHEN (NEW.forbids <> OLD.forbids OR NEW.is_wide <> OLD.is_wide)
      AND NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    INSERT INTO member_fact_refresh (member) SELECT member FROM member_role WHERE role = NEW.seq;
END;

-- What the triggers would have kept, had they been there.
INSERT INTO member_role (member, role)
    SELECT DISTINCT member, role FROM member_grant WHERE role IS NOT NULL;

UPDATE member SET has_permanent_role = fact.has_permanent_role
    FROM member_fact AS fact
    WHERE fact.member = member.seq AND fact.has_permanent_role = 1;

UPDATE member SET role_count = counted.roles
    FROM (SELECT member, count(*) AS roles FROM role_assignment GROUP BY member) AS counted
    WHERE counted.member = member.seq;

UPDATE member SET group_count = counted.groups
    FROM (SELECT member, count(*) AS groups FROM group_member GROUP BY member) AS counted
    WHERE counted.member = member.seq;
