//! What became of a request whose answer was lost.
//!
//! Two services can say. Where answers are stored (`store`), the answer itself is fetched; at OpenRouter, what it cost. Anything but a
//! clear answer is *unknown*: a 404 does not say that nothing was charged.

use serde_json::Value;

use super::{Flavour, OpenAiCompat, listener::ChunkListener};
use crate::{
    LookedUp, Request,
    http::{Answer, Ended, Listener, fetch, json::present, money::micro_usd},
};

impl OpenAiCompat {
    pub(super) async fn ask_about(&self, response_id: &str, request: &Request) -> LookedUp {
        let base = &self.endpoint.base_url;
        let url = match self.flavour {
            Flavour::OpenRouter => {
                let mut url = base.at(["generation"]);
                url.query_pairs_mut().append_pair("id", response_id);
                url
            }
            Flavour::Plain if self.store => base.at(["chat", "completions", response_id]),
            Flavour::Plain => return LookedUp::Unknown,
        };
        let fetched = fetch(&self.endpoint, self.endpoint.client.get(url)).await;
        let Some((_, value)) = fetched.filter(|(status, _)| status.is_success()) else {
            return LookedUp::Unknown;
        };
        let known = match self.flavour {
            Flavour::OpenRouter => charge(&value),
            Flavour::Plain => stored(&value, response_id, request),
        };
        known.unwrap_or(LookedUp::Unknown)
    }
}

/// `{"data": {"total_cost": 0.0015, …}}`.
fn charge(value: &Value) -> Option<LookedUp> {
    let data = present(value, "data").unwrap_or(value);
    micro_usd(data.get("total_cost")?).map(LookedUp::Charged)
}

/// The completion as it would have come without streaming.
fn stored(value: &Value, response_id: &str, request: &Request) -> Option<LookedUp> {
    let mut answer = Answer::named(Some(response_id.to_owned()));
    ChunkListener::new(Flavour::Plain).whole(value, &mut answer).ok()?;
    let finish = answer.finish(Ended::Marked)?;
    Some(LookedUp::Reply(Box::new(answer.into_reply(finish, request))))
}
