-- The views: dropped and made again from the journal at will.

-- What each accepted entry states, and whether it still holds.
CREATE TABLE fact (
    topic TEXT NOT NULL,
    key   TEXT NOT NULL,
    entry INTEGER NOT NULL,      -- entry.n
    live  INTEGER NOT NULL,      -- 0: an entry that names this one states something else on the same topic and key
    value TEXT,                  -- JSON as it stands in the line; null: taken back
    PRIMARY KEY (topic, key, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_number ON fact (json_extract(value, '$.number')) WHERE topic = 'seat' AND live = 1 AND value IS NOT NULL;

-- Entries that name one which has not arrived yet.
CREATE TABLE awaited (
    old   BLOB NOT NULL,         -- id of the entry named
    entry INTEGER NOT NULL,      -- entry.n of the one that names it
    PRIMARY KEY (old, entry)
) STRICT, WITHOUT ROWID;

-- Where a feed splits: from here on it is quarantined.
CREATE TABLE fork (device INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
