//! The judge `classic`: reads what was said, intervenes little, rules at the gate and sums up.
//!
//! Asks for `llm.complete`. With `steward.read` and `steward.ask` it knows what files are registered and how often it may still ask about
//! them: a request in a remark is looked up by the host, and the finding is there before the judge's next job.
//!
//! Each of the three jobs is one request: the judge's own documents instruct, the debate stands between tags, the job comes last. What the
//! model answers becomes typed values here and nowhere else: interventions by the line parser of the SDK (a name that is no worker's means
//! nothing), the verdict by a JSON schema, with the line form for models that write no JSON. A doubtful answer is never a verdict.
//! Where the model takes less than there is to judge, the oldest speeches are left out, and the request says which.

mod jobs;
mod ruling;
mod transcript;

use amatelier_sdk::{
    Intervention, Judge, Phase, Verdict, chat, judge_lines,
    llm::{self, Ask, Error, Finish, Reply},
    profile,
    prompt::Sections,
    steward,
};
use jobs::Lookups;

struct Classic;

impl Judge for Classic {
    fn moderate(&self, phase: &Phase, after: u32) -> Result<Vec<Intervention>, String> {
        let new = chat::recall().after(after).all();
        let Some(round) =
            new.iter().rev().find(|message| transcript::is_speech(message)).map(|message| message.round)
        else {
            return Ok(Vec::new());
        };
        let mut messages: Vec<_> =
            of_round(round).into_iter().filter(|message| message.seq <= after).collect();
        messages.extend(new.into_iter().filter(transcript::is_heard));
        let (opening, task) = (debate(), jobs::moderate(phase, &workers(), &lookups()));
        let reply = llm::fitting(&messages, transcript::is_speech, |messages| {
            let (earlier, new) = messages.split_at(messages.partition_point(|message| message.seq <= after));
            opening
                .clone()
                .user(transcript::block("What you have already looked at in this round:", earlier))
                .user(transcript::block("New since then:", new))
                .user(task.as_str())
        })?;
        let text = text_of(&reply)?;
        // The last line of a cut answer may lack the half that matters.
        let whole = if reply.is_cut() { text.rsplit_once('\n').map_or("", |(lines, _)| lines) } else { text };
        Ok(judge_lines::interventions(whole, &workers()))
    }

    fn rule(&self, round: u32, max_rounds: u32) -> Result<Verdict, String> {
        let (opening, messages) = (debate(), of_round(round));
        let put = |form: fn(Ask) -> Ask| {
            llm::fitting(&messages, transcript::is_speech, |messages| {
                let ask = opening.clone().user(transcript::block("This round:", messages));
                form(ask.user(jobs::rule(round, max_rounds)))
            })
        };
        let reply = match put(|ask| ask.user(jobs::RULE_AS_JSON).schema(ruling::SCHEMA)) {
            Err(Error::Invalid(_)) => put(|ask| ask.user(jobs::RULE_AS_LINE))?,
            other => other?,
        };
        ruling::read(text_of(&reply)?)
    }

    fn summarise(&self, round: u32) -> Result<String, String> {
        let opening = debate();
        let reply = llm::fitting(&of_round(round), transcript::is_speech, |messages| {
            opening
                .clone()
                .user(transcript::block("The round that has just ended:", messages))
                .user(jobs::summarise(round))
        })?;
        let text = text_of(&reply)?.trim();
        if text.is_empty() {
            return Err("the model's answer is empty".into());
        }
        // Half a state is worth more to the next round than none, as long as it says that it is half.
        Ok(if reply.is_cut() { format!("{text}\n\n[The summary was cut off here.]") } else { text.into() })
    }
}

amatelier_sdk::judge!(Classic);

/// The part of every request that all jobs share: who the judge is, what the question is, where the debate stands.
fn debate() -> Ask {
    let system = Sections::new()
        .plain(jobs::OFFICE)
        .with("Who you are", &profile::document("identity").unwrap_or_default())
        .with("Your instructions", &profile::document("instructions").unwrap_or_default())
        .with("What you remember", &profile::memory())
        .finish();
    llm::ask(system).user(transcript::opening(&chat::briefing(), chat::state_of_debate().as_deref()))
}

/// What there is to judge of a round; the first with what research brought, as no state of the debate tells of it yet.
fn of_round(round: u32) -> Vec<chat::Message> {
    let before = if round == 1 { chat::recall().round(0).all() } else { Vec::new() };
    before.into_iter().chain(chat::recall().round(round).all()).filter(transcript::is_heard).collect()
}

fn workers() -> Vec<String> {
    chat::members().into_iter().filter(|member| member.role == "worker").map(|member| member.name).collect()
}

fn lookups() -> Lookups {
    Lookups {
        files: steward::files().into_iter().map(|file| file.name).collect(),
        requests_left: steward::requests_left(),
    }
}

fn text_of(reply: &Reply) -> Result<&str, String> {
    match reply.finish {
        Finish::Refused => Err("the model declined to answer".into()),
        _ => Ok(&reply.text),
    }
}
