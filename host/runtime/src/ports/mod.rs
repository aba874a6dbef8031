//! What the host must do for a guest, as traits that the engine implements.
//!
//! They speak the shapes of `amatelier-types` and plain mirrors of the contracts, so that neither side sees generated code.

mod chat;
mod desk;
mod market;
mod models;
mod spark_book;

pub use chat::{Chat, ChatMember, Filter, Noted, SpokenCitation};
pub use desk::{Desk, LineHit, Lines, LookupError, NoDesk};
pub use market::{BuyRefusal, Market, NoMarket, Ware};
pub use models::{Completion, CompletionReply, ModelError, Models, PromptTurn, Speaker, Suspended};
pub use spark_book::{NoSparks, Posting, SparkBook, Standing};
