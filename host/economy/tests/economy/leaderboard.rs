use amatelier_economy::Window;
use amatelier_types::Timestamp;

use crate::books::{Books, classic};

fn board(books: &Books, window: Window) -> Vec<(u32, String, i64)> {
    let standings = books.ledger.leaderboard(window);
    standings.iter().map(|one| (one.rank, one.member.to_string(), one.average.hundredths())).collect()
}

#[test]
fn members_are_ranked_by_average_then_debates_then_balance_then_name() {
    let mut books = Books::new();
    books.hold(1, &[("dan", 1), ("cyd", 1), ("bob", 1), ("ada", 0)]);
    books.hold(2, &[("cyd", 1)]);
    books.grant("dan", 3);
    let expected = [(1, "cyd", 400), (2, "dan", 400), (3, "bob", 400), (4, "ada", 0)];
    assert_eq!(
        board(&books, Window::Always),
        expected.map(|(rank, name, marks)| (rank, name.to_owned(), marks))
    );
}

#[test]
fn a_window_counts_debates_by_when_they_were_first_settled() {
    const DAY: i64 = 86_400_000;
    let mut books = Books::new();
    let settle = |books: &mut Books, id: u32, at: i64, ada: u32, bob: u32| {
        if books.ledger.sitting(&crate::books::debate(id)).is_none() {
            books.enter(id, &["ada", "bob"]);
        }
        let mut scored = classic(id, &[("ada", [ada; 4]), ("bob", [bob; 4])]);
        scored.at = Timestamp(at);
        books.settle(&scored).unwrap();
    };
    settle(&mut books, 1, DAY, 10, 0);
    settle(&mut books, 2, 9 * DAY, 1, 2);
    assert_eq!(board(&books, Window::Always)[0], (1, "ada".into(), 2200));
    let week = Window::days(7, Timestamp(10 * DAY));
    assert_eq!(board(&books, week), [(1, "bob".into(), 800), (2, "ada".into(), 400)]);
    let just = Window::days(1, Timestamp(10 * DAY));
    assert_eq!(board(&books, just), board(&books, week));
    // Scoring an old debate again does not bring it into the window.
    settle(&mut books, 1, 10 * DAY, 3, 10);
    assert_eq!(board(&books, week), [(1, "bob".into(), 800), (2, "ada".into(), 400)]);
    assert_eq!(
        board(&books, Window::days(1, Timestamp(20 * DAY))),
        [(1, "bob".into(), 0), (2, "ada".into(), 0)]
    );
}
