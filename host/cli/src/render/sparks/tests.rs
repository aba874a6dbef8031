//! What the ledger's tables look like, and that nobody's words are obeyed by a terminal.

use super::*;
use crate::commands::{Benched, Line, Loss, Lost, Netted, Owned, Question, Staked, Tallied};

fn balance(member: &str, rank: u32, balance: i64, bench: Option<u32>, relegation: bool) -> Balance {
    Balance {
        member: member.into(),
        rank,
        balance,
        tier: rank % 2,
        slots: 2,
        equipped: if rank == 1 { vec!["debate-tactics".into()] } else { Vec::new() },
        debates: rank - 1,
        average_award_hundredths: 466,
        net: 3 - i64::from(rank),
        bench,
        relegation,
    }
}

#[test]
fn everybody_stands_in_a_table() {
    let members = vec![
        balance("elena", 1, 32, None, false),
        balance("marcus", 2, -4, Some(1), false),
        balance("mary-ann", 3, 100, None, true),
    ];
    insta::assert_snapshot!(balances(&Balances { schema: "", realm: "real", members }, 3));
    let empty = Balances { schema: "", realm: "real", members: Vec::new() };
    assert_eq!(balances(&empty, 3), NOBODY);
}

#[test]
fn one_member_is_told_whole() {
    let detail = Detail {
        schema: "",
        realm: "real",
        identity: 2,
        balance: balance("elena", 1, 1, Some(2), true),
        skills: vec!["debate-tactics".into(), "risk-assessment".into()],
        possessions: vec![Owned {
            purchase: "p-001".into(),
            item: "extra-budget".into(),
            name: "Two more \u{1b}[31mfloor turns".into(),
            price: 8,
            state: "waiting",
        }],
        ventures: vec![Staked {
            venture: "v-002".into(),
            tier: "scout",
            stake: 5,
            idea: "Close it\u{202e} by night".into(),
        }],
        lost: vec![Lost { roundtable_id: "0123456789ab".into(), net: -3 }],
        results: vec![Netted {
            roundtable_id: "0123456789ab".into(),
            settled_at: "2026-01-31T12:00:00.000Z".into(),
            award: 5,
            gross: 8,
            fee: 8,
            net: 0,
        }],
    };
    insta::assert_snapshot!(account(&detail));
}

#[test]
fn a_proof_says_what_is_wrong() {
    let tallied = |sum| Tallied { member: "elena".into(), postings: 3, sum, balance: 30 };
    let proof = |sum, faults| Audited {
        schema: "",
        realm: "real",
        events: 7,
        postings: 3,
        members: vec![tallied(sum)],
        faults,
    };
    insta::assert_snapshot!(format!(
        "{}\n{}",
        audit(&proof(30, vec![])),
        audit(&proof(29, vec!["a\u{1b}b".into()]))
    ));
}

#[test]
fn postings_stakes_and_questions_stand_on_a_line_each() {
    let posted = Line {
        at: "2026-01-31T12:00:00.000Z".into(),
        member: "elena".into(),
        amount: 5,
        balance: 35,
        category: "admin_grant",
        reason: "for the\nbridge \u{1b}]0;x\u{7}".into(),
        roundtable_id: None,
        cause: "adjustment/elena/1".into(),
    };
    let stake = Stake {
        id: "v-001".into(),
        member: "elena".into(),
        tier: "moonshot",
        stake: 30,
        payout: 120,
        state: "pending",
        roundtable_id: "0123456789ab".into(),
        staked_at: "2026-01-31T12:00:00.000Z".into(),
        idea: "A tunnel \u{9b}2Jinstead".into(),
    };
    let asked = Questions {
        schema: "",
        realm: "real",
        asked: vec![Question {
            member: "marcus".into(),
            balance: 4,
            lost: vec![
                Loss { roundtable_id: "0123456789ab".into(), net: -3 },
                Loss { roundtable_id: "0123456789ac".into(), net: -1 },
            ],
        }],
        bench: vec![Benched { member: "elena".into(), served: 1, debates: 3 }],
    };
    let listed = postings(&Postings { schema: "", realm: "real", of: 3, postings: vec![posted] });
    insta::assert_snapshot!(format!("{listed}\n{}\n{}", ventures(&[stake]), questions(&asked)));
}
