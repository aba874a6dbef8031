//! What a capability means, in words for whoever grants it.

use amatelier_types::Capability;

/// What a plugin with this capability may do, in half a sentence.
pub fn in_words(capability: Capability) -> &'static str {
    match capability {
        Capability::LlmComplete => {
            "ask language models in your name; what it writes to them leaves this machine and may cost money"
        }
        Capability::LlmEmbed => {
            "have texts turned into vectors by a model; they leave this machine and it may cost money"
        }
        Capability::StewardRead => "read and search the files that are registered for a debate",
        Capability::StewardAsk => {
            "put questions to the Steward, who looks into the registered files and may ask a model"
        }
        Capability::MarketRead => {
            "see the store, its member's sparks and purchases, and how everybody stands"
        }
        Capability::MarketBuy => "spend its member's sparks in the store",
        Capability::Notebook => "keep private notes from one turn to the next",
    }
}
