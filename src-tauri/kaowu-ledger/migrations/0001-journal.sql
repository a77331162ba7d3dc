-- The journal: written once, never changed. Everything in 0002-views.sql is made from it.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    n    INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,   -- SHA-256 of the public key
    site TEXT NOT NULL,
    key  BLOB NOT NULL,          -- Ed25519 public key, 32 bytes
    own  INTEGER NOT NULL        -- 1: this database wrote its feed
) STRICT;

CREATE TABLE entry (
    n      INTEGER PRIMARY KEY,  -- order of arrival; nothing that is shown may depend on it
    id     BLOB NOT NULL UNIQUE, -- SHA-256 of line
    device INTEGER NOT NULL REFERENCES device (n),
    seq    INTEGER NOT NULL,
    -- These four also stand in line: lists read them without reading it, and the check of the journal compares them.
    prev   BLOB NOT NULL,
    t      TEXT NOT NULL,
    op     TEXT NOT NULL,
    kind   TEXT NOT NULL,
    sig    BLOB NOT NULL,        -- Ed25519 over line, 64 bytes
    line   BLOB NOT NULL         -- the bytes that were hashed and signed
) STRICT;

-- Two entries may stand at one number: that is a fork, and both are kept.
CREATE INDEX entry_feed ON entry (device, seq);

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE (ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'an entry is never deleted'); END;
-- REPLACE would delete without asking the trigger above.
CREATE TRIGGER entry_once BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE n = NEW.n) OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'an entry is written once'); END;
