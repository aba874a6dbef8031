//! The workspace: where things are, who is on the team, what the operator configured.
//!
//! Everything people write by hand is read here, once, and checked here: names, roles, paths, numbers, keys. Nothing is run and nobody
//! is asked; errors name the file, the line where there is one, and what would be right. Keys are held in [`Keys`] and nowhere else.

mod backup;
mod briefing;
mod choice;
mod component_line;
mod config;
mod enrolment;
mod error;
mod file;
mod keys;
mod layers;
mod member_line;
mod mode;
mod model_line;
mod money;
mod origin;
mod persona;
mod project;
mod realm;
mod refresh;
mod root;
mod seed_record;
mod seeds;
mod setting;
mod skeleton;
mod skill_document;
mod skill_folder;
mod team;
mod team_check;
mod team_text;
mod toml_text;

pub use amatelier_types::nearest;
pub use briefing::{Briefing, BriefingError};
pub use choice::{Choice, choose_mode};
pub use component_line::ComponentLine;
pub use config::{
    BillingChoice, Cassette, ClaudeCode, Config, Consent, Durability, Findings, Ollama, OnUncertain, OpenAi,
    OpenAiCompat, Plugins, Roundtable, Service, Steward, Tools, YesNo,
};
pub use enrolment::{Enrolled, FromTemplate, Imported, Removed, TeamError, WithFolder};
pub use error::{BadFile, Problem};
pub use keys::{BadKeys, Key, KeySource, Keys, KeysFile};
pub use layers::{BadConfiguration, Configuration, Flag, Said, Sources, USUAL_LABELS, Wrong};
pub use member_line::MemberLine;
pub use mode::{Mode, UnknownProvider};
pub use model_line::ModelLine;
pub use money::{CostCap, Money};
pub use origin::{Origin, Place};
pub use persona::documents;
pub use realm::Realm;
pub use refresh::{Earnest, Edited, Refreshed};
pub use root::{Workspace, Written};
pub use seeds::{SeedFile, Template};
pub use setting::{SETTINGS, SetBy, Setting};
pub use skill_document::{SkillDocument, read_skill, skill_document};
pub use skill_folder::{SkillImport, SkillImported};
pub use team::{Member, RubricLine, Team};
pub use team_check::{Complaint, KnownComponent, Serves, Severity};
