//! The Steward: looks into the files that a briefing registers, and into no others.

mod caps;
mod condition;
mod data;
mod desk;
mod files;
mod finding;
mod look;
mod mind;
mod name;
mod observation;
mod operation;
mod plain;
mod refusal;
mod registered_file;
mod registration;
mod root;
mod secret;
mod section;
mod text;
mod walk;
mod warning;

pub use caps::Caps;
pub use condition::{Comparison, Condition};
pub use desk::{Desk, Halted, LocalDesk};
pub use files::Files;
pub use finding::{Citation, Finding, Outcome};
pub use mind::{Mind, Prompt, PromptTurn, Reply, Tool, ToolCall};
pub use name::BadName;
pub use observation::{Checked, Excerpt, Found, Hit, Hits, Observation, Outline, Part, Row, Rows, Unread};
pub use operation::Operation;
pub use refusal::{Difference, Refusal, RefusalKind};
pub use registered_file::{FileRead, RegisteredFile};
pub use section::{Entry, entries};
pub use warning::{RootError, Unregistered, Warning};
