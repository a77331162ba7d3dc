-- What somebody is typing and has not finished: no entry, never handed over, gone once it has become one.
CREATE TABLE scratch (
    form  TEXT NOT NULL,         -- which form
    op    TEXT NOT NULL,         -- who types: nobody else is shown it
    about TEXT NOT NULL,         -- the line of the form
    text  TEXT NOT NULL,
    PRIMARY KEY (form, op, about)
) STRICT, WITHOUT ROWID;
