//! A screen, drawn.

use ratatui::{
    Frame,
    layout::{Alignment, Constraint, Layout, Rect},
    style::Style,
    text::Line,
    widgets::{Block, Clear, Paragraph},
};

use super::{
    rows::{clock, number},
    screen::{Follow, Overlay, Screen},
    story::Counts,
};
use crate::render::{line, took};

/// Rows above the story and below it.
const HEAD: u16 = 4;
const FOOT: u16 = 1;
/// The longest line of text that is handed to the terminal, in characters.
const LINE: usize = 400;

const KEYS: &str = "q quit · ↑↓ scroll · [] rounds · / search · f fold · ? help";
const HELP: [&str; 13] = [
    "↑ ↓ · k j             a row up or down",
    "PgUp PgDn · b Space   a page up or down",
    "Home End · g G        to the beginning, to the end",
    "F                     follow what happens, or stop following",
    "[ ]                   to the previous round, to the next",
    "/                     search, in any case; Enter looks",
    "n N                   next and previous row that was found",
    "Esc                   forget what was searched for",
    "f                     findings, briefing, states of the debate:",
    "                      a line each, five rows, all",
    "q · Ctrl-C            quit; the debate goes on",
    "",
    "any key closes this",
];

/// Draw the screen.
pub(crate) fn draw(frame: &mut Frame<'_>, screen: &mut Screen) {
    let areas = Layout::vertical([Constraint::Length(HEAD), Constraint::Min(1), Constraint::Length(FOOT)]);
    let [head, body, foot] = areas.areas(frame.area());
    screen.fit(body.width, usize::from(body.height));
    draw_head(frame, head, screen);
    frame.render_widget(Paragraph::new(screen.in_sight()), body);
    draw_foot(frame, foot, screen);
    if screen.overlay == Overlay::Help {
        draw_help(frame, screen);
    }
}

/// One row with something at its left and something at its right, which comes first where there is no room for both.
fn sides(frame: &mut Frame<'_>, area: Rect, left: Line<'static>, right: Line<'static>) {
    let wide = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let [left_area, right_area] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(wide)]).spacing(1).areas(area);
    frame.render_widget(Paragraph::new(left), left_area);
    frame.render_widget(Paragraph::new(right).alignment(Alignment::Right), right_area);
}

fn draw_head(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let rows: [Rect; HEAD as usize] = Layout::vertical([Constraint::Length(1); HEAD as usize]).areas(area);
    let [first, second, third, fourth] = rows;
    let (story, paint) = (screen.story(), screen.paint);
    let setup = story.debate().map(|debate| debate.setup());
    let whose = setup.map(|setup| format!("{} · {} · ", setup.id, line(&setup.mode, 40)));
    let left = Line::styled(whose.unwrap_or_default() + &story.status(), paint.strong());
    sides(frame, first, left, Line::raw(clock(story.elapsed(story.last_at()))));
    let topic = setup.map(|setup| line(&setup.topic, LINE)).unwrap_or_default();
    let usage = story.counts.usage;
    sides(frame, second, Line::styled(topic, paint.strong()), Line::raw(took(&usage)));
    frame.render_widget(Paragraph::new(counted(&story.counts)), third);
    let rule = "─".repeat(usize::from(fourth.width));
    frame.render_widget(Paragraph::new(Line::styled(rule, paint.dim())), fourth);
}

/// The counters. Whoever asks for no facts is not told that there are none.
fn counted(counts: &Counts) -> String {
    let mut text = format!(
        "{} · {} · ★ {}",
        number(counts.messages, "message"),
        number(counts.speeches, "speech"),
        number(counts.gates, "gate"),
    );
    for (what, many) in [("request", counts.requests), ("finding", counts.findings)] {
        if many > 0 {
            text.push_str(&format!(" · {}", number(many, what)));
        }
    }
    text
}

fn draw_foot(frame: &mut Frame<'_>, area: Rect, screen: &Screen) {
    let (first, last, all) = screen.position();
    let place = match screen.follow {
        Follow::On => "following".to_owned(),
        Follow::Off => format!("rows {first} to {last} of {all}"),
    };
    let (left, style) = match (&screen.find.typing, &screen.notice) {
        (Some(typing), _) => (format!("/{}▏", line_as_typed(typing)), Style::new()),
        (None, Some(notice)) => (line(notice, LINE), screen.paint.strong()),
        (None, None) => (KEYS.to_owned(), screen.paint.dim()),
    };
    sides(frame, area, Line::styled(left, style), Line::styled(place, screen.paint.dim()));
}

/// Typed by the reader, or pasted: spaces stay.
fn line_as_typed(typed: &str) -> String {
    crate::render::plain(typed).replace(['\n', '\t'], " ")
}

fn draw_help(frame: &mut Frame<'_>, screen: &Screen) {
    let wide = HELP.iter().map(|row| row.chars().count()).max().unwrap_or_default() + 4;
    let area = frame.area();
    let width = u16::try_from(wide).unwrap_or(u16::MAX).min(area.width);
    let height = u16::try_from(HELP.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let place =
        Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    let block = Block::bordered().title(" keys ").border_style(screen.paint.dim());
    let help: Vec<Line<'_>> = HELP.iter().map(|row| Line::raw(format!(" {row}"))).collect();
    frame.render_widget(Clear, place);
    frame.render_widget(Paragraph::new(help).block(block), place);
}

#[cfg(test)]
mod tests;
