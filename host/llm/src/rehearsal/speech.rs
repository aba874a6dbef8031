//! A worker's turn.
//!
//! A turn is a plan of moves (open, engage, evidence, sum, …); each move deals one template from a bank at the turn's place in the debate
//! and fills it. The place is made of seat, round and lap, and the banks a turn uses once are at least as long as a debate of five workers
//! and three rounds has turns: that two turns say the same sentence is excluded, not unlikely. Longer debates wrap round, each bank at
//! another length.

use amatelier_types::{MemberName, Phase};

use super::{
    bank::{self, Bank, Stance},
    draw::{Draw, deal, deck},
    fill::{Counterpart, Fill, Options},
    grounds,
    heard::{Heard, Voice, is_redirected, person},
    material::{Material, clip},
    position::position,
    reckon::sums,
    stance::stance,
};
use crate::CallFacts;

/// What a member says when it has nothing to add.
pub(super) const PASS: &str = "PASS";

/// What one sentence of a turn does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Open,
    Heed,
    Engage,
    Stand,
    Evidence,
    Reckon,
    Weigh,
    Principle,
    Propose,
    Ask,
    Answer,
    Counter,
    Rebut,
    Remind,
    Back,
    Floor,
    FloorOwn,
    Learn,
    Assume,
    /// Only when the turn came out short.
    More,
}

/// A turn, in the words of one member.
pub(super) fn speech(facts: &CallFacts) -> String {
    let mut draw = Draw::from(facts.turn_seed);
    let lap = lap(facts);
    if facts.phase == Phase::Floor && passes(lap, &mut draw) {
        return PASS.into();
    }
    let asked = if facts.phase == Phase::Research { grounds::research } else { grounds::deferral };
    if let Some(request) = asked(facts) {
        return request;
    }
    let material = Material::of(&facts.topic, &facts.briefing);
    let heard = Heard::of(facts);
    Turn::new(facts, &material, &heard, lap, &mut draw)
        .map_or_else(|| PASS.into(), |mut turn| grounded(facts, turn.speak(&mut draw)))
}

/// A speech with the place of what its speaker looked up; an answer to others stays with what they said.
fn grounded(facts: &CallFacts, speech: String) -> String {
    match grounds::sentence(facts).filter(|_| facts.phase == Phase::Speak) {
        Some(sentence) => format!("{speech} {sentence}"),
        None => speech,
    }
}

/// Which lap of the floor this is, from 0: one more than the contributions of this round's floor.
fn lap(facts: &CallFacts) -> usize {
    let mine = facts.heard.iter().filter(|message| {
        message.author == facts.member && message.round == facts.round && message.phase == Phase::Floor
    });
    mine.count()
}

/// Most have something to add once, few twice, nobody three times in a round.
fn passes(lap: usize, draw: &mut Draw) -> bool {
    match lap {
        0 => draw.chance(40),
        1 => draw.chance(75),
        _ => true,
    }
}

struct Turn<'a> {
    facts: &'a CallFacts,
    stance: &'static Stance,
    fill: Fill<'a>,
    sums: Vec<String>,
    order: [u8; 32],
    /// Seats times rounds: how many turns of one kind the debate has.
    turns: usize,
    /// This turn's number among those.
    turn: usize,
    round: usize,
    lap: usize,
    seat: usize,
    agrees: bool,
    has_counterpart: bool,
    has_moved: bool,
    asked_by: Option<String>,
}

