-- Form 1. Entries are written once; everything else is made from them.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    n      INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,  -- SHA-256 of the public key
    site   TEXT NOT NULL,
    key    BLOB NOT NULL,         -- Ed25519 public key, 32 bytes
    own    INTEGER NOT NULL       -- 1: this database wrote its feed
) STRICT;

CREATE TABLE entry (
    n      INTEGER PRIMARY KEY,   -- order of arrival; nothing may depend on it
    id     BLOB NOT NULL UNIQUE,  -- SHA-256 of line
    device INTEGER NOT NULL REFERENCES device(n),
    seq    INTEGER NOT NULL,
    line   BLOB NOT NULL,         -- the bytes that were hashed and signed
    sig    BLOB NOT NULL          -- Ed25519 over line, 64 bytes
) STRICT;
CREATE INDEX entry_feed ON entry (device, seq);

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

-- The one view: what each entry states, and whether it still holds.
CREATE TABLE fact (
    topic TEXT NOT NULL,
    key   TEXT NOT NULL,
    entry INTEGER NOT NULL,
    value TEXT,                   -- JSON; null: taken back
    live  INTEGER NOT NULL,
    PRIMARY KEY (topic, key, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_number ON fact (json_extract(value, '$.number')) WHERE topic = 'seat' AND live = 1 AND value IS NOT NULL;
CREATE INDEX fact_name ON fact (json_extract(value, '$.name')) WHERE topic = 'candidate' AND live = 1 AND value IS NOT NULL;

-- Which entries name which: needed when the named one arrives later.
CREATE TABLE supersede (
    old   BLOB NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (old, entry)
) STRICT, WITHOUT ROWID;

-- Where a feed splits: from here on it is quarantined.
CREATE TABLE fork (device INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
