-- Which marks settle a debate. Other rubrics may mark it, too; their marks are shown beside, and `scores` has none of them, so that who
-- adds up `total` over the debates counts each of them once.

ALTER TABLE marks ADD COLUMN official INTEGER NOT NULL DEFAULT 1 CHECK (official IN (0, 1));

DROP VIEW scores;

-- One row per member, in the old shape. A rubric with other axes shows in `total` and `reasoning` alone. The grand insight is the reason
-- given for a 10. Nobody flags members here; the columns are kept for queries that name them.
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
FROM (SELECT rowid AS id, * FROM marks WHERE official = 1 ORDER BY roundtable_id, rubric, member, axis) AS ordered
GROUP BY ordered.roundtable_id, ordered.rubric, ordered.member;