impl<'a> Turn<'a> {
    fn new(
        facts: &'a CallFacts,
        material: &'a Material,
        heard: &Heard<'_>,
        lap: usize,
        draw: &mut Draw,
    ) -> Option<Self> {
        let seats = facts.workers.len().max(1);
        let seat = seat_of(facts, &facts.member);
        let rounds = usize::try_from(facts.max_rounds.max(1)).ok()?;
        let round = usize::try_from(facts.round.saturating_sub(1)).ok()?;
        let (turns, turn) = (seats * rounds, seat * rounds + round % rounds);
        // The phases of one round take different places, too, so that a member does not repeat its matter.
        let place = match facts.phase {
            Phase::Speak => turn,
            Phase::Rebuttal => turns + turn,
            Phase::Floor => (2 + lap) * turns + turn,
            _ => 4 * turns + turn,
        };
        let options = material.choices.len();
        let at = |seat: usize, round: u32| position(facts.debate_seed, seat, seats, options, round);
        let chosen = at(seat, facts.round);
        let old = at(seat, facts.round.saturating_sub(1));

        let asked_by = heard.asked(&facts.member).map(Voice::name);
        let stands = |voice: &Voice<'_>| at(seat_of(facts, &voice.message.author), facts.round);
        let voice = counterpart(facts, heard, &asked_by, |voice| stands(voice) == chosen, draw);
        let theirs = voice.map(stands);
        let rival = theirs.filter(|theirs| *theirs != chosen).unwrap_or_else(|| {
            let step = 1 + place % options.saturating_sub(1).max(1);
            (chosen + step) % options.max(1)
        });
        let counterpart = voice.and_then(|voice| {
            let quotes = heard.quotes(voice);
            Some(Counterpart { name: voice.name(), quote: draw.pick(&quotes)?.clone() })
        });
        // Whom to ask: somebody else than whom the turn answers, if the table is large enough.
        let others: Vec<String> =
            facts.workers.iter().filter(|worker| **worker != facts.member).map(person).collect();
        let fresh: Vec<&String> =
            others.iter().filter(|name| counterpart.as_ref().is_none_or(|who| who.name != **name)).collect();
        let other = draw.pick(&fresh).map(|name| (*name).clone()).or_else(|| others.first().cloned());
        let order = order(facts, material);
        let topic =
            if facts.topic.trim().is_empty() { "the question".into() } else { named_topic(&facts.topic) };
        Some(Turn {
            facts,
            stance: stance(facts.member.as_str(), &facts.tagline, seat, facts.debate_seed),
            has_counterpart: counterpart.is_some(),
            agrees: theirs == Some(chosen),
            fill: Fill::new(
                material,
                &topic,
                order,
                place,
                Options { chosen, rival, old },
                counterpart,
                other.unwrap_or_else(|| "everyone".into()),
            )?,
            sums: sums(material, seats),
            order,
            turns,
            turn,
            round,
            lap,
            seat,
            has_moved: facts.round > 1 && chosen != old,
            asked_by,
        })
    }

