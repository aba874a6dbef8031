//! Random histories of debates, re-scorings, purchases, aborts and crashes.

use std::collections::BTreeSet;

use amatelier_economy::{
    Audit, Event, Fault, Ledger, Lifetime, Refusal, RelegationVerdict, RequestState, Scored, SittingState,
    VentureOutcome, VentureState, VoidReason, Window,
};
use amatelier_types::{BuyAnswer, PromisedEffect, Sparks, VentureTier};
use proptest::prelude::*;

use crate::books::{Books, axis, classic, debate, gate, mark, name, offer, sanction};

const TEAM: [&str; 4] = ["ada", "bob", "cyd", "dan"];
const SKILLS: [&str; 4] = ["debate-tactics", "evidence-gathering", "risk-assessment", "novelty-injection"];

/// One thing that happens. Numbers choose among what there is; a debate is chosen by how many were opened since.
#[derive(Clone, Debug)]
enum Op {
    Enter,
    /// A debate from beginning to end in which one member earns nothing.
    Lose {
        who: usize,
    },
    Settle {
        debate: usize,
        marks: Vec<usize>,
        other_rubric: bool,
        gates: u8,
        sanctions: u8,
    },
    Void {
        debate: usize,
        abort: bool,
    },
    Buy {
        who: usize,
        what: usize,
        price: i64,
        answer: u32,
    },
    Stake {
        who: usize,
        debate: usize,
        tier: usize,
        idea: u8,
    },
    Resolve {
        venture: usize,
        success: bool,
    },
    Credit {
        who: usize,
        debate: usize,
    },
    Adjust {
        who: usize,
        amount: i64,
    },
    Promote {
        who: usize,
        price: u32,
    },
    Equip {
        who: usize,
        skill: usize,
        on: bool,
    },
    Retire {
        who: usize,
        what: usize,
    },
    Answer {
        request: usize,
        fulfil: bool,
    },
    Decide {
        verdict: u8,
    },
    Dismiss {
        who: usize,
    },
}

fn op() -> impl Strategy<Value = Op> {
    let who = 0..TEAM.len();
    prop_oneof![
        4 => Just(Op::Enter),
        6 => prop_oneof![4 => Just(0usize), 1 => who.clone()].prop_map(|who| Op::Lose { who }),
        6 => (0..4usize, prop::collection::vec(0..5usize, 16), any::<bool>(), 0..5u8, 0..5u8).prop_map(
            |(debate, marks, other_rubric, gates, sanctions)| Op::Settle { debate, marks, other_rubric, gates, sanctions }
        ),
        1 => (0..3usize, any::<bool>()).prop_map(|(debate, abort)| Op::Void { debate, abort }),
        6 => (who.clone(), 0..10usize, 0..20i64, 0..60u32)
            .prop_map(|(who, what, price, answer)| Op::Buy { who, what, price, answer }),
        3 => (who.clone(), 0..3usize, 0..3usize, 0..9u8)
            .prop_map(|(who, debate, tier, idea)| Op::Stake { who, debate, tier, idea }),
        2 => (0..2usize, any::<bool>()).prop_map(|(venture, success)| Op::Resolve { venture, success }),
        1 => (who.clone(), 0..5usize).prop_map(|(who, debate)| Op::Credit { who, debate }),
        1 => (who.clone(), -60..60i64).prop_map(|(who, amount)| Op::Adjust { who, amount }),
        1 => (who.clone(), 0..30u32).prop_map(|(who, price)| Op::Promote { who, price }),
        3 => (who.clone(), 0..4usize, any::<bool>()).prop_map(|(who, skill, on)| Op::Equip { who, skill, on }),
        3 => (who.clone(), 0..10usize).prop_map(|(who, what)| Op::Retire { who, what }),
        2 => (0..2usize, any::<bool>()).prop_map(|(request, fulfil)| Op::Answer { request, fulfil }),
        2 => (0..4u8).prop_map(|verdict| Op::Decide { verdict }),
        1 => who.prop_map(|who| Op::Dismiss { who }),
    ]
}

