//! The tables that users of the Python system query.

use amatelier_journal::rusqlite::Row;

use crate::support::Place;

#[test]
fn marks_show_as_scores_in_the_old_shape() {
    let place = Place::new();
    drop(place.open());
    let raw = place.raw();
    raw.execute_batch(
        "INSERT INTO roundtables VALUES ('00', 't', 'closed', '[\"ann\"]', 1.5, 9.5, 7, 'live', NULL, 3, 40);
         INSERT INTO marks VALUES ('00', 'classic', 'ann', 'novelty', 10, 'changed it all'),
             ('00', 'classic', 'ann', 'impact', 2, 'adopted'), ('00', 'classic', 'ann', 'accuracy', 1, 'fair'),
             ('00', 'classic', 'bob', 'challenge', 1, 'asked'), ('00', 'odd', 'ann', 'wit', 3, 'dry');",
    )
    .unwrap();
    let row = |row: &Row<'_>| {
        let numbers: Vec<i64> = ["novelty", "accuracy", "impact", "challenge", "total", "is_flagged"]
            .map(|c| row.get(c).unwrap())
            .into();
        let texts: [Option<String>; 3] =
            ["reasoning", "grand_insight", "scored_by"].map(|c| row.get(c).unwrap());
        let times: (Option<f64>, Option<i64>) = (row.get("scored_at")?, row.get("flagged_since_round")?);
        Ok((row.get::<_, String>("agent_name")?, numbers, texts, times))
    };
    let mut select = raw.prepare("SELECT * FROM scores WHERE roundtable_id = '00' ORDER BY id").unwrap();
    let rows: Vec<_> = select.query_map([], row).unwrap().map(Result::unwrap).collect();
    let some = |text: &str| Some(text.to_owned());
    let closed = (Some(9.5), None);
    assert_eq!(
        rows,
        [
            (
                "ann".into(),
                vec![10, 1, 2, 0, 13, 0],
                [
                    some("accuracy: fair\nimpact: adopted\nnovelty: changed it all"),
                    some("changed it all"),
                    some("classic")
                ],
                closed
            ),
            ("bob".into(), vec![0, 0, 0, 1, 1, 0], [some("challenge: asked"), None, some("classic")], closed),
            ("ann".into(), vec![0, 0, 0, 0, 3, 0], [some("wit: dry"), None, some("odd")], closed),
        ]
    );
}