    fn speak(&mut self, draw: &mut Draw) -> String {
        let (steps, least, most) = match self.facts.phase {
            Phase::Rebuttal => (self.rebuttal_plan(draw), 80, 150),
            Phase::Floor => (self.floor_plan(), 40, 100),
            Phase::Research => (vec![Step::Learn, Step::Assume], 30, 90),
            _ => (self.speak_plan(), 120, 220),
        };
        let mut said: Vec<(Step, String)> = steps.into_iter().map(|step| (step, self.say(step))).collect();
        // Too long: the general goes before the particular.
        for spare in
            [Step::Principle, Step::Evidence, Step::Remind, Step::Reckon, Step::Stand, Step::Ask, Step::Weigh]
        {
            if words(&said) > most {
                said.retain(|(step, _)| *step != spare);
            }
        }
        for extra in 0..6 {
            if words(&said) >= least {
                break;
            }
            let more = self.more(extra);
            let last = said.len().saturating_sub(1).max(1);
            said.insert(last.min(said.len()), (Step::More, more));
        }
        said.into_iter().map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" ")
    }

    fn speak_plan(&self) -> Vec<Step> {
        use Step::{Ask, Engage, Evidence, Open, Principle, Propose, Reckon, Weigh};
        let plans: &[&[Step]] = &[
            &[Open, Engage, Evidence, Reckon, Weigh, Principle, Propose, Ask],
            &[Engage, Open, Weigh, Evidence, Principle, Reckon, Propose, Ask],
            &[Open, Evidence, Engage, Principle, Weigh, Reckon, Ask, Propose],
            &[Evidence, Open, Engage, Weigh, Reckon, Principle, Ask, Propose],
            &[Open, Reckon, Weigh, Engage, Evidence, Propose, Principle, Ask],
            &[Engage, Evidence, Open, Principle, Reckon, Weigh, Propose, Ask],
        ];
        let mut plan = deal(self.facts.debate_seed, "plans", plans, self.seat + self.round)
            .map_or(vec![Open], |plan| plan.to_vec());
        if self.facts.round > 1 {
            plan.insert(2, Step::Stand);
        }
        // Said on behalf of a question, an engagement would be the second one.
        if self.asked_by.is_some() && self.facts.round > 1 {
            plan.iter_mut().filter(|step| **step == Engage).for_each(|step| *step = Step::Answer);
        }
        if is_redirected(self.facts) {
            plan.insert(0, Step::Heed);
        }
        plan
    }

    fn rebuttal_plan(&self, draw: &mut Draw) -> Vec<Step> {
        let mut plan = Vec::new();
        if is_redirected(self.facts) {
            plan.push(Step::Heed);
        }
        if self.asked_by.is_some() {
            plan.push(Step::Answer);
        }
        let ground = if draw.chance(35) { Step::Reckon } else { Step::Remind };
        plan.push(if self.has_counterpart { Step::Counter } else { Step::Evidence });
        plan.extend(if draw.chance(50) { [Step::Rebut, ground] } else { [ground, Step::Rebut] });
        if self.asked_by.is_none() {
            plan.push(Step::Principle);
        }
        plan.push(Step::Back);
        if draw.chance(40) {
            plan.push(Step::Ask);
        }
        plan
    }

    fn floor_plan(&self) -> Vec<Step> {
        let ground = if self.lap == 0 { Step::Evidence } else { Step::More };
        vec![Step::Floor, ground, Step::FloorOwn]
    }

    /// One sentence.
    fn say(&mut self, step: Step) -> String {
        let (turn, turns, round, seat) = (self.turn, self.turns, self.round, self.seat);
        let rounds = turns.checked_div(self.facts.workers.len().max(1)).unwrap_or(1).max(1);
        // One more than a member needs, so that two of the same stance do not say the same in the same round.
        let own =
            |per_round: usize, offset: usize| seat * (rounds * per_round + 1) + round * per_round + offset;
        let is_speech = self.facts.phase == Phase::Speak;
        let is_rebuttal = self.facts.phase == Phase::Rebuttal;
        let is_last = self.facts.round >= self.facts.max_rounds && self.facts.max_rounds > 1;
        let stance = self.stance;
        let (name, cards, place): (&str, Bank, usize) = match step {
            Step::Open if round == 0 => (stance.name, stance.open, seat),
            Step::Open => (stance.name, stance.later, seat + round - 1),
            Step::Heed => ("heed", bank::HEED, turn),
            Step::Engage if !self.has_counterpart => ("alone", bank::ALONE, turn),
            Step::Engage if self.agrees => ("agree", bank::AGREE, turn),
            Step::Engage => ("differ", bank::DIFFER, turn),
            Step::Stand if self.has_moved => ("shift", bank::SHIFT, turn),
            Step::Stand => ("hold", bank::HOLD, turn),
            Step::Evidence => ("evidence", bank::EVIDENCE, if is_speech { turn } else { turns + turn }),
            Step::Reckon => return self.reckon(is_rebuttal),
            Step::Weigh => (stance.name, stance.weigh, own(1, 0)),
            Step::Principle => (stance.name, stance.principle, own(2, usize::from(is_rebuttal))),
            Step::Propose if is_last => ("close", bank::CLOSE, turn),
            Step::Propose => (stance.name, stance.propose, own(1, 0)),
            Step::Ask => ("ask", bank::ASK, if is_rebuttal { turns + turn } else { turn }),
            Step::Answer => ("answer", bank::ANSWER, if is_rebuttal { turns + turn } else { turn }),
            Step::Counter => ("counter", bank::COUNTER, turn),
            Step::Rebut => (stance.name, stance.rebut, own(1, 0)),
            Step::Remind => ("remind", bank::REMINDER, turn),
            Step::Back => ("back", bank::BACK, turn),
            Step::Floor if !self.has_counterpart => ("floor-alone", bank::FLOOR_ALONE, turn),
            Step::Floor => ("floor", bank::FLOOR, self.lap * turns + turn),
            Step::FloorOwn => (stance.name, stance.floor, own(2, self.lap)),
            Step::Learn => ("learn", bank::RESEARCH, seat),
            Step::Assume => ("assume", bank::START, seat),
            Step::More => ("more", bank::MORE, turn),
        };
        let purpose = format!("{name}/{step:?}");
        let template = deal(self.facts.debate_seed, &purpose, cards, place).copied().unwrap_or_default();
        match (step, &self.asked_by) {
            (Step::Answer, Some(asker)) => {
                let template = template.replace("{who}", asker);
                self.fill.render(&template)
            }
            _ => self.fill.render(template),
        }
    }

    fn more(&mut self, extra: usize) -> String {
        let place = match self.facts.phase {
            Phase::Speak => 0,
            Phase::Rebuttal => self.turns,
            _ => (2 + self.lap) * self.turns,
        };
        let template = deal(self.facts.debate_seed, "more", bank::MORE, place + self.turn + extra * 7);
        self.fill.render(template.copied().unwrap_or_default())
    }

    /// A sum, with a lead and a gloss; in a rebuttal the lead alone has to do.
    fn reckon(&mut self, is_rebuttal: bool) -> String {
        let seed = self.facts.debate_seed;
        let place = if is_rebuttal { self.turns + self.turn } else { self.turn };
        let dealt = deck(self.order, self.sums.len());
        let sum =
            place.checked_rem(dealt.len()).and_then(|at| dealt.get(at)).and_then(|at| self.sums.get(*at));
        let sum = sum.map(String::as_str).unwrap_or_default();
        let card = |name: &str, cards: Bank| deal(seed, name, cards, self.turn).copied().unwrap_or_default();
        if is_rebuttal {
            return format!("{} {sum}.", card("counter-leads", bank::COUNTER_LEADS));
        }
        format!("{} {sum}. {}", card("leads", bank::LEADS), card("gloss", bank::GLOSS))
    }
}

