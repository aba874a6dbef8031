-- What members' components noted: their notebooks after the last turn that changed them. Projected from the events of debates; the next
-- debate begins with it.

CREATE TABLE notebooks (
    member TEXT NOT NULL,
    key    TEXT NOT NULL,
    value  BLOB NOT NULL,
    PRIMARY KEY (member, key)
) STRICT, WITHOUT ROWID;
