//! `amatelier:economy`: there are no sparks and no store in this host yet, and that is what it answers.

use amatelier_types::Capability;

use crate::{
    bindings::amatelier::economy::{
        market::{self, Refusal},
        sparks,
    },
    state::State,
};

impl sparks::Host for State {
    fn balance(&mut self) -> wasmtime::Result<i32> {
        Ok(0)
    }

    fn history(&mut self, _: u32) -> wasmtime::Result<Vec<sparks::Posting>> {
        Ok(Vec::new())
    }

    fn leaderboard(&mut self) -> wasmtime::Result<Vec<sparks::Standing>> {
        Ok(Vec::new())
    }
}

impl market::Host for State {
    fn catalog(&mut self) -> wasmtime::Result<Vec<market::Item>> {
        if !self.is_granted(Capability::MarketRead) {
            self.deny("market.catalog");
        }
        Ok(Vec::new())
    }

    fn inventory(&mut self) -> wasmtime::Result<Vec<market::Item>> {
        if !self.is_granted(Capability::MarketRead) {
            self.deny("market.inventory");
        }
        Ok(Vec::new())
    }

    fn buy(&mut self, id: String, note: String) -> wasmtime::Result<Result<u32, Refusal>> {
        self.accept("market.buy", [id.as_str(), note.as_str()])?;
        let granted = self.is_granted(Capability::MarketBuy);
        self.deny("market.buy");
        let why = if granted { "there is no store" } else { Capability::MarketBuy.name() };
        Ok(Err(Refusal::Denied(why.into())))
    }
}
