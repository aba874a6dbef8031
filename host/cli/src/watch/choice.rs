//! The debates that are running, to choose from.

use amatelier_engine::Listed;
use ratatui::{
    Frame,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
    layout::{Constraint, Layout},
    style::Style,
    text::Line,
    widgets::Paragraph,
};

use super::Paint;
use crate::render::line;

/// Which of them.
pub(crate) struct Choice {
    running: Vec<Listed>,
    at: usize,
    paint: Paint,
}

/// What a key decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    NotYet,
    None,
    This(usize),
}

impl Choice {
    /// A choice among these, of which there is at least one.
    pub(crate) fn new(running: Vec<Listed>, paint: Paint) -> Self {
        Choice { running, at: 0, paint }
    }

    /// What a key does.
    pub(crate) fn press(&mut self, key: KeyEvent) -> Decided {
        let last = self.running.len().saturating_sub(1);
        match key.code {
            KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Decided::None,
            KeyCode::Char('q') | KeyCode::Esc => return Decided::None,
            KeyCode::Enter => return Decided::This(self.at),
            KeyCode::Up | KeyCode::Char('k') => self.at = self.at.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.at = (self.at + 1).min(last),
            KeyCode::Home | KeyCode::Char('g') => self.at = 0,
            KeyCode::End | KeyCode::Char('G') => self.at = last,
            _ => {}
        }
        Decided::NotYet
    }

    /// Draw the list.
    pub(crate) fn draw(&self, frame: &mut Frame<'_>) {
        let areas = Layout::vertical([Constraint::Length(2), Constraint::Min(1), Constraint::Length(1)]);
        let [head, body, foot] = areas.areas(frame.area());
        let title = format!("{} debates are running", self.running.len());
        frame.render_widget(Paragraph::new(Line::styled(title, self.paint.strong())), head);
        // The chosen one stays in sight.
        let first = (self.at + 1).saturating_sub(usize::from(body.height));
        let rows: Vec<Line<'_>> =
            self.running.iter().enumerate().skip(first).map(|(at, listed)| self.row(at, listed)).collect();
        frame.render_widget(Paragraph::new(rows), body);
        let keys = Line::styled("↑ ↓ choose · Enter watch · q quit", self.paint.dim());
        frame.render_widget(Paragraph::new(keys), foot);
    }

    fn row(&self, at: usize, listed: &Listed) -> Line<'static> {
        let (mark, style) = if at == self.at { ("▸", self.paint.found()) } else { (" ", Style::new()) };
        let opened = listed.opened_at.get(..16).unwrap_or_default().replace('T', " ");
        let text = format!(
            "{mark} {:12}  {opened}  round {:<3} {:13}  {}",
            listed.id,
            listed.rounds,
            line(&listed.mode, 13),
            line(&listed.topic, 200)
        );
        Line::styled(text, style)
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use ratatui::{Terminal, backend::TestBackend};

    use super::*;

    fn running() -> Vec<Listed> {
        let listed = |id: &str, topic: &str, mode: &str| Listed {
            id: id.into(),
            topic: topic.into(),
            status: "open".into(),
            mode: mode.into(),
            rounds: 2,
            stop_reason: None,
            opened_at: "2026-01-31T12:00:00.250Z".into(),
        };
        vec![
            listed("0123456789ab", "Bridge or tunnel?", "openai-compat"),
            listed("ba9876543210", "Open on \x1b[31mSundays?", "rehearsal"),
        ]
    }

    #[test]
    fn the_keys_choose_one_and_none() {
        for (keys, decided) in [
            (&[KeyCode::Enter][..], Decided::This(0)),
            (&[KeyCode::Down, KeyCode::Enter], Decided::This(1)),
            (&[KeyCode::Char('j'), KeyCode::Down, KeyCode::Down, KeyCode::Enter], Decided::This(1)),
            (&[KeyCode::End, KeyCode::Up, KeyCode::Up, KeyCode::Enter], Decided::This(0)),
            (&[KeyCode::Down], Decided::NotYet),
            (&[KeyCode::Down, KeyCode::Char('q')], Decided::None),
            (&[KeyCode::Esc], Decided::None),
        ] {
            let mut choice = Choice::new(running(), Paint::None);
            let last = keys.iter().map(|key| choice.press(KeyEvent::from(*key))).last();
            assert_eq!(last, Some(decided), "{keys:?}");
        }
        let control_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(Choice::new(running(), Paint::None).press(control_c), Decided::None);
    }

    #[test]
    fn the_running_debates_are_a_list() {
        let mut choice = Choice::new(running(), Paint::None);
        choice.press(KeyEvent::from(KeyCode::Down));
        let mut terminal = Terminal::new(TestBackend::new(80, 7)).unwrap();
        terminal.draw(|frame| choice.draw(frame)).unwrap();
        assert_snapshot!(terminal.backend());
    }
}
