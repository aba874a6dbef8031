use ratatui::crossterm::event::KeyCode::{
    self, Backspace, Char, Down, End, Enter, Esc, Home, PageDown, PageUp, Up,
};

use super::*;
use crate::watch::sample::{Sample, past, running};

const WIDTH: u16 = 60;
const HEIGHT: usize = 10;

fn screen(sample: &Sample) -> Screen {
    let mut screen = Screen::new(Research::Collapsed, Paint::None, None);
    sample.happened.iter().for_each(|happening| screen.hear(happening));
    screen.fit(WIDTH, HEIGHT);
    screen
}

fn press(screen: &mut Screen, keys: &[KeyCode]) -> After {
    let last = keys.iter().map(|key| {
        let after = screen.press(KeyEvent::from(*key));
        screen.fit(WIDTH, HEIGHT);
        after
    });
    last.last().unwrap()
}

fn sight(screen: &Screen) -> Vec<String> {
    screen.in_sight().iter().map(Line::to_string).collect()
}

#[test]
fn keys_scroll_and_the_end_is_followed() {
    let all = screen(&past()).rows().count();
    let lowest = all - HEIGHT;
    for (keys, top, follow) in [
        (&[Char('x')][..], lowest, Follow::On),
        (&[Up], lowest - 1, Follow::Off),
        (&[Char('k'), Char('j')], lowest, Follow::On),
        (&[Up, Up, Down], lowest - 1, Follow::Off),
        (&[PageUp], lowest - 9, Follow::Off),
        (&[PageUp, PageUp, PageDown], lowest - 9, Follow::Off),
        (&[Char('b'), Char(' '), Char(' ')], lowest, Follow::On),
        (&[Home], 0, Follow::Off),
        (&[Home, Up], 0, Follow::Off),
        (&[Home, End], lowest, Follow::On),
        (&[Char('g'), Char('G'), Down], lowest, Follow::On),
        (&[Char('F')], lowest, Follow::Off),
        (&[Home, Char('F')], lowest, Follow::On),
    ] {
        let mut screen = screen(&past());
        assert_eq!(press(&mut screen, keys), After::Stay);
        assert_eq!((screen.top, screen.follow), (top, follow), "{keys:?}");
    }
}

#[test]
fn what_happens_moves_only_a_screen_that_follows() {
    for (keys, moves) in [(&[Char('x')][..], true), (&[PageUp], false), (&[Char('F')], false)] {
        let mut screen = screen(&running());
        press(&mut screen, keys);
        let before = sight(&screen);
        let mut more = running();
        let known = more.happened.len();
        more.says("elena", "One.\nTwo.\nThree.\nFour.\nFive.");
        more.happened.iter().skip(known).for_each(|happening| screen.hear(happening));
        screen.fit(WIDTH, HEIGHT);
        // What she was saying ends with what she said, so only the rows above it can be compared.
        let same = sight(&screen)[..2] == before[..2];
        assert_eq!(same, !moves, "{keys:?}\n{before:#?}\n{:#?}", sight(&screen));
    }
}

#[test]
fn rounds_can_be_jumped_between() {
    for (keys, first) in [
        (&[Home, Char(']')][..], "━━ round 1 of at most 3"),
        (&[Home, Char(']'), Char(']')], "━━ round 2 of at most 3"),
        (&[Home, Char(']'), Char(']'), Char('[')], "━━ round 1 of at most 3"),
        (&[End, Char('[')], "━━ round 2 of at most 3"),
        (&[End, Char('['), Char('['), Char('[')], "━━ round 1 of at most 3"),
    ] {
        let mut screen = screen(&past());
        press(&mut screen, keys);
        assert!(sight(&screen)[0].starts_with(first), "{keys:?} {:#?}", sight(&screen));
    }
    let mut screen = screen(&past());
    press(&mut screen, &[Home, Char('[')]);
    assert_eq!(screen.top, 0, "there is none before the first");
}

