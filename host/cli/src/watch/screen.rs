//! Where the reader is in a story, and what the keys do.

use amatelier_engine::Happening;
use ratatui::{
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
    text::Line,
};

use super::{
    Paint,
    find::{Find, Way},
    rows::{Row, Setting},
    story::{Feed, Story},
};
use crate::args::Research;

/// What a key leaves to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    Stay,
    Quit,
}

/// Whether the end of the story stays in sight while it grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    On,
    Off,
}

/// What is shown above the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlay {
    None,
    Help,
}

/// A story and its reader.
pub(crate) struct Screen {
    story: Story,
    research: Research,
    pub paint: Paint,
    /// Something to be read once, until a key is pressed.
    pub notice: Option<String>,
    pub overlay: Overlay,
    pub find: Find,
    pub follow: Follow,
    /// The first row in sight.
    top: usize,
    /// Columns and rows, as they were drawn last.
    width: u16,
    height: usize,
    /// The rows of each part of the story, as far as they were set.
    set: Vec<Vec<Row>>,
    /// The rows of those who are speaking.
    speaking: Vec<Row>,
}

impl Screen {
    /// An empty screen.
    pub(crate) fn new(research: Research, paint: Paint, notice: Option<String>) -> Self {
        Screen {
            story: Story::default(),
            research,
            paint,
            notice,
            overlay: Overlay::None,
            find: Find::default(),
            follow: Follow::On,
            top: 0,
            width: 0,
            height: 0,
            set: Vec::new(),
            speaking: Vec::new(),
        }
    }

    /// The story.
    pub(crate) fn story(&self) -> &Story {
        &self.story
    }

    /// Something happened.
    pub(crate) fn hear(&mut self, happening: &Happening) {
        if let Some(changed) = self.story.hear(happening) {
            self.set.truncate(changed);
        }
    }

    /// Everything there is was told.
    pub(crate) fn end(&mut self, notice: Option<String>) {
        self.story.feed = Feed::Ended;
        self.notice = notice.or(self.notice.take());
    }

    /// Set what is not set yet, for so much room.
    pub(crate) fn fit(&mut self, width: u16, height: usize) {
        if width != self.width {
            self.set.clear();
        }
        (self.width, self.height) = (width, height);
        let setting = Setting { story: &self.story, width, research: self.research, paint: self.paint };
        for part in self.story.parts.iter().skip(self.set.len()) {
            self.set.push(setting.part(part));
        }
        self.speaking = self.story.speaking.iter().flat_map(|speaking| setting.speaking(speaking)).collect();
        self.top = match self.follow {
            Follow::On => self.lowest(),
            Follow::Off => self.top.min(self.lowest()),
        };
    }

