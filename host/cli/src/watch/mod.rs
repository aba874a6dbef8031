//! A debate on the whole screen of a terminal.
//!
//! Three layers, and only the last knows a terminal: [`story`] folds what happens into what there is to read, [`screen`] is where the
//! reader is in it and what the keys do, [`terminal`] draws and listens. The first two are plain values, so every screen can be tested.
//! Whatever models and plugins wrote goes through [`crate::render::plain`] when it becomes a row.

mod choice;
mod draw;
mod find;
mod paint;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod screen;
mod story;
mod terminal;

pub(crate) use choice::Choice;
pub(crate) use paint::Paint;
pub(crate) use screen::Screen;
pub(crate) use story::apply;
pub(crate) use terminal::{ShowError, Terminal};
