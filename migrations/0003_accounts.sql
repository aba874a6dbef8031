-- Accounts: what was taken of something, and what requests that are under way may still take at worst. What an account counts
-- (millionths of a US dollar, tokens) and for whom its name says; the journal gives no meaning to it.
--
-- Both sums are kept with each change, so that a cap is checked without adding up history.

CREATE TABLE accounts (
    name  TEXT    NOT NULL PRIMARY KEY,
    spent INTEGER NOT NULL CHECK (spent >= 0),
    held  INTEGER NOT NULL CHECK (held >= 0)    -- the sum of its rows in `holds`
) STRICT, WITHOUT ROWID;

-- Taken with the intent of a request, released with its outcome. A request that never gets an outcome keeps its holds.
CREATE TABLE holds (
    request INTEGER NOT NULL REFERENCES requests (id),
    account TEXT    NOT NULL,
    amount  INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (request, account)
) STRICT, WITHOUT ROWID;

-- What debates took before there were accounts counts against the caps with which they are resumed.
INSERT INTO accounts (name, spent, held)
SELECT 'debate/' || substr(turns.stream, length('roundtable/') + 1) || '/tokens',
       sum(coalesce(requests.input_tokens, 0) + coalesce(requests.output_tokens, 0)),
       0
FROM requests
JOIN calls ON calls.id = requests.call
JOIN turns ON turns.id = calls.turn
WHERE turns.stream LIKE 'roundtable/%'
GROUP BY turns.stream;
