-- The spark ledger as people query it: one row per posting, projected from the stream `economy`. The columns of the Python system keep
-- their names (§4 of the facts). Times are seconds since the Unix epoch.

CREATE TABLE spark_ledger (
    id            INTEGER PRIMARY KEY,          -- in the order in which they were posted
    agent_name    TEXT    NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount <> 0),
    reason        TEXT    NOT NULL,
    category      TEXT    NOT NULL,
    roundtable_id TEXT,                         -- set where it belongs to a debate
    created_at    REAL    NOT NULL,
    cause         TEXT    NOT NULL UNIQUE,      -- nothing is posted twice for one cause
    seq           INTEGER NOT NULL              -- the event in the stream `economy` that posted it
) STRICT;

CREATE INDEX spark_ledger_by_agent ON spark_ledger (agent_name, id);
CREATE INDEX spark_ledger_by_roundtable ON spark_ledger (roundtable_id) WHERE roundtable_id IS NOT NULL;