#[test]
fn words_are_found_and_found_again() {
    let typed = |words: &str| -> Vec<KeyCode> {
        [Home, Char('/')].into_iter().chain(words.chars().map(Char)).chain([Enter]).collect()
    };
    for (keys, found) in [
        (typed("HEAVY"), Some("[[request: count rows where kind == heavy")),
        ([typed("heavy"), vec![Char('n')]].concat(), Some("Heavy traffic")),
        ([typed("heavy"), vec![Char('n'), Char('n')]].concat(), Some("[[request")),
        ([typed("heavy"), vec![Char('N')]].concat(), Some("Heavy traffic")),
        ([typed("heavx"), vec![]].concat(), None),
        (
            [Home, Char('/'), Char('z'), Backspace, Char('p'), Char('u'), Char('m'), Char('p'), Enter]
                .to_vec(),
            Some("pumps"),
        ),
        ([typed("heavy"), vec![Esc]].concat(), None),
        ([Char('/'), Char('x'), Esc, Char('n')].to_vec(), None),
        ([Char('/'), Backspace, Char('n')].to_vec(), None),
    ] {
        let mut screen = screen(&past());
        press(&mut screen, &keys);
        let row = screen.find.at.map(|at| screen.rows().nth(at).unwrap().line.to_string());
        match (row, found) {
            (None, None) => {}
            (Some(row), Some(found)) => {
                assert!(row.contains(found), "{keys:?}: {row}");
                assert!(sight(&screen).contains(&row), "what is found is in sight");
            }
            (row, _) => panic!("{keys:?}: {row:?}"),
        }
    }
    let mut screen = screen(&past());
    press(&mut screen, &typed("zeppelin"));
    assert_eq!(screen.notice.as_deref(), Some("nothing found: zeppelin"));
    press(&mut screen, &[Up]);
    assert_eq!(screen.notice, None, "it was read");
}

#[test]
fn while_words_are_typed_no_letter_is_a_command() {
    let mut screen = screen(&past());
    assert_eq!(press(&mut screen, &[Char('/'), Char('q'), Char('f'), Char('?')]), After::Stay);
    assert_eq!(screen.find.typing.as_deref(), Some("qf?"));
    let control_c = KeyEvent::new(Char('c'), KeyModifiers::CONTROL);
    assert_eq!(screen.press(control_c), After::Quit);
}

#[test]
fn findings_are_folded_and_unfolded_in_turn() {
    let mut screen = screen(&past());
    let hidden = |screen: &Screen| {
        let rows: Vec<String> = screen.rows().map(|row| row.line.to_string()).collect();
        ["row two", "row five"].map(|text| !rows.iter().any(|row| row.trim() == text))
    };
    for expected in [[true, true], [false, true], [false, false], [true, true]] {
        assert_eq!(hidden(&screen), expected);
        press(&mut screen, &[Char('f')]);
    }
}

#[test]
fn help_is_closed_by_any_key_and_q_quits_everywhere() {
    for (keys, overlay, after) in [
        (&[Char('?')][..], Overlay::Help, After::Stay),
        (&[Char('?'), Down], Overlay::None, After::Stay),
        (&[Char('?'), Char('q')], Overlay::None, After::Quit),
        (&[Char('q')], Overlay::None, After::Quit),
    ] {
        let mut screen = screen(&past());
        let top = screen.top;
        assert_eq!(press(&mut screen, keys), after, "{keys:?}");
        assert_eq!((screen.overlay, screen.top), (overlay, top), "{keys:?}");
    }
}

#[test]
fn another_width_sets_everything_anew() {
    let mut screen = screen(&past());
    for width in [30, 100, 45] {
        screen.fit(width, 5);
        let rules: Vec<&Row> = screen.rows().filter(|row| row.round.is_some()).collect();
        assert!(rules.iter().all(|row| row.line.width() == usize::from(width)), "{width}");
    }
    let wide = screen.rows().count();
    screen.fit(30, 5);
    assert!(screen.rows().count() > wide);
}

#[test]
fn the_end_of_the_feed_is_said_until_a_key_is_pressed() {
    let mut screen = Screen::new(Research::Collapsed, Paint::None, Some("the newest one".into()));
    running().happened.iter().for_each(|happening| screen.hear(happening));
    screen.end(None);
    assert_eq!(screen.notice.as_deref(), Some("the newest one"), "nothing is more important");
    screen.end(Some("go on with: resume".into()));
    assert_eq!(screen.notice.as_deref(), Some("go on with: resume"));
    press(&mut screen, &[Up]);
    assert_eq!((screen.notice.as_deref(), screen.story().feed), (None, Feed::Ended));
}
