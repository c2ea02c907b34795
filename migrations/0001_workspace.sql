-- One workspace: one project and the access of its members.
--
-- Every thing has an `id`, given from outside, and where others refer to it a `seq`, its row and the
-- order in which it was added; a column that bears the name of a thing holds its `seq`. Instants are
-- Unix milliseconds in UTC. Rules, raw bodies and objects in the history are text that nothing here
-- looks into. No secret value is ever stored.

-- The project -------------------------------------------------------------------------------------

CREATE TABLE project (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    id        TEXT NOT NULL,
    name      TEXT NOT NULL,
    slug      TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('local', 'linked')),
    semantics TEXT NOT NULL CHECK (semantics IN ('forbid-wins', 'last-match')),
    catalogue TEXT NOT NULL CHECK (catalogue IN ('seed', 'current')),
    raw       TEXT
) STRICT;

CREATE TABLE environment (
    slug     TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    raw      TEXT
) STRICT, WITHOUT ROWID;

-- The one table that refers by slug: an environment has no other name.
CREATE TABLE folder (
    environment TEXT NOT NULL REFERENCES environment (slug) ON UPDATE CASCADE ON DELETE CASCADE,
    path        TEXT NOT NULL,
    -- The path as it is searched: lower case, without marks.
    search_key  TEXT NOT NULL,
    raw         TEXT,
    PRIMARY KEY (environment, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    slug  TEXT PRIMARY KEY,
    color TEXT,
    raw   TEXT
) STRICT, WITHOUT ROWID;

-- Members -----------------------------------------------------------------------------------------

CREATE TABLE member (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind IN ('user', 'identity', 'group')),
    name            TEXT NOT NULL,
    handle          TEXT NOT NULL,
    username        TEXT NOT NULL,
    -- The name as it is sorted and searched: lower case, without marks.
    sort_key        TEXT NOT NULL,
    -- Kept by triggers: how many privileges it has; for a group, how many members.
    privilege_count INTEGER NOT NULL DEFAULT 0,
    group_size      INTEGER NOT NULL DEFAULT 0,
    -- Kept by triggers: the latest end in `member_end`.
    last_end        INTEGER,
    raw             TEXT
) STRICT;

-- One for each order and direction of the list, so that a page is a walk along an index. Each ends
-- in `seq` by itself.
CREATE INDEX member_by_name ON member (sort_key);
CREATE INDEX member_by_kind_name ON member (kind, sort_key);
CREATE INDEX member_by_fewest_privileges ON member (privilege_count, sort_key);
CREATE INDEX member_by_most_privileges ON member (privilege_count DESC, sort_key);
CREATE INDEX member_by_kind_fewest_privileges ON member (kind, privilege_count, sort_key);
CREATE INDEX member_by_kind_most_privileges ON member (kind, privilege_count DESC, sort_key);
CREATE INDEX member_by_last_end ON member (last_end, sort_key);
CREATE INDEX member_by_kind_last_end ON member (kind, last_end, sort_key);

