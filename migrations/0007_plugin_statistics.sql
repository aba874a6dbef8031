-- What was measured of plugins: per plugin and the bytes that it had. No facts: nothing follows from it, no event is behind it, replays
-- leave it alone, and who loses it has lost a table of numbers.

CREATE TABLE plugin_statistics (
    plugin            TEXT    NOT NULL,           -- its id, or its path as the team file names it
    digest            TEXT    NOT NULL,
    calls             INTEGER NOT NULL,
    durations         TEXT    NOT NULL,           -- microseconds inside of it and how many calls took them, as JSON: [[130, 2], [940, 1]]
    peak_memory_bytes INTEGER NOT NULL,
    denials           INTEGER NOT NULL,           -- functions that were refused, each once a call
    denied            INTEGER NOT NULL,           -- calls that failed, by kind
    limits            INTEGER NOT NULL,
    traps             INTEGER NOT NULL,
    guest_errors      INTEGER NOT NULL,
    host_faults       INTEGER NOT NULL,
    input_tokens      INTEGER NOT NULL,
    output_tokens     INTEGER NOT NULL,
    last_call_at      INTEGER NOT NULL,           -- milliseconds since the Unix epoch
    PRIMARY KEY (plugin, digest)
) STRICT, WITHOUT ROWID;
