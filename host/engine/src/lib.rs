//! Drives debates: opens them, carries their actions out, resumes them, publishes what came of them.
//!
//! The machine in `amatelier-debate` says what should be happening; this crate makes it happen, with the journal as its memory. It
//! implements the runtime's ports (the transcript, the models, the Steward) and knows how a committed step and a paid answer hang
//! together: an intent is durable before its request leaves, an answer is on disk before anything else happens, and nothing is asked
//! twice that was answered once.

mod answering;
mod archive;
mod asked;
mod bill;
mod calling;
mod calls;
mod clock;
mod components;
mod control;
mod cover;
mod desk;
mod door;
mod driver;
mod engine;
mod error;
mod failpoint;
mod feed;
mod forecast;
mod given;
mod grounded;
mod grounding;
mod happening;
mod inquiry;
mod known;
mod live;
mod lock;
mod meter;
mod models;
mod opening;
pub mod plugins;
mod providers;
mod recorded;
mod replay;
mod rescoring;
mod results;
mod season;
mod seeds;
mod shop;
mod spending;
mod steward_alone;
mod stream;
mod transcript;
mod treasury;
mod turn;
mod uncertain;
pub mod views;
mod watcher;
mod watching;
mod wire;

pub use amatelier_llm::Prices;
pub use archive::{Archive, Listed, Running};
pub use asked::{Asked, Exchange};
pub use components::ComponentError;
pub use control::{BadSteer, Control, Steer, Wish};
pub use driver::Ending;
pub use engine::{Engine, Roundtable};
pub use error::Error;
pub use forecast::{Forecast, Planned};
pub use grounded::Grounded;
pub use happening::Happening;
pub use known::known_components;
pub use lock::Held;
pub use opening::{Opening, OpeningError, seed};
pub use providers::{
    Explained, Labelled, Offered, ProviderError, Providers, Source, State, Survey, Surveyed, Unset,
    find_local,
};
pub use replay::{Difference, Verification};
pub use rescoring::{Rescoring, RescoringError};
pub use season::{BadSeasonId, Season, SeasonId, SeasonPlan, SeasonPurchase, SeasonRow, SeasonTask};
pub use seeds::{STARTER, catalog_text, seed_files};
pub use shop::{BuyError, Counter, School, SchoolError, Shop, ShopWarning, Teachable};
pub use spending::{Spending, SpentBy};
pub use steward_alone::StewardAlone;
pub use treasury::{Books, Posted, Proof, TableFault, Treasury};
pub use uncertain::{OnUncertain, UncertainCall};
pub use watcher::{Performed, Watcher};
pub use watching::Watching;
