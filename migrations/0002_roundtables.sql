-- What people query: debates, their messages, their marks. All of it is projected from the events and can be rebuilt from them, so
-- no table refers to another: each projection empties and fills its own.
--
-- `roundtables`, `messages` and `scores` keep the names and columns of the Python system (§4 of the facts). Times are seconds since
-- the Unix epoch, as there.

CREATE TABLE roundtables (
    id           TEXT    NOT NULL PRIMARY KEY,
    topic        TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('open', 'paused', 'closed', 'aborted')),
    participants TEXT    NOT NULL,              -- a JSON array of names, in seat order
    created_at   REAL    NOT NULL,
    closed_at    REAL,
    seed         INTEGER NOT NULL,              -- the 64 bits of the seed, read as signed
    mode         TEXT    NOT NULL,
    stop_reason  TEXT,
    rounds       INTEGER NOT NULL DEFAULT 0,    -- rounds held
    last_pos     INTEGER NOT NULL               -- of the last event that changed this row
) STRICT;

CREATE TABLE messages (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    roundtable_id TEXT    NOT NULL,
    agent_name    TEXT    NOT NULL,
    message       TEXT    NOT NULL,
    timestamp     REAL    NOT NULL,
    seq           INTEGER NOT NULL,             -- its place in the transcript, from 1
    round         INTEGER NOT NULL,
    phase         TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    recipient     TEXT,                         -- set when it was for one member only
    UNIQUE (roundtable_id, seq)
) STRICT;

CREATE INDEX messages_by_agent ON messages (agent_name);
CREATE INDEX messages_by_roundtable ON messages (roundtable_id, id);

CREATE TABLE marks (
    roundtable_id TEXT    NOT NULL,
    rubric        TEXT    NOT NULL,
    member        TEXT    NOT NULL,
    axis          TEXT    NOT NULL,
    value         INTEGER NOT NULL,
    because       TEXT    NOT NULL,
    PRIMARY KEY (roundtable_id, rubric, member, axis)
) STRICT;

CREATE INDEX marks_by_member ON marks (member);

-- One row per member and rubric, in the old shape. A rubric with other axes shows in `total` and `reasoning` alone. The grand insight
-- is the reason given for a 10. Nobody flags members here; the columns are kept for queries that name them.
CREATE VIEW scores AS
SELECT
    min(ordered.id)                                                    AS id,
    ordered.roundtable_id                                              AS roundtable_id,
    ordered.member                                                     AS agent_name,
    coalesce(max(ordered.value) FILTER (WHERE axis = 'novelty'), 0)    AS novelty,
    coalesce(max(ordered.value) FILTER (WHERE axis = 'accuracy'), 0)   AS accuracy,
    coalesce(max(ordered.value) FILTER (WHERE axis = 'impact'), 0)     AS impact,
    coalesce(max(ordered.value) FILTER (WHERE axis = 'challenge'), 0)  AS challenge,
    sum(ordered.value)                                                 AS total,
    group_concat(ordered.axis || ': ' || ordered.because, char(10))    AS reasoning,
    group_concat(ordered.because, char(10)) FILTER (WHERE value >= 10) AS grand_insight,
    ordered.rubric                                                     AS scored_by,
    (SELECT closed_at FROM roundtables WHERE roundtables.id = ordered.roundtable_id) AS scored_at,
    0                                                                  AS is_flagged,
    NULL                                                               AS flagged_since_round
FROM (SELECT rowid AS id, * FROM marks ORDER BY roundtable_id, rubric, member, axis) AS ordered
GROUP BY ordered.roundtable_id, ordered.rubric, ordered.member;
