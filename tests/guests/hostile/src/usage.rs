//! Functions of the host, called by name, and what they answered: each that a grant guards, and the others by their interface.

use amatelier_sdk::{chat, llm, market, minutes, notebook, profile, rights, settings, sparks, steward};

/// What a function of the Steward is asked about: the setting `file`, so often as the setting `times` says.
fn file() -> String {
    let times = settings::parse("times").ok().flatten().unwrap_or(1);
    settings::get("file").unwrap_or_else(|| "file".into()).repeat(times)
}

/// The answer of a function in words.
pub fn of(function: &str) -> String {
    match function {
        "llm.complete" => format!("{:?}", llm::ask("s").user("u").send().map(|reply| reply.text)),
        "llm.with-tool" => {
            format!("{:?}", llm::ask("s").user("u").tool("calculator").send().map(|reply| reply.text))
        }
        "llm.hot" => {
            format!("{:?}", llm::ask("s").user("u").temperature(f32::NAN).send().map(|reply| reply.text))
        }
        "llm.many-stops" => {
            let ask = (0..17).fold(llm::ask("s").user("u"), |ask, number| ask.stop(number.to_string()));
            format!("{:?}", ask.send().map(|reply| reply.text))
        }
        "llm.left-out" => {
            format!("{:?}", llm::ask("s").user("u").left_out(&[3, 5]).send().map(|reply| reply.text))
        }
        "llm.nothing" => format!("{:?}", llm::ask("s").send().map(|reply| reply.text)),
        "llm.embed" => format!("{:?}", llm::embed(&["text".into()])),
        "llm.count-tokens" => format!("{:?}", llm::count_tokens("text")),
        "steward.files" => format!("{:?}", steward::files()),
        "steward.read" => format!("{:?}", steward::read(&file(), 1, 1)),
        "steward.grep" => format!("{:?}", steward::grep("pattern").at_most(1).hits()),
        "steward.ask" => format!("{:?}", steward::ask(&file())),
        "steward.requests-left" => format!("{:?}", steward::requests_left()),
        "market.catalog" => format!("{:?}", market::catalog()),
        "market.inventory" => format!("{:?}", market::inventory()),
        "market.buy" => format!("{:?}", market::buy("skill", "please")),
        "market.buy-with-note" => {
            let note = settings::get("note")
                .unwrap_or_default()
                .repeat(settings::parse("times").ok().flatten().unwrap_or(1));
            format!("{:?}", market::buy(&file(), &note))
        }
        "sparks.balance" => format!("{:?}", sparks::balance()),
        "sparks.history" => {
            format!("{:?}", sparks::history(settings::parse("limit").ok().flatten().unwrap_or(9)).len())
        }
        "sparks.leaderboard" => format!("{:?}", sparks::leaderboard()),
        "sparks" => format!("{} {:?} {:?}", sparks::balance(), sparks::history(9), sparks::leaderboard()),
        "notebook.get" => format!("{:?}", notebook::get("count")),
        "notebook.put" => format!("{:?}", notebook::put("count", "2")),
        "notebook.remove" => format!("{:?}", notebook::remove("count")),
        "notebook.keys" => format!("{:?}", notebook::keys()),
        "rights.has" => {
            let names = [
                "llm.complete",
                "llm.embed",
                "steward.read",
                "steward.ask",
                "market.read",
                "market.buy",
                "notebook",
                "x",
            ];
            format!("{:?}", names.map(rights::has))
        }
        "chat" => {
            let texts =
                |found: Vec<chat::Message>| found.into_iter().map(|message| message.text).collect::<Vec<_>>();
            let (all, last, found) =
                (chat::recall().get(), chat::recall().limit(1).get(), chat::recall().contains("FIRST").get());
            format!(
                "{} {} {:?} {:?} {:?} {:?} {:?}",
                chat::topic(),
                chat::briefing(),
                chat::members(),
                texts(all),
                texts(last),
                texts(found),
                chat::state_of_debate()
            )
        }
        "minutes" => {
            format!("{:?} {:?} {:?}", minutes::citations(), minutes::interventions(), minutes::marks())
        }
        "profile" => format!(
            "{} {} {} {:?} {:?} {} {:?} {:?} {:?}",
            profile::name(),
            profile::role(),
            profile::tier(),
            profile::document("identity"),
            profile::document("../secret"),
            profile::memory(),
            profile::heuristics(),
            profile::skills(),
            profile::advice()
        ),
        other => format!("there is no function `{other}`"),
    }
}