CREATE TABLE member_auth_method (
    member   INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (member, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE member_metadata (
    member   INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key      TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (member, position)
) STRICT, WITHOUT ROWID;

-- `whole` is the group, `member` who is in it.
CREATE TABLE group_member (
    whole  INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    PRIMARY KEY (whole, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_member_by_member ON group_member (member);

-- The words of every member, folded and split by the store; the text itself is not kept twice.
CREATE VIRTUAL TABLE member_search USING fts5 (
    -- The words of the name; of handle, username, id and metadata values.
    name, word,
    -- The ends of words of name, handle and username: what begins one of them is inside a word.
    part,
    -- The one and two first characters of the words in the first two columns, ids left out, because
    -- looking for everything that begins with one letter would read a large part of the index.
    name_start, word_start,
    kind,
    content = '', contentless_delete = 1, detail = column, tokenize = 'ascii'
);

-- Roles, assignments, privileges ------------------------------------------------------------------

CREATE TABLE role (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('predefined', 'custom')),
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    rules       TEXT NOT NULL,
    -- Name and slug as they are sorted and searched: lower case, without marks.
    search_key  TEXT NOT NULL,
    -- Kept by triggers: assignments to users and identities, and to groups.
    actor_count INTEGER NOT NULL DEFAULT 0,
    group_count INTEGER NOT NULL DEFAULT 0,
    raw         TEXT
) STRICT;

CREATE TABLE role_assignment (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    member       INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    role         INTEGER NOT NULL REFERENCES role (seq),
    -- Whether `member` is a group, which is fixed when the member is made.
    by_group     INTEGER NOT NULL CHECK (by_group IN (0, 1)),
    is_temporary INTEGER NOT NULL CHECK (is_temporary IN (0, 1)),
    range        TEXT,
    start_at     INTEGER,
    end_at       INTEGER,
    raw          TEXT
) STRICT;

CREATE INDEX role_assignment_by_member ON role_assignment (member);
CREATE INDEX role_assignment_by_role ON role_assignment (role, by_group);
CREATE INDEX role_assignment_by_end ON role_assignment (end_at)
    WHERE is_temporary = 1 AND end_at IS NOT NULL;

CREATE TABLE privilege (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    member       INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    slug         TEXT NOT NULL,
    is_temporary INTEGER NOT NULL CHECK (is_temporary IN (0, 1)),
    range        TEXT,
    start_at     INTEGER,
    end_at       INTEGER,
    rules        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    ticket       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    raw          TEXT,
    UNIQUE (member, slug)
) STRICT;

CREATE INDEX privilege_by_end ON privilege (end_at)
    WHERE is_temporary = 1 AND end_at IS NOT NULL;

-- The history -------------------------------------------------------------------------------------

CREATE TABLE history (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    at     INTEGER NOT NULL,
    deed   TEXT NOT NULL,
    -- The id of the member and no reference to it: the history outlives the member.
    member TEXT,
    object TEXT NOT NULL,
    title  TEXT NOT NULL,
    before TEXT,
    after  TEXT,
    reason TEXT NOT NULL,
    -- The id of the entry that this one takes back.
    undoes TEXT REFERENCES history (id)
) STRICT;

CREATE INDEX history_by_member ON history (member, seq) WHERE member IS NOT NULL;
CREATE INDEX history_by_undoes ON history (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history BEGIN
    SELECT RAISE (ABORT, 'history is append-only');
END;

CREATE TRIGGER history_is_not_removed BEFORE DELETE ON history BEGIN
    SELECT RAISE (ABORT, 'history is append-only');
END;

-- `INSERT OR REPLACE` removes rows without asking the trigger above.
CREATE TRIGGER history_is_not_replaced BEFORE INSERT ON history
    WHEN EXISTS (SELECT 1 FROM history WHERE seq = NEW.seq)
      OR EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
BEGIN
    SELECT RAISE (ABORT, 'history is append-only');
END;

-- Settings and the change counter -----------------------------------------------------------------

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One more with every transaction that changed something.
CREATE TABLE revision (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL
) STRICT;

INSERT INTO revision (only, number) VALUES (1, 0);

-- What is kept by triggers ------------------------------------------------------------------------

-- Has a row only inside a transaction that fills many tables at once and computes at its end what
-- the triggers below would have kept one row at a time.
CREATE TABLE bulk (
    only INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

CREATE TABLE member_count (
    kind    TEXT PRIMARY KEY,
    members INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO member_count (kind, members) VALUES ('user', 0), ('identity', 0), ('group', 0);

-- Every instant at which something of a member ends: a privilege, an assignment of its own or one
-- it has through a group. At `now`, the next end of a member is its one row with
-- `previous_end <= now < end_at`, so an index on `end_at` gives members in the order of their next
-- end for every `now`.
CREATE TABLE member_end (
    member       INTEGER NOT NULL REFERENCES member (seq) ON DELETE CASCADE,
    end_at       INTEGER NOT NULL,
    -- The end before this one of the same member, if there is one.
    previous_end INTEGER,
    -- Copies of the member's, for order and filter.
    kind         TEXT NOT NULL,
    sort_key     TEXT NOT NULL,
    PRIMARY KEY (member, end_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_end_by_end ON member_end (end_at, sort_key, member, previous_end);
CREATE INDEX member_end_by_kind_end ON member_end (kind, end_at, sort_key, member, previous_end);

-- What `member_end` must hold, from scratch.
CREATE VIEW member_ending (member, end_at) AS
    SELECT member, end_at FROM privilege
        WHERE is_temporary = 1 AND end_at IS NOT NULL
    UNION ALL
    SELECT member, end_at FROM role_assignment
        WHERE is_temporary = 1 AND end_at IS NOT NULL
    UNION ALL
    SELECT group_member.member, role_assignment.end_at
        FROM group_member JOIN role_assignment ON role_assignment.member = group_member.whole
        WHERE role_assignment.is_temporary = 1 AND role_assignment.end_at IS NOT NULL;

-- Inserting a member here computes its ends anew.
CREATE VIEW member_end_refresh (member) AS SELECT seq FROM member;

CREATE TRIGGER member_end_refreshed INSTEAD OF INSERT ON member_end_refresh BEGIN
    DELETE FROM member_end WHERE member = NEW.member;
    INSERT INTO member_end (member, end_at, previous_end, kind, sort_key)
        SELECT member.seq, ending.end_at, lag(ending.end_at) OVER (ORDER BY ending.end_at),
               member.kind, member.sort_key
        FROM (SELECT DISTINCT end_at FROM member_ending WHERE member = NEW.member) AS ending
        JOIN member ON member.seq = NEW.member;
    UPDATE member
        SET last_end = (SELECT max(end_at) FROM member_end WHERE member = NEW.member)
        WHERE seq = NEW.member
          AND last_end IS NOT (SELECT max(end_at) FROM member_end WHERE member = NEW.member);
END;

CREATE TRIGGER member_inserted AFTER INSERT ON member WHEN NOT EXISTS (SELECT 1 FROM bulk) BEGIN
    UPDATE member_count SET members = members + 1 WHERE kind = NEW.kind;
END;

CREATE TRIGGER member_removed AFTER DELETE ON member BEGIN
    UPDATE member_count SET members = members - 1 WHERE kind = OLD.kind;
END;

CREATE TRIGGER member_kind_is_fixed BEFORE UPDATE OF kind ON member WHEN NEW.kind <> OLD.kind BEGIN
    SELECT RAISE (ABORT, 'the kind of a member is fixed');
END;

CREATE TRIGGER member_renamed AFTER UPDATE OF sort_key ON member
    WHEN NEW.sort_key <> OLD.sort_key
BEGIN
    UPDATE member_end SET sort_key = NEW.sort_key WHERE member = NEW.seq;
END;

CREATE TRIGGER group_member_fits BEFORE INSERT ON group_member
    WHEN (SELECT kind FROM member WHERE seq = NEW.whole) <> 'group'
      OR (SELECT kind FROM member WHERE seq = NEW.member) = 'group'
BEGIN
    SELECT RAISE (ABORT, 'a group holds users and identities');
END;

CREATE TRIGGER group_member_is_fixed BEFORE UPDATE ON group_member BEGIN
    SELECT RAISE (ABORT, 'a group membership is added or removed, not changed');
END;

CREATE TRIGGER group_member_inserted AFTER INSERT ON group_member
    WHEN NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    UPDATE member SET group_size = group_size + 1 WHERE seq = NEW.whole;
    INSERT INTO member_end_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER group_member_removed AFTER DELETE ON group_member BEGIN
    UPDATE member SET group_size = group_size - 1 WHERE seq = OLD.whole;
    INSERT INTO member_end_refresh (member) VALUES (OLD.member);
END;

CREATE TRIGGER role_assignment_inserted AFTER INSERT ON role_assignment
    WHEN NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    UPDATE role SET
        actor_count = actor_count + (NEW.by_group = 0),
        group_count = group_count + (NEW.by_group = 1)
        WHERE seq = NEW.role;
    INSERT INTO member_end_refresh (member)
        SELECT NEW.member WHERE NEW.end_at IS NOT NULL
        UNION ALL
        SELECT member FROM group_member WHERE whole = NEW.member AND NEW.end_at IS NOT NULL;
END;

CREATE TRIGGER role_assignment_removed AFTER DELETE ON role_assignment BEGIN
    UPDATE role SET
        actor_count = actor_count - (OLD.by_group = 0),
        group_count = group_count - (OLD.by_group = 1)
        WHERE seq = OLD.role;
    INSERT INTO member_end_refresh (member)
        SELECT OLD.member WHERE OLD.end_at IS NOT NULL
        UNION ALL
        SELECT member FROM group_member WHERE whole = OLD.member AND OLD.end_at IS NOT NULL;
END;

CREATE TRIGGER role_assignment_given_another_role AFTER UPDATE OF role ON role_assignment
    WHEN NEW.role <> OLD.role
BEGIN
    UPDATE role SET
        actor_count = actor_count - (OLD.by_group = 0),
        group_count = group_count - (OLD.by_group = 1)
        WHERE seq = OLD.role;
    UPDATE role SET
        actor_count = actor_count + (NEW.by_group = 0),
        group_count = group_count + (NEW.by_group = 1)
        WHERE seq = NEW.role;
END;

CREATE TRIGGER role_assignment_given_another_end
    AFTER UPDATE OF is_temporary, end_at ON role_assignment
    WHEN NEW.is_temporary <> OLD.is_temporary OR NEW.end_at IS NOT OLD.end_at
BEGIN
    INSERT INTO member_end_refresh (member)
        SELECT NEW.member UNION ALL SELECT member FROM group_member WHERE whole = NEW.member;
END;

CREATE TRIGGER role_assignment_member_is_fixed BEFORE UPDATE OF member, by_group ON role_assignment
    WHEN NEW.member <> OLD.member OR NEW.by_group <> OLD.by_group
BEGIN
    SELECT RAISE (ABORT, 'the member of an assignment is fixed');
END;

CREATE TRIGGER privilege_fits BEFORE INSERT ON privilege
    WHEN (SELECT kind FROM member WHERE seq = NEW.member) = 'group'
BEGIN
    SELECT RAISE (ABORT, 'a group has no privileges of its own');
END;

CREATE TRIGGER privilege_inserted AFTER INSERT ON privilege
    WHEN NOT EXISTS (SELECT 1 FROM bulk)
BEGIN
    UPDATE member SET privilege_count = privilege_count + 1 WHERE seq = NEW.member;
    INSERT INTO member_end_refresh (member) SELECT NEW.member WHERE NEW.end_at IS NOT NULL;
END;

CREATE TRIGGER privilege_removed AFTER DELETE ON privilege BEGIN
    UPDATE member SET privilege_count = privilege_count - 1 WHERE seq = OLD.member;
    INSERT INTO member_end_refresh (member) SELECT OLD.member WHERE OLD.end_at IS NOT NULL;
END;

CREATE TRIGGER privilege_given_another_end AFTER UPDATE OF is_temporary, end_at ON privilege
    WHEN NEW.is_temporary <> OLD.is_temporary OR NEW.end_at IS NOT OLD.end_at
BEGIN
    INSERT INTO member_end_refresh (member) VALUES (NEW.member);
END;

CREATE TRIGGER privilege_member_is_fixed BEFORE UPDATE OF member ON privilege
    WHEN NEW.member <> OLD.member
BEGIN
    SELECT RAISE (ABORT, 'the member of a privilege is fixed');
END;
