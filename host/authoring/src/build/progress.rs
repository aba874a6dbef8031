//! What happens while a plugin is built.

/// One thing to tell whoever waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A step begins; a line of ours.
    Step(String),
    /// A line of the compiler or the package installer. Escape it before it meets a terminal.
    Said(String),
}
