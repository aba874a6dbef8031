//! The terminal itself: what is drawn on it and what is typed.
//!
//! Nothing here waits by looking again: a thread sits in the system's own read for keys, the feed hands over what happens, and the screen is
//! drawn when one of the two did something.

use std::{io, thread};

use amatelier_engine::{Error, Happening, Watching};
use ratatui::{
    DefaultTerminal,
    crossterm::event::{self, Event, KeyEvent, KeyEventKind},
};
use tokio::sync::mpsc;

use super::{Choice, Screen, choice::Decided, draw::draw, screen::After};

/// Keys and happenings that wait to be taken.
const WAITING: usize = 256;

/// A terminal in whole-screen mode; dropping it gives the screen back.
pub(crate) struct Terminal {
    screen: DefaultTerminal,
    typed: mpsc::Receiver<Event>,
}

impl Drop for Terminal {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

impl Terminal {
    /// Take the screen.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub(crate) fn open() -> io::Result<Self> {
        let screen = ratatui::try_init()?;
        let (sender, typed) = mpsc::channel(WAITING);
        let read = move || while event::read().is_ok_and(|event| sender.blocking_send(event).is_ok()) {};
        let terminal = Terminal { screen, typed };
        // It ends with the process: nobody can call it back from the system's read.
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(terminal)
    }

    /// Let the reader choose; none when it wants none of them.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) async fn choose(&mut self, mut choice: Choice) -> io::Result<Option<usize>> {
        loop {
            self.screen.draw(|frame| choice.draw(frame))?;
            let Some(typed) = self.typed.recv().await else { return Ok(None) };
            match key(&typed).map_or(Decided::NotYet, |key| choice.press(key)) {
                Decided::NotYet => {}
                Decided::None => return Ok(None),
                Decided::This(place) => return Ok(Some(place)),
            }
        }
    }

    /// Show a debate until the reader has seen enough. `ended` says what to tell the reader when the debate's feed ends.
    ///
    /// # Errors
    /// The terminal is gone, or the debate cannot be read.
    pub(crate) async fn show(
        &mut self,
        watching: Watching,
        mut screen: Screen,
        ended: impl Fn(&Screen) -> Option<String>,
    ) -> Result<(), ShowError> {
        let (sender, mut happenings) = mpsc::channel(WAITING);
        let listening = tokio::spawn(listen(watching, sender));
        let mut is_live = true;
        loop {
            self.screen.draw(|frame| draw(frame, &mut screen))?;
            tokio::select! {
                typed = self.typed.recv() => {
                    let Some(typed) = typed else { break };
                    if key(&typed).is_some_and(|key| screen.press(key) == After::Quit) {
                        break;
                    }
                }
                happened = happenings.recv(), if is_live => {
                    let Some(happened) = happened else {
                        is_live = false;
                        let notice = ended(&screen);
                        screen.end(notice);
                        continue;
                    };
                    screen.hear(&happened?);
                    // What came meanwhile is drawn with it.
                    while let Ok(happened) = happenings.try_recv() {
                        screen.hear(&happened?);
                    }
                }
            }
        }
        listening.abort();
        Ok(())
    }
}

/// Why a debate is not shown any more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ShowError {
    /// The terminal is gone.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
    /// The debate cannot be read.
    #[error(transparent)]
    Debate(#[from] Error),
}

async fn listen(mut watching: Watching, sender: mpsc::Sender<Result<Happening, Error>>) {
    while let Some(happened) = watching.next().await.transpose() {
        let failed = happened.is_err();
        if sender.send(happened).await.is_err() || failed {
            return;
        }
    }
}

/// The key of an event; letting go of one is none.
fn key(event: &Event) -> Option<KeyEvent> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(*key),
        _ => None,
    }
}