fn item(what: usize) -> (String, Lifetime, PromisedEffect) {
    match what {
        0..4 => (SKILLS[what].into(), Lifetime::Permanent, PromisedEffect::GrantSkill(SKILLS[what].into())),
        4 => ("extra-budget".into(), Lifetime::Consumable, PromisedEffect::FloorTurns(2)),
        5 => ("first-speaker".into(), Lifetime::Consumable, PromisedEffect::FirstSpeaker),
        6 => ("extra-slot".into(), Lifetime::Permanent, PromisedEffect::SkillSlots(1)),
        7 => ("tier-1".into(), Lifetime::Permanent, PromisedEffect::UnlockTier(1)),
        8 => ("ask".into(), Lifetime::Once, PromisedEffect::AskFor { private: false, text: "x".into() }),
        _ => ("mint".into(), Lifetime::Once, PromisedEffect::Other { kind: "mint".into(), text: "9".into() }),
    }
}

/// The cards of a debate, whoever took part.
fn scored(
    books: &Books,
    id: u32,
    marks: &[usize],
    other_rubric: bool,
    gates: u8,
    sanctions: u8,
) -> Option<Scored> {
    let sitting = books.ledger.sitting(&debate(id))?;
    let members: Vec<String> = sitting.entrants().iter().map(|entrant| entrant.member.to_string()).collect();
    let mut scored = classic(id, &members.iter().map(|member| (member.as_str(), [0; 4])).collect::<Vec<_>>());
    if other_rubric {
        scored.rubric = "other".into();
        scored.axes = vec![axis("novelty", &[0, 1, 2, 3, 7]), axis("depth", &[0, 2, 4, 6, 8])];
    }
    let mut marks = marks.iter().cycle();
    for card in &mut scored.cards {
        card.marks =
            scored.axes.iter().map(|axis| mark(&axis.id, axis.scale[*marks.next().unwrap()])).collect();
    }
    let anybody = |n: u32| members[n as usize % members.len()].as_str();
    scored.gates = (0..u32::from(gates)).map(|n| gate(anybody(n), 10 + n)).collect();
    let offences = ["redundancy", "hallucination", "rudeness"];
    scored.sanctions = (0..u32::from(sanctions))
        .map(|n| sanction(anybody(n + 1), offences[n as usize % 3], 20 + n))
        .collect();
    Some(scored)
}

