-- The journal: what happened (events) and what was bought (turns, calls, requests).
--
-- Times are milliseconds since the Unix epoch. Money is millionths of a US dollar. Everything here must be readable by SQLite 3.37,
-- the first with STRICT tables: people open this file with the sqlite3 of their distribution, and a single statement that an old
-- parser does not know makes the whole file unreadable to it.

CREATE TABLE events (
    pos     INTEGER PRIMARY KEY AUTOINCREMENT,  -- over the whole file; never given twice
    stream  TEXT    NOT NULL,
    seq     INTEGER NOT NULL CHECK (seq > 0),   -- from 1, without gaps, per stream
    batch   INTEGER NOT NULL,                   -- the first pos of the transaction's unit
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,                   -- of the body's form
    body    BLOB    NOT NULL,
    UNIQUE (stream, seq)
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

-- One row per attempt at an action.
CREATE TABLE turns (
    id         INTEGER PRIMARY KEY,
    stream     TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    attempt    INTEGER NOT NULL CHECK (attempt > 0),
    component  TEXT,                            -- SHA-256 of the component that ran, if one did
    state      TEXT    NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'failed', 'suspended')),
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    UNIQUE (stream, action, attempt),
    CHECK ((state = 'running') = (ended_at IS NULL))
) STRICT;

-- One row per host function that a turn called and whose answer costs or could change.
CREATE TABLE calls (
    id           INTEGER PRIMARY KEY,
    turn         INTEGER NOT NULL REFERENCES turns (id),
    ordinal      INTEGER NOT NULL,
    function     TEXT    NOT NULL,
    request_hash TEXT    NOT NULL,
    occurrence   INTEGER NOT NULL,              -- the n-th call with this function and hash in its turn
    request      BLOB    NOT NULL,
    answer       BLOB,
    answered_at  INTEGER,
    UNIQUE (turn, ordinal),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

-- One row per request that a call sent to a provider. It is written, durably, before the request leaves.
CREATE TABLE requests (
    id                INTEGER PRIMARY KEY,
    call              INTEGER NOT NULL REFERENCES calls (id),
    n                 INTEGER NOT NULL,
    intent_at         INTEGER NOT NULL,
    provider          TEXT    NOT NULL,
    model             TEXT    NOT NULL,
    reserved_microusd INTEGER,                  -- the worst case; unknown where the price is
    response_id       TEXT,
    partial           TEXT,                     -- text received so far; emptied when the call has its answer
    answered_at       INTEGER,
    input_tokens      INTEGER,
    output_tokens     INTEGER,
    cached_tokens     INTEGER,
    cost_microusd     INTEGER,
    outcome           TEXT,
    UNIQUE (call, n),
    CHECK ((outcome IS NULL) = (answered_at IS NULL))
) STRICT;

-- Caps per day and month add up what was reserved and spent since a time.
CREATE INDEX requests_by_time ON requests (intent_at);

-- How far each projection has read the log, and in which version it was built.
CREATE TABLE projections (
    name    TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    pos     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
