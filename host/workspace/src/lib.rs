//! The workspace: where things are, who is on the team, what the operator configured.
//!
//! Everything people write by hand is read here, once, and checked here: names, roles, paths, numbers. Nothing is run, no model is
//! known, no key is held; errors name the file, the line where there is one, and what would be right.

mod backup;
mod briefing;
mod config;
mod enrolment;
mod error;
mod file;
mod layers;
mod member_line;
mod mode;
mod nearest;
mod origin;
mod persona;
mod project;
mod refresh;
mod root;
mod seed_record;
mod seeds;
mod setting;
mod skeleton;
mod skill_document;
mod team;
mod team_check;
mod team_text;
mod toml_text;

pub use briefing::{Briefing, BriefingError};
pub use config::{Config, Consent, Durability, Findings, OpenAiCompat, Roundtable, Steward, Tools};
pub use enrolment::{Enrolled, FromTemplate, Imported, Removed, TeamError, WithFolder};
pub use error::{BadFile, Problem};
pub use layers::{BadConfiguration, Configuration, Flag, Said, Sources, Wrong};
pub use member_line::MemberLine;
pub use mode::{Choice, Mode, choose_mode};
pub use nearest::nearest;
pub use origin::{Origin, Place};
pub use persona::documents;
pub use refresh::{Earnest, Edited, Refreshed};
pub use root::{Workspace, Written};
pub use seeds::{SeedFile, Template};
pub use setting::{SETTINGS, SetBy, Setting};
pub use skill_document::{SkillDocument, read_skill, skill_document};
pub use team::{Member, RubricLine, Team};
pub use team_check::{Complaint, KnownComponent, Severity};
