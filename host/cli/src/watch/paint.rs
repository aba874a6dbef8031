//! How things look. Colour never says anything alone: who has none reads the same.

use amatelier_types::{MemberName, Role};
use ratatui::style::{Color, Modifier, Style};

/// Colours, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// As many as the terminal has.
    Colours,
    /// Bold, dim and reversed only.
    None,
}

/// What workers are told apart by; as many as a table usually has.
const MEMBERS: [Color; 6] =
    [Color::Cyan, Color::Green, Color::Magenta, Color::Blue, Color::LightRed, Color::LightCyan];

impl Paint {
    /// What the environment asks for: none with `NO_COLOR` (<https://no-color.org>).
    pub(crate) fn of_environment() -> Self {
        match std::env::var_os("NO_COLOR") {
            Some(said) if !said.is_empty() => Paint::None,
            _ => Paint::Colours,
        }
    }

    /// The head of a contribution. `seating` gives each worker a colour of its own.
    pub(crate) fn head(self, role: Role, author: &MemberName, seating: &[MemberName]) -> Style {
        let place = seating.iter().position(|member| member == author).unwrap_or_default();
        let colour = match role {
            Role::Worker => MEMBERS.get(place % MEMBERS.len()).copied().unwrap_or_default(),
            Role::Judge => Color::Yellow,
            _ => Color::Gray,
        };
        self.with(colour).add_modifier(Modifier::BOLD)
    }

    /// What is starred.
    pub(crate) fn star(self) -> Style {
        self.with(Color::Yellow).add_modifier(Modifier::BOLD)
    }

    /// What went wrong.
    pub(crate) fn fault(self) -> Style {
        self.with(Color::Red)
    }

    /// What is less important.
    pub(crate) fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What is more important.
    pub(crate) fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What was searched for, or is chosen.
    pub(crate) fn found(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    fn with(self, colour: Color) -> Style {
        match self {
            Paint::Colours => Style::new().fg(colour),
            Paint::None => Style::new(),
        }
    }
}
