//! The Steward: looks into the files that a briefing registers, and into no others.
//!
//! A briefing names files and globs in a section of its own ([`entries`]). They are resolved once, beneath the project's folder, into
//! [`Files`]: regular UTF-8 files that do not look like secrets, each with its device, inode, size and SHA-256. From then on a name is a
//! key into that list. It is never resolved, cleaned up or searched for, so there is no spelling of a path that leads anywhere else, and
//! a lookup opens the file beneath the open folder again and refuses whatever is not the same file with the same content. The
//! consequence is a simple promise: **a lookup ends in registered bytes or in a [`Refusal`]**.
//!
//! There are seven [`Operation`]s, and an [`Observation`] of each that carries the hash of every file that was read. Three ways lead to
//! them, all through a [`Desk`], which may read files ([`LocalDesk`]) or repeat what a journal recorded:
//!
//! * a component performs operations itself;
//! * a question in the fixed grammar ([`FORMS`]) is one operation, without a model;
//! * any other question goes to a [`Mind`], which may look ten times and has to cite. Its citations are compared with the files; what is
//!   not true is struck, and an answer of which nothing is left is withheld.
//!
//! [`answer`] decides which, and returns a [`Finding`]. It depends on nothing but the question and what desk and mind answer, so a
//! replay makes the same finding.
//!
//! ```
//! # use amatelier_steward::{Caps, Files, LocalDesk, answer};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let root = folder.path();
//! std::fs::write(root.join("bridges.csv"), "name,width\nElm,12\nOak,9\n")?;
//! let briefing = "# The bridges\n\n## Steward-Registered Files\n- bridges.csv (all of them)\n";
//! let (files, warnings) = Files::register(root, briefing, Caps::default())?;
//! assert!(warnings.is_empty());
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let finding = answer(&LocalDesk::new(files), None, "count rows where width > 10 in bridges.csv").await?;
//! assert!(finding.text.starts_with("1 of 2 rows of bridges.csv where width > 10 (bridges.csv:2)"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })
//! # }
//! ```
//!
//! What is remembered of who asked, how often, and at whose cost is not here: that is the debate's and the engine's.

mod answer;
mod assisted;
mod caps;
mod condition;
mod data;
mod desk;
mod direct;
mod files;
mod grammar;
mod label;
mod look;
mod mind;
mod name;
mod observation;
mod operation;
mod place;
mod plain;
mod refusal;
mod registration;
mod root;
mod secret;
mod section;
mod show;
mod text;
mod walk;
mod warning;

pub use amatelier_types::{Citation, FileRead, Finding, LookupOutcome as Outcome, RegisteredFile};
pub use answer::{answer, is_in_grammar};
pub use caps::Caps;
pub use condition::{Comparison, Condition};
pub use desk::{Desk, Halted, LocalDesk};
pub use files::Files;
pub use grammar::FORMS;
pub use label::label;
pub use mind::{Mind, Prompt, PromptTurn, Reply, Tool, ToolCall};
pub use name::BadName;
pub use observation::{Checked, Excerpt, Found, Hit, Hits, Observation, Outline, Part, Row, Rows, Unread};
pub use operation::Operation;
pub use refusal::{Difference, Refusal, RefusalKind};
pub use section::{Entry, entries};
pub use warning::{RootError, Unregistered, Warning};