/// Do it; a refusal is an answer like any other.
fn act(books: &mut Books, op: &Op, next_debate: &mut u32) -> Result<usize, Refusal> {
    let who = |who: usize| name(TEAM[who]);
    let at = books.now;
    let back = |since: usize, newest: u32| newest.saturating_sub(since as u32);
    match op {
        Op::Enter => {
            *next_debate += 1;
            let benched = |member: &str| {
                books.ledger.account(&name(member)).is_some_and(|account| account.bench().is_some())
            };
            let present: Vec<&str> = TEAM.into_iter().filter(|member| !benched(member)).collect();
            let opening = books.opening(*next_debate, &present);
            books.keep(books.ledger.enter(&books.rules, &opening))
        }
        Op::Lose { who: loser } => {
            act(books, &Op::Enter, next_debate)?;
            let Some(mut scored) = scored(books, *next_debate, &[1, 2, 3], false, 0, 0) else { return Ok(0) };
            for card in scored.cards.iter_mut().filter(|card| card.member == who(*loser)) {
                card.marks.iter_mut().for_each(|mark| mark.value = 0);
            }
            books.settle(&scored)
        }
        Op::Settle { debate: id, marks, other_rubric, gates, sanctions } => {
            let Some(scored) =
                scored(books, back(*id, *next_debate), marks, *other_rubric, *gates, *sanctions)
            else {
                return Ok(0);
            };
            let count = books.settle(&scored)?;
            assert_eq!(books.settle(&scored), Ok(0), "settling the same cards again");
            Ok(count)
        }
        Op::Void { debate: id, abort } => {
            let reason =
                if *abort { VoidReason::Aborted("x".into()) } else { VoidReason::Unscored("x".into()) };
            let count =
                books.keep(books.ledger.void(&debate(back(*id, *next_debate)), reason.clone(), at))?;
            assert_eq!(books.ledger.void(&debate(back(*id, *next_debate)), reason, at), Ok(vec![]));
            Ok(count)
        }
        Op::Buy { who, what, price, answer } => {
            let (id, lifetime, effect) = item(*what);
            let answer = match answer {
                0..10 => BuyAnswer::No("no".into()),
                10..30 => BuyAnswer::Yes,
                percent => BuyAnswer::PercentOff(*percent),
            };
            let before = books.balance(TEAM[*who]);
            let bought = books.buy_as(TEAM[*who], &offer(&id, *price, lifetime), answer, vec![effect])?;
            assert!(before >= bought.price.0 && bought.price.0 >= 0, "{before} for {:?}", bought.price);
            assert_eq!(books.balance(TEAM[*who]), before - bought.price.0);
            Ok(1)
        }
        Op::Stake { who, debate, tier, idea } => {
            let before = books.balance(TEAM[*who]);
            books.stake(
                back(*debate, *next_debate),
                TEAM[*who],
                VentureTier::ALL[*tier],
                &format!("idea {idea}"),
            )?;
            assert!(books.balance(TEAM[*who]) >= 0 && books.balance(TEAM[*who]) < before);
            Ok(1)
        }
        Op::Resolve { venture, success } => {
            let mut pending =
                books.ledger.ventures().iter().filter(|venture| venture.state == VentureState::Pending);
            let Some(venture) = pending.nth(*venture) else { return Ok(0) };
            let outcome = if *success { VentureOutcome::Success } else { VentureOutcome::Failure };
            books.keep(books.ledger.resolve_venture(&books.rules, venture.id, outcome, "seen", at))
        }
        Op::Credit { who: member, debate: id } => books.keep(books.ledger.credit_outcome(
            &books.rules,
            &debate(back(*id, *next_debate)),
            &who(*member),
            "built",
            at,
        )),
        Op::Adjust { who: member, amount } => {
            let decided = if *amount < 0 {
                books.ledger.penalise(&books.rules, &who(*member), Sparks(-amount), "why", at)
            } else {
                books.ledger.grant(&books.rules, &who(*member), Sparks(*amount), "why", at)
            };
            books.keep(decided)
        }
        Op::Promote { who: member, price } => {
            books.keep(books.ledger.promote(&books.rules, &who(*member), *price, at))
        }
        Op::Equip { who: member, skill, on } => {
            let skill = SKILLS[*skill];
            let decided = if *on {
                books.ledger.equip(&books.rules, &who(*member), skill, at)
            } else {
                books.ledger.unequip(&books.rules, &who(*member), skill, at)
            };
            books.keep(decided)
        }
        Op::Retire { who: member, what } => {
            let purchase = books.ledger.purchase_of(&books.rules, &who(*member), &item(*what).0)?;
            books.keep(books.ledger.retire(&books.rules, &who(*member), purchase, "done", at))
        }
        Op::Answer { request, fulfil } => {
            let Some(id) = books.ledger.open_requests().nth(*request).map(|request| request.id) else {
                return Ok(0);
            };
            let decided = if *fulfil {
                books.ledger.fulfil_request(&books.rules, &books.installed, id, "here", Some(SKILLS[0]), at)
            } else {
                books.ledger.close_request(&books.rules, id, "no", at)
            };
            books.keep(decided)
        }
        Op::Decide { verdict } => {
            let Some(member) = books.ledger.questions().next().map(|(member, _)| member.to_string()) else {
                return Ok(0);
            };
            let verdict = match verdict {
                0 => RelegationVerdict::Keep,
                1 => RelegationVerdict::Replace { successor: name(&member) },
                _ => RelegationVerdict::Bench,
            };
            books.decide(&member, verdict, &TEAM)
        }
        Op::Dismiss { who: member } => books.keep(books.ledger.dismiss(&who(*member), at)),
    }
}

