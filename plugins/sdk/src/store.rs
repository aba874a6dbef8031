//! Things that can be bought.

pub use crate::bindings::store::{Answer, Buyer, Effect, Item, Request};

/// What a store does. It moves no sparks: the host sells, within its own bounds, at the prices of the operator's catalog.
pub trait Store {
    /// Everything there is; the same at every call.
    fn items(&self) -> Vec<Item>;

    /// Whether this buyer may have this item. Balance and ownership are the host's to look at; this is for conditions of the item's own.
    fn may_buy(&self, id: &str, who: &Buyer) -> Answer {
        let _ = (id, who);
        Answer::Yes
    }

    /// What the host should do for whoever bought this. `note` is what the buyer wrote with it. An error refuses the purchase.
    fn redeem(&self, id: &str, who: &Buyer, note: &str) -> Result<Vec<Effect>, String>;
}

/// How long a bought thing lasts, by the names in the contract.
pub mod lifetime {
    /// It happens when it is bought, as often as it is bought.
    pub const ONCE: &str = "once";
    /// It waits for the next debate and is used up by it.
    pub const CONSUMABLE: &str = "consumable";
    /// It is owned from then on, and bought once.
    pub const PERMANENT: &str = "permanent";
}

/// Export a value as the component's store: `store!(MyStore);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! store {
    ($store:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::store::Guest for Component {
                fn list_items() -> ::std::vec::Vec<$crate::store::Item> {
                    $crate::Store::items(&$store)
                }

                fn may_buy(id: ::std::string::String, who: $crate::store::Buyer) -> $crate::store::Answer {
                    $crate::Store::may_buy(&$store, &id, &who)
                }

                fn redeem(
                    id: ::std::string::String,
                    who: $crate::store::Buyer,
                    note: ::std::string::String,
                ) -> ::core::result::Result<::std::vec::Vec<$crate::store::Effect>, ::std::string::String>
                {
                    $crate::Store::redeem(&$store, &id, &who, &note)
                }
            }

    $crate::bindings::store::export_store!(Component with_types_in $crate::bindings::store);
        };
    };
}