    /// The rows in sight.
    pub(crate) fn in_sight(&self) -> Vec<Line<'static>> {
        let found = self.paint.found();
        self.rows().skip(self.top).take(self.height).map(|row| self.find.mark(&row.line, found)).collect()
    }

    /// The first row in sight, the last, and how many there are.
    pub(crate) fn position(&self) -> (usize, usize, usize) {
        let all = self.rows().count();
        (self.top + 1, (self.top + self.height).min(all), all)
    }

    /// What a key does.
    pub(crate) fn press(&mut self, key: KeyEvent) -> After {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            let quits = key.code == KeyCode::Char('c');
            return if quits { After::Quit } else { After::Stay };
        }
        if self.find.typing.is_some() {
            self.type_in(key.code);
            return After::Stay;
        }
        self.notice = None;
        if self.overlay == Overlay::Help {
            self.overlay = Overlay::None;
            return if key.code == KeyCode::Char('q') { After::Quit } else { After::Stay };
        }
        let page = self.height.saturating_sub(1).max(1);
        match key.code {
            KeyCode::Char('q') => return After::Quit,
            KeyCode::Up | KeyCode::Char('k') => self.go(self.top.saturating_sub(1)),
            KeyCode::Down | KeyCode::Char('j') => self.go(self.top + 1),
            KeyCode::PageUp | KeyCode::Char('b') => self.go(self.top.saturating_sub(page)),
            KeyCode::PageDown | KeyCode::Char(' ') => self.go(self.top + page),
            KeyCode::Home | KeyCode::Char('g') => self.go(0),
            KeyCode::End | KeyCode::Char('G') => self.go(usize::MAX),
            KeyCode::Char('F') => match self.follow {
                Follow::Off => self.go(usize::MAX),
                Follow::On => self.follow = Follow::Off,
            },
            KeyCode::Char('[') => self.go_to_round(Way::Up),
            KeyCode::Char(']') => self.go_to_round(Way::Down),
            KeyCode::Char('f') => self.unfold(),
            KeyCode::Char('/') => self.find.typing = Some(String::new()),
            KeyCode::Char('n') => self.find_again(Way::Down),
            KeyCode::Char('N') => self.find_again(Way::Up),
            KeyCode::Esc => self.find = Find::default(),
            KeyCode::Char('?') => self.overlay = Overlay::Help,
            _ => {}
        }
        After::Stay
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.set.iter().flatten().chain(&self.speaking)
    }

    /// The lowest that the first row in sight can be.
    fn lowest(&self) -> usize {
        self.rows().count().saturating_sub(self.height)
    }

    /// Bring a row to the top; who reaches the end follows it from there.
    fn go(&mut self, row: usize) {
        let lowest = self.lowest();
        self.top = row.min(lowest);
        self.follow = if self.top == lowest { Follow::On } else { Follow::Off };
    }

    fn go_to_round(&mut self, way: Way) {
        let begins = self.rows().enumerate().filter(|(_, row)| row.round.is_some()).map(|(at, _)| at);
        let begins: Vec<usize> = begins.collect();
        let found = match way {
            Way::Down => begins.into_iter().find(|at| *at > self.top),
            Way::Up => begins.into_iter().rfind(|at| *at < self.top),
        };
        if let Some(row) = found {
            self.go(row);
        }
    }

    /// Fold what is folded less, or all of it again.
    fn unfold(&mut self) {
        self.research = match self.research {
            Research::Collapsed => Research::Preview,
            Research::Preview => Research::Full,
            Research::Full => Research::Collapsed,
        };
        self.set.clear();
        self.find.at = None;
    }

    fn type_in(&mut self, key: KeyCode) {
        match key {
            KeyCode::Char(c) => self.find.type_in(c),
            KeyCode::Backspace => {
                let taken = self.find.typing.as_mut().and_then(String::pop);
                // With nothing left to take back, there is nothing to look for.
                self.find.typing = self.find.typing.take().filter(|_| taken.is_some());
            }
            KeyCode::Enter => {
                self.find = Find { words: self.find.typing.take().unwrap_or_default(), ..Find::default() };
                self.look(self.top, Way::Down);
            }
            KeyCode::Esc => self.find.typing = None,
            _ => {}
        }
    }

    fn find_again(&mut self, way: Way) {
        let from = match (self.find.at, way) {
            (None, _) => self.top,
            (Some(at), Way::Down) => at + 1,
            // Above the first row is the last one.
            (Some(at), Way::Up) => at.checked_sub(1).unwrap_or(usize::MAX - 1),
        };
        self.look(from, way);
    }

    fn look(&mut self, from: usize, way: Way) {
        if self.find.words.is_empty() {
            return;
        }
        let rows: Vec<String> = self.rows().map(|row| row.line.to_string()).collect();
        self.find.at = self.find.next(&rows, from, way);
        match self.find.at {
            // A third from the top, so that what leads up to it is in sight.
            Some(row) => self.go(row.saturating_sub(self.height / 3)),
            None => self.notice = Some(format!("nothing found: {}", self.find.words)),
        }
    }
}

#[cfg(test)]
mod tests;
