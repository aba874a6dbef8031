use insta::assert_snapshot;
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent},
};

use super::*;
use crate::{
    args::Research,
    watch::{
        Paint,
        sample::{Sample, past, running},
    },
};

/// The screen of this size after these keys.
fn drawn(sample: &Sample, research: Research, (width, height): (u16, u16), keys: &[KeyCode]) -> TestBackend {
    let mut screen = Screen::new(research, Paint::Colours, None);
    sample.happened.iter().for_each(|happening| screen.hear(happening));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, &mut screen)).unwrap();
    for key in keys {
        screen.press(KeyEvent::from(*key));
        terminal.draw(|frame| draw(frame, &mut screen)).unwrap();
    }
    terminal.backend().clone()
}

#[test]
fn a_whole_debate_from_its_briefing_to_its_marks() {
    assert_snapshot!(drawn(&past(), Research::Collapsed, (80, 66), &[]));
}

#[test]
fn a_debate_in_which_somebody_speaks_is_followed() {
    assert_snapshot!(drawn(&running(), Research::Collapsed, (72, 20), &[]));
}

#[test]
fn findings_show_their_first_rows_or_all() {
    assert_snapshot!("preview", drawn(&past(), Research::Preview, (80, 40), &[KeyCode::Home]));
    assert_snapshot!("full", drawn(&past(), Research::Full, (80, 40), &[KeyCode::Home]));
}

#[test]
fn a_search_and_the_help_lie_on_top() {
    let search = [KeyCode::Char('/'), KeyCode::Char('p'), KeyCode::Char('u')];
    assert_snapshot!("search", drawn(&past(), Research::Collapsed, (72, 16), &search));
    assert_snapshot!("help", drawn(&past(), Research::Collapsed, (72, 22), &[KeyCode::Char('?')]));
}

#[test]
fn a_screen_can_be_empty_or_tiny() {
    let mut nothing = Sample::open();
    nothing.happened.clear();
    assert_snapshot!("empty", drawn(&nothing, Research::Collapsed, (60, 8), &[]));
    for size in [(1, 1), (10, 3), (3, 30), (40, 5)] {
        for keys in [&[][..], &[KeyCode::Char('?')], &[KeyCode::Char('/')], &[KeyCode::PageUp]] {
            drawn(&past(), Research::Full, size, keys);
        }
    }
}

#[test]
fn nothing_that_a_terminal_obeys_reaches_a_cell() {
    let screen = drawn(&past(), Research::Full, (80, 120), &[]);
    let texts: Vec<&str> = screen.buffer().content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(texts.concat().contains("�[31m"), "the malice is there");
    let obeyed = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(texts.iter().all(|text| !text.contains(obeyed)));
}

#[test]
fn gates_are_starred_in_words_and_in_colour_if_there_is_any() {
    for paint in [Paint::Colours, Paint::None] {
        let mut screen = Screen::new(Research::Collapsed, paint, None);
        past().happened.iter().for_each(|happening| screen.hear(happening));
        screen.fit(80, 200);
        let rows = screen.in_sight();
        let star =
            rows.iter().find(|row| row.to_string().starts_with("★ judge · gate bonus for marcus")).unwrap();
        assert_eq!(star.style, paint.star());
        assert_eq!(star.style.fg.is_some(), paint == Paint::Colours);
    }
}