/// What holds after everything.
fn check(ledger: &Ledger, log: &[Event], books: &Books) -> Result<(), TestCaseError> {
    let audit = Audit::of(log, ledger);
    let uncovered = |fault: &Fault| matches!(fault, Fault::Uncovered { .. });
    prop_assert!(!audit.faults.iter().any(uncovered), "{:?}", audit.faults);
    prop_assert_eq!(audit.faults, []);
    let board = ledger.leaderboard(Window::Always);
    prop_assert_eq!(board.len(), ledger.accounts().count());
    for (place, standing) in (1..).zip(&board) {
        prop_assert_eq!(standing.rank, place);
        prop_assert_eq!(ledger.rank(&standing.member), Some(place));
    }
    prop_assert!(board.windows(2).all(|pair| pair[0].average >= pair[1].average));
    let benched = ledger.accounts().filter(|(_, account)| account.bench().is_some()).count();
    prop_assert!(benched <= 1);
    for (member, account) in ledger.accounts() {
        let equipped: BTreeSet<&String> = account.equipped().iter().collect();
        prop_assert_eq!(equipped.len(), account.equipped().len());
        prop_assert!(account.equipped().len() <= account.slots(&books.rules) as usize, "{member}");
        prop_assert!(account.equipped().iter().all(|skill| account.has_skill(skill)), "{member}");
        for result in account.results() {
            prop_assert!(!result.gross.is_negative() && result.net == result.gross - result.fee);
            prop_assert!((0..=40).contains(&result.award.0));
        }
    }
    for venture in ledger.ventures() {
        let state = ledger.sitting(&venture.roundtable).unwrap().state();
        if matches!(state, SittingState::Void(_)) {
            prop_assert!(matches!(venture.state, VentureState::Returned | VentureState::Lapsed));
        }
    }
    for request in ledger.requests() {
        prop_assert!(request.age <= 3);
        prop_assert!(request.state != RequestState::Expired || request.age == 3);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn balances_are_the_sums_of_postings_whatever_happens(
        ops in prop::collection::vec(op(), 1..100), crash in any::<prop::sample::Index>(),
    ) {
        let mut books = Books::new();
        let mut next_debate = 0;
        for op in &ops {
            let (before, length) = (books.ledger.clone(), books.log.len());
            if act(&mut books, op, &mut next_debate).is_err() {
                prop_assert_eq!(&books.ledger, &before, "a refusal changes nothing");
                prop_assert_eq!(books.log.len(), length);
            }
            check(&books.ledger, &books.log, &books)?;
        }
        prop_assert_eq!(&Ledger::from_events(&books.log), &books.ledger);

        // A crash leaves a prefix. It is a ledger like any other, and what was cut off can be done again.
        let mut cut = books.clone();
        cut.log.truncate(crash.index(books.log.len() + 1));
        cut.ledger = Ledger::from_events(&cut.log);
        check(&cut.ledger, &cut.log, &cut)?;
        let mut highest = next_debate;
        for op in ops.iter().filter(|op| matches!(op, Op::Settle { .. } | Op::Void { .. } | Op::Buy { .. })) {
            let _ = act(&mut cut, op, &mut highest);
            check(&cut.ledger, &cut.log, &cut)?;
        }
        prop_assert_eq!(Ledger::from_events(&cut.log), cut.ledger);
    }

    #[test]
    fn whatever_was_scored_before_the_last_cards_alone_decide(
        rounds in prop::collection::vec((prop::collection::vec(0..5usize, 16), any::<bool>(), 0..5u8, 0..5u8), 1..6),
    ) {
        let mut once = Books::new();
        once.enter(1, &TEAM);
        let mut often = once.clone();
        for (marks, other, gates, sanctions) in &rounds {
            let scored = scored(&often, 1, marks, *other, *gates, *sanctions).unwrap();
            often.settle(&scored).unwrap();
        }
        let (marks, other, gates, sanctions) = rounds.last().unwrap();
        let last = scored(&once, 1, marks, *other, *gates, *sanctions).unwrap();
        once.settle(&last).unwrap();
        for member in TEAM {
            prop_assert_eq!(once.balance(member), often.balance(member), "{}", member);
        }
        check(&often.ledger, &often.log, &often)?;
    }
}