/// The topic, short enough to be quoted.
fn named_topic(topic: &str) -> String {
    let short = clip(&topic.replace(['“', '”', '"'], ""), 10);
    if topic.trim_end().ends_with('?') && !short.ends_with('…') { short + "?" } else { short }
}

/// A member's number among the workers. By name, because the seating turns from round to round.
fn seat_of(facts: &CallFacts, member: &MemberName) -> usize {
    facts.workers.iter().filter(|worker| *worker < member).count()
}

/// The order of the material: the debate's, and the briefing's own, so that a changed word changes what is talked about.
fn order(facts: &CallFacts, material: &Material) -> [u8; 32] {
    let mut order = facts.debate_seed.derive("rehearsal/material");
    order.iter_mut().zip(material.digest).for_each(|(byte, other)| *byte ^= other);
    order
}

/// Whom a turn answers. In a rebuttal rather somebody of another opinion; on the floor rather one of the latest; never oneself, and
/// not the one whose question is answered anyway.
fn counterpart<'h, 'f>(
    facts: &CallFacts,
    heard: &'h Heard<'f>,
    asked_by: &Option<String>,
    is_of_my_mind: impl Fn(&Voice<'f>) -> bool,
    draw: &mut Draw,
) -> Option<&'h Voice<'f>> {
    let mut pool = heard.others(&facts.member);
    let narrow = |pool: &mut Vec<&'h Voice<'f>>, keep: &dyn Fn(&Voice<'f>) -> bool| {
        if pool.iter().any(|voice| keep(voice)) {
            pool.retain(|voice| keep(voice));
        }
    };
    narrow(&mut pool, &|voice| voice.message.round == facts.round);
    narrow(&mut pool, &|voice| heard.is_quotable(voice));
    if facts.phase == Phase::Rebuttal {
        narrow(&mut pool, &|voice| asked_by.as_ref().is_none_or(|asker| *asker != voice.name()));
        narrow(&mut pool, &|voice| !is_of_my_mind(voice));
    }
    if facts.phase == Phase::Floor {
        pool.truncate(6);
    }
    draw.pick(&pool).copied()
}

fn words(said: &[(Step, String)]) -> usize {
    said.iter().map(|(_, sentence)| sentence.split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dealt_cards_cover_a_debate() {
        // Five workers, three rounds.
        for cards in [
            bank::AGREE,
            bank::DIFFER,
            bank::COUNTER,
            bank::REMINDER,
            bank::HOLD,
            bank::SHIFT,
            bank::CLOSE,
            bank::BACK,
            bank::COUNTER_LEADS,
            bank::LEADS,
            bank::GLOSS,
        ] {
            assert!(cards.len() > 15);
        }
        for twice in [bank::EVIDENCE, bank::ASK, bank::FLOOR, bank::ANSWER] {
            assert!(twice.len() >= 30);
        }
        for stance in bank::STANCES {
            for each_round in [stance.weigh, stance.propose, stance.rebut, stance.later] {
                assert!(each_round.len() >= 3);
            }
            assert!(stance.principle.len() >= 6 && stance.floor.len() >= 6);
        }
    }
}
